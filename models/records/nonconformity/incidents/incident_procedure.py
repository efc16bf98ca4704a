"""The handling of quality incidents as it is shipped: who does what, in how many working days.

It counts until the company puts a version of its own to use. Clause: 5.4.
"""

from __future__ import annotations

from models.schema.company_tables import ProcedureStep, procedure
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, PROJECT_MANAGER, QUALITY
from models.text.words import W

HANDLING = "incident_handling"

procedure(
    HANDLING,
    W("质量事故处理制度", "Handling of quality incidents"),
    (
        ProcedureStep(
            "report",
            "noted",
            ENGINEER,
            W("先处置，随即上报", "Act first, then report at once"),
            1,
            W(
                "写明影响、时长和已知损失；拿不准的先估，之后可重新定级。",
                "Say the impact, how long, and the losses known. Estimate what is not certain; the"
                " level can be set anew.",
            ),
        ),
        ProcedureStep(
            "level",
            "reported",
            QUALITY,
            W("确定级别和处理负责人", "Confirm the level, name who handles it"),
            1,
            W(
                "按判定规则得出的级别供参考，由质量人员说明理由后确定。",
                "The rules propose a level; quality confirms one and says why.",
            ),
        ),
        ProcedureStep(
            "investigate",
            "handling",
            PROJECT_MANAGER,
            W("恢复系统，查明原因和损失", "Restore the system, find the cause and the losses"),
            5,
            W(
                "逐条补全时间线和损失；不写姓名，责任在责任认定中写。",
                "Complete the timeline and the losses, without names; responsibility has a file"
                " of its own.",
            ),
        ),
        ProcedureStep(
            "review",
            "investigated",
            QUALITY,
            W("召开事故评审会", "Hold the review meeting"),
            5,
            W(
                "评审原因、措施和教训；需要防止再发生的，下达纠正或预防措施。",
                "Review cause, measures and lessons; order the actions that keep it from coming"
                " back.",
            ),
        ),
        ProcedureStep(
            "responsibility",
            "reviewed",
            DEPARTMENT_MANAGER,
            W("认定责任，作出处理决定", "Establish who is responsible, and decide"),
            10,
            W(
                "听取当事人说明；根据责任大小和情节轻重处理；外包服务提供商参照员工的处罚规定，"
                "或按外包合同约定处理。",
                "Hear the person concerned; decide by the share of responsibility and the"
                " circumstances; a subcontractor by the staff rules, or by the contract.",
            ),
        ),
    ),
)
