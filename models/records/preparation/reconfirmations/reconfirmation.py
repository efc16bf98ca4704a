"""Re-confirmations: a proposal is confirmed anew after its environment has changed."""

from __future__ import annotations

from models.schema.fields import choice, day, line, link, persons, prose
from models.schema.kind import Kind
from models.schema.lifecycle import State
from models.schema.lifecycles import review
from models.schema.record import Record
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, LEADS
from models.text.words import W

TRIGGERS = (
    ("member_left", "人员离开项目", "a member has left the project"),
    ("sla_changed", "服务级别协议有改动", "the SLA was changed"),
    ("site_added", "新增现场", "a site was added"),
    ("subcontractor_changed", "外包服务提供商有变", "a subcontractor was changed"),
    ("need_changed", "用户需求有变", "the customer's needs were changed"),
    ("other", "其他变化", "another change"),
)
OUTCOMES = (
    ("holds", "方案仍适用", "the proposal still holds"),
    ("people", "须重新确认人员", "people are to be confirmed anew"),
    ("revise", "须修订方案", "the proposal is to be revised"),
)
_LIFE = (
    review(
        (DEPARTMENT_MANAGER,),
        writers=(ENGINEER, *LEADS),
        draft=State("open", W("待再确认", "to re-confirm"), tone="warn", waits=LEADS),
        submitted=State("submitted", W("已提交", "submitted"), tone="warn"),
        accepted=State(
            "confirmed", W("已再确认", "re-confirmed"), tone="good", frozen=True, ended=True
        ),
        accept="confirm",
        needs=("impact", "outcome"),
    )
    .move("submit", asks=("impact", "outcome", "measures", "participants"))
    .move("confirm", label=W("再确认", "Re-confirm"), asks=("comment",))
)


class Reconfirmation(Record):
    """A re-confirmation 再确认, opened by a change inside or outside. Clause: 4.1.3.

    Its natural key is the change, so that devices which notice the same one open one record.
    """

    kind = Kind(
        name="reconfirmation",
        label=W("再确认", "Re-confirmation"),
        code="RCF",
        row="Q-413",
        clause="4.1.3",
        states=_LIFE.states,
        moves=_LIFE.moves,
        title="why",
        key=("project", "trigger", "subject"),
        columns=("trigger", "why", "due", "outcome"),
        writers=(ENGINEER, *LEADS),
        due="due",
        menu=35,
        watched=True,
    )

    trigger = choice("变化", "Change", TRIGGERS, required=True, at_birth=True)
    subject = line("所涉内容", "What changed", required=True, at_birth=True, internal=True)
    why = prose("变化说明", "What has changed", required=True)
    proposal = link("技术服务方案", "Service proposal", "service_proposal")
    due = day("再确认期限", "Due")
    impact = prose("影响", "Impact")
    outcome = choice("结论", "Outcome", OUTCOMES)
    measures = prose("措施", "Measures")
    participants = persons("参加人", "Participants")
