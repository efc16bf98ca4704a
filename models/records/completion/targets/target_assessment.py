"""Target assessments: a service period's quality targets, set early and assessed at its end."""

from __future__ import annotations

from models.records.completion.period_fields import period_fields
from models.schema.fields import choice, moment, person, prose
from models.schema.kind import Kind
from models.schema.lifecycle import AtLeast, Move, State, with_reason
from models.schema.record import Record
from models.schema.roles import DEPARTMENT_MANAGER, LEADS, PROJECT_MANAGER, QUALITY
from models.text.words import W

RESULTS = (
    ("missed", "有指标未达到", "a target was missed"),
    ("unknown", "有指标不可评定", "a target is not assessable"),
    ("met", "全部达到", "all met"),
)
AGREED = ("agreed", "returned")
"""The states in which the targets stand, and only what was measured is still written."""
_DEPARTMENT = (DEPARTMENT_MANAGER,)
SOON = 21
"""Days before its day from which on the assessment waits: about the end of the service period."""


class TargetAssessment(Record):
    """The assessment of a project's quality targets 质量目标考核. Clause: 6.2.

    The department's and the project's managers act for the O&M department: they set the targets,
    measure and assess; the department manager confirms. What is missed is analysed and improved.
    """

    kind = Kind(
        name="target_assessment",
        label=W("质量目标考核", "Quality targets"),
        code="TA",
        row="Q-62b",
        clause="6.2",
        states=(
            State("draft", W("设定目标", "setting targets"), tone="busy", waits=(PROJECT_MANAGER,)),
            State(
                "agreed",
                W("目标已确定", "targets agreed"),
                tone="busy",
                waits=(PROJECT_MANAGER,),
                waits_from=SOON,
            ),
            State(
                "returned",
                W("已退回", "returned"),
                tone="bad",
                returned=True,
                waits=(PROJECT_MANAGER,),
            ),
            State(
                "assessed",
                W("待部门确认", "to confirm"),
                tone="warn",
                frozen=True,
                waits=_DEPARTMENT,
                due="",
            ),
            State("confirmed", W("已确认", "confirmed"), tone="good", frozen=True, ended=True),
        ),
        moves=(
            Move(
                id="agree",
                label=W("确定目标", "Agree on the targets"),
                from_=("draft",),
                to="agreed",
                who=_DEPARTMENT,
                needs_rows=(AtLeast("quality_target", 1),),
                asks=("comment",),
            ),
            with_reason("change", W("修改目标", "Change the targets"), AGREED, "draft", LEADS),
            Move(
                id="assess",
                label=W("考核", "Assess"),
                from_=AGREED,
                to="assessed",
                who=LEADS,
                needs=("conclusion",),
                asks=("analysis", "conclusion", "comment"),
                fills={"assessed_at": "now", "assessed_by": "me"},
                binds=True,
            ),
            Move(
                id="confirm",
                label=W("确认", "Confirm"),
                from_=("assessed",),
                to="confirmed",
                who=_DEPARTMENT,
                asks=("opinion",),
                fills={"confirmed_at": "now", "confirmed_by": "me"},
                four_eyes=True,
            ),
            with_reason(
                "return", W("退回", "Return"), ("assessed", "confirmed"), "returned", _DEPARTMENT
            ),
        ),
        title="service_to",
        columns=("service_to", "result", "conclusion", "due"),
        key=("project", "service_to"),
        writers=LEADS,
        compiled="content",
        due="due",
        watchers=(QUALITY,),
        menu=63,
    )

    service_to, service_from, due = period_fields()
    analysis = prose(
        "原因分析",
        "Analysis",
        asked_from="agreed",
        hint=W("未达到的为什么没有达到", "why what was missed was missed"),
    )
    conclusion = prose("考核结论", "Conclusion", asked_from="agreed")
    result = choice("考核结果", "Result", RESULTS, by_move=True, computed=True)
    content = prose("考核时的数据", "Data as assessed", computed=True, internal=True, by_move=True)
    assessed_at = moment("考核时间", "Assessed at", by_move=True, computed=True)
    assessed_by = person("考核人", "Assessed by", by_move=True, computed=True)
    opinion = prose("部门意见", "Department's opinion", by_move=True)
    confirmed_at = moment("确认时间", "Confirmed at", by_move=True, computed=True)
    confirmed_by = person("确认人", "Confirmed by", by_move=True, computed=True)
