"""The procedures as they are shipped: handling of complaints, communication, measures.

They are texts of our own that count until the company puts a version of its own to use. The stage
of a step is a state of the record that follows it. Clause: 5.3.2(3), 5.3.2(4), 5.5.
"""

from __future__ import annotations

from models.schema.company_tables import ProcedureStep, procedure
from models.schema.roles import (
    DEPARTMENT_MANAGER,
    PROJECT_MANAGER,
    QUALITY,
    SERVICE_DESK,
)
from models.text.words import W

COMPLAINTS = "complaint_handling"
COMMUNICATION = "customer_communication"
MEASURES = "corrective_preventive"

procedure(
    COMPLAINTS,
    W("客户投诉处理流程", "Complaint handling procedure"),
    (
        ProcedureStep(
            "acknowledge",
            "received",
            SERVICE_DESK,
            W("登记并向客户确认收到", "Record it and acknowledge it to the customer"),
            1,
            W(
                "先听完、致歉，再核实；告知由谁处理、何时答复。",
                "Listen and apologise first, verify then. Say who handles it, and when the"
                " answer comes.",
            ),
        ),
        ProcedureStep(
            "assign",
            "acknowledged",
            PROJECT_MANAGER,
            W("确定处理人，开始调查", "Name who handles it, begin to look into it"),
            1,
            W(
                "涉及项目经理本人的，由部门经理处理。",
                "What concerns the project manager is handled by the department manager.",
            ),
        ),
        ProcedureStep(
            "handle",
            "handling",
            PROJECT_MANAGER,
            W("查明原因，处理并答复客户", "Find the cause, put it right, answer the customer"),
            5,
            W(
                "不规范服务、质量事故另行登记；需要防止再发生的，开纠正或预防措施。",
                "Record irregular service or a quality incident apart; open a corrective or"
                " preventive action where it must not happen again.",
            ),
        ),
        ProcedureStep(
            "reaction",
            "answered",
            SERVICE_DESK,
            W("征询客户意见", "Ask the customer what they think of the answer"),
            3,
            W(
                "客户不接受的，退回继续处理。",
                "What the customer does not accept is handled again.",
            ),
        ),
        ProcedureStep(
            "close",
            "accepted",
            QUALITY,
            W("核对所引起的记录，关闭", "Check what it led to, and close it"),
            2,
            W("", ""),
        ),
    ),
)
procedure(
    COMMUNICATION,
    W("客户沟通管理制度", "Customer communication rules"),
    (
        ProcedureStep(
            "plan",
            "",
            PROJECT_MANAGER,
            W("按季度排出沟通计划", "Plan the contacts of the quarter"),
            None,
            W(
                "五种渠道都要安排；高层主动沟通每季度至少一次，任何客户不超过 30 天没有沟通。",
                "All five channels are planned for; senior management calls at least once a"
                " quarter, and no customer is left for more than 30 days.",
            ),
        ),
        ProcedureStep(
            "record",
            "planned",
            PROJECT_MANAGER,
            W("沟通后登记内容", "Record what was said"),
            2,
            W(
                "写明对方是谁、谈了什么、商定什么。",
                "With whom, about what, and what was agreed.",
            ),
        ),
        ProcedureStep(
            "promises",
            "held",
            PROJECT_MANAGER,
            W("承诺事项逐条登记并兑现", "Record each promise, and keep it"),
            None,
            W("每条写明负责人和日期。", "Each with its owner and day."),
        ),
        ProcedureStep(
            "check",
            "",
            DEPARTMENT_MANAGER,
            W("按月查看计划与完成情况", "Look monthly at what was planned and held"),
            None,
            W("", ""),
        ),
    ),
)
procedure(
    MEASURES,
    W("纠正和预防措施控制程序", "Control of corrective and preventive action"),
    (
        ProcedureStep(
            "analyse",
            "",
            PROJECT_MANAGER,
            W("分析原因或风险", "Analyse the cause, or the risk"),
            3,
            W(
                "纠正措施写原因，预防措施写风险；同类情况一并排查。",
                "A corrective action names its cause, a preventive one its risk; look for the"
                " same elsewhere.",
            ),
        ),
        ProcedureStep(
            "act",
            "",
            PROJECT_MANAGER,
            W("制定措施并实施", "Decide on the action and carry it out"),
            None,
            W("写明负责人和完成日期，留下凭据。", "With owner, day and evidence."),
        ),
        ProcedureStep(
            "verify",
            "",
            QUALITY,
            W("验证效果", "Verify its effect"),
            None,
            W(
                "由实施人以外的人在一段时间后验证；无效的重新制定。",
                "By somebody else, after some time; what had no effect is decided anew.",
            ),
        ),
    ),
)
