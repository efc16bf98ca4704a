"""Pre-service studies: the meeting in which problems are studied before a service begins."""

from __future__ import annotations

from models.schema.fields import choice, day, line, moment, person, persons, prose
from models.schema.kind import Kind
from models.schema.lifecycle import AtLeast, Bar, Life, State, with_reason
from models.schema.lifecycles import review
from models.schema.record import Record
from models.schema.roles import AUTHOR, DEPARTMENT_MANAGER, ENGINEER, LEADS
from models.text.words import W

OUTCOMES = (
    ("ready", "可以开始服务", "ready to begin"),
    ("with_measures", "落实措施后开始", "to begin once the measures are taken"),
    ("not_ready", "暂不开始", "not to begin yet"),
)
NOT_READY = W(
    "会议结论为“暂不开始”，不能确认。请退回，讨论后再提交。",
    "The outcome is “not to begin yet” and is not confirmed. Return it and study it again.",
)
_CONFIRMED = State("confirmed", W("已确认", "confirmed"), tone="good", frozen=True)
_LIFE = review(
    (DEPARTMENT_MANAGER,),
    writers=(AUTHOR, *LEADS),
    submitted=State("submitted", W("待确认", "to confirm"), tone="warn"),
    accepted=_CONFIRMED,
    accept="confirm",
    needs=("held_on", "attended", "topics", "outcome"),
).move(
    "submit",
    label=W("提交会议结论", "Submit the outcome"),
    asks=("outcome", "conclusion"),
    needs_rows=(AtLeast("study_risk"),),
).move(
    "confirm",
    label=W("确认结论", "Confirm the outcome"),
    asks=("comment",),
    needs=("outcome",),
    barred=(Bar("outcome", "not_ready", NOT_READY),),
    fills={"confirmed_at": "now", "confirmed_by": "me"},
) + Life(
    (),
    (
        with_reason(
            "reopen", W("重新讨论", "Study again"), ("confirmed",), "draft", (DEPARTMENT_MANAGER,)
        ),
    ),
)


class PreServiceStudy(Record):
    """The problem study 问题研究讨论 before a service begins, with its risks. Clause: 4.1.2."""

    kind = Kind(
        name="pre_service_study",
        label=W("服务前问题研究讨论", "Pre-service study"),
        code="SY",
        row="Q-412",
        clause="4.1.2",
        states=_LIFE.states,
        moves=_LIFE.moves,
        title="subject",
        columns=("subject", "held_on", "outcome"),
        writers=(ENGINEER, *LEADS),
        menu=34,
    )

    subject = line("议题", "Subject", required=True)
    held_on = day("会议日期", "Held on")
    place = line("地点与方式", "Place and form")
    chair = person("主持人", "Chair")
    invited = persons("应到人员", "Invited")
    attended = persons("实到人员", "Attended")
    topics = prose("研究讨论内容", "What was studied")
    outcome = choice("会议结论", "Outcome", OUTCOMES)
    conclusion = prose("结论说明", "Remarks on the outcome")
    confirmed_at = moment("确认时间", "Confirmed at", by_move=True, computed=True)
    confirmed_by = person("确认人", "Confirmed by", by_move=True, computed=True)
