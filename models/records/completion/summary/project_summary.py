"""Project summaries: the work of a service period, looked at by the team and reviewed."""

from __future__ import annotations

from models.records.completion.period_fields import period_fields
from models.schema.fields import day, line, moment, person, persons, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State, with_reason
from models.schema.record import Record
from models.schema.roles import DEPARTMENT_MANAGER, PROJECT_MANAGER, QUALITY
from models.text.words import W

_MANAGER, _REVIEWER = (PROJECT_MANAGER,), (DEPARTMENT_MANAGER,)
WRITTEN = ("overview", "strengths", "weaknesses", "lessons", "opinions")
"""The fields that people write; all numbers come from the records."""
OPEN = ("draft", "ready", "returned")
"""The states in which it is written."""


class ProjectSummary(Record):
    """The project summary 项目总结 of a service period. Clause: 6.1.

    Its numbers are counted from the records (`summary_content`) until it is submitted, and kept
    with it from then on. First it is what the summary meeting discusses, then what it found.
    """

    kind = Kind(
        name="project_summary",
        label=W("项目总结", "Project summary"),
        code="FS",
        row="Q-61b",
        clause="6.1",
        states=(
            State("draft", W("准备讨论稿", "drafting"), tone="busy", waits=_MANAGER),
            State(
                "ready",
                W("待开总结会", "to meet"),
                tone="busy",
                waits=_MANAGER,
                due="meeting_on",
            ),
            State("returned", W("已退回", "returned"), tone="bad", returned=True, waits=_MANAGER),
            State(
                "submitted",
                W("待审核", "to review"),
                tone="warn",
                frozen=True,
                waits=_REVIEWER,
                due="",
            ),
            State("reviewed", W("已审核", "reviewed"), tone="good", frozen=True, ended=True),
        ),
        moves=(
            Move(
                id="prepare",
                label=W("讨论稿已备好", "Ready to discuss"),
                from_=("draft", "returned"),
                to="ready",
                who=_MANAGER,
                needs=("strengths", "weaknesses", "meeting_on"),
                asks=("meeting_on",),
            ),
            Move(
                id="submit",
                label=W("提交总结", "Submit"),
                from_=OPEN,
                to="submitted",
                who=_MANAGER,
                needs=(
                    *("overview", "strengths", "weaknesses", "lessons"),
                    *("meeting_on", "attendees", "minutes"),
                ),
                asks=("meeting_on", "attendees", "minutes", "comment"),
                fills={"submitted_at": "now", "submitted_by": "me"},
                binds=True,
            ),
            Move(
                id="review",
                label=W("审核通过", "Review: passed"),
                from_=("submitted",),
                to="reviewed",
                who=_REVIEWER,
                asks=("opinion",),
                fills={"reviewed_at": "now", "reviewed_by": "me"},
                four_eyes=True,
            ),
            with_reason(
                "return", W("退回", "Return"), ("submitted", "reviewed"), "returned", _REVIEWER
            ),
        ),
        title="service_to",
        columns=("service_to", "overview", "meeting_on", "submitted_by"),
        key=("project", "service_to"),
        writers=_MANAGER,
        compiled="content",
        due="due",
        watchers=(QUALITY,),
        menu=62,
    )

    service_to, service_from, due = period_fields()
    overview = prose("完成情况说明", "Completion, in words")
    strengths = prose("优点", "Strengths")
    weaknesses = prose("缺点", "Weaknesses")
    lessons = prose(
        "经验教训",
        "Lessons",
        hint=W("审核通过后按 F 收入经验库", "F keeps them as experience once it is reviewed"),
    )
    opinions = prose("意见和建议", "Opinions and suggestions")
    meeting_on = day("总结会日期", "Meeting on")
    attendees = persons("参加人", "Attendees")
    guests = line("其他参加人", "Others present", hint=W("如客户代表", "such as the customer's"))
    minutes = prose("会议纪要", "Minutes", asked_from="ready")
    content = prose("提交时的数据", "Data as submitted", computed=True, internal=True, by_move=True)
    submitted_at = moment("提交时间", "Submitted at", by_move=True, computed=True)
    submitted_by = person("提交人", "Submitted by", by_move=True, computed=True)
    opinion = prose("审核意见", "Reviewer's opinion", by_move=True)
    reviewed_at = moment("审核时间", "Reviewed at", by_move=True, computed=True)
    reviewed_by = person("审核人", "Reviewed by", by_move=True, computed=True)
