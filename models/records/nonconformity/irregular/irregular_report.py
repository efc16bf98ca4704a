"""Reports on irregular services: counted for a period, analysed, supervised."""

from __future__ import annotations

from models.schema.fields import day, line, moment, person, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State, with_reason
from models.schema.record import Record
from models.schema.roles import AUTHOR, GENERAL_OFFICE, LEADS, QUALITY
from models.text.words import W

_WRITERS, _OFFICE = (*LEADS, QUALITY), (GENERAL_OFFICE,)


class IrregularReport(Record):
    """The statistics of irregular services 不规范服务统计报告. Clause: 5.3.2(3).

    The O&M department counts them, analyses why they came about and decides on measures; the
    general manager's office supervises these. It has no names: groups under three are counted
    together.
    """

    kind = Kind(
        name="irregular_report",
        label=W("不规范服务统计报告", "Irregular service report"),
        code="ISR",
        row="Q-532c",
        clause="5.3.2(3)",
        project="optional",
        states=(
            State("draft", W("统计中", "in progress"), tone="busy", waits=(AUTHOR,)),
            State("returned", W("已退回", "returned"), tone="bad", returned=True, waits=(AUTHOR,)),
            State(
                "submitted",
                W("待监督确认", "to confirm"),
                tone="warn",
                frozen=True,
                waits=_OFFICE,
            ),
            State("confirmed", W("已监督确认", "confirmed"), tone="good", frozen=True, ended=True),
        ),
        moves=(
            Move(
                id="submit",
                label=W("提交", "Submit"),
                from_=("draft", "returned"),
                to="submitted",
                who=_WRITERS,
                needs=("analysis",),
                asks=("analysis",),
                fills={"submitted_at": "now", "submitted_by": "me"},
                binds=True,
            ),
            with_reason(
                "return", W("退回", "Return"), ("submitted",), "returned", (GENERAL_OFFICE,)
            ),
            Move(
                id="confirm",
                label=W("监督确认", "Confirm as supervisor"),
                from_=("submitted",),
                to="confirmed",
                who=_OFFICE,
                asks=("opinion",),
                fills={"confirmed_at": "now", "confirmed_by": "me"},
                four_eyes=True,
            ),
        ),
        title="subject",
        columns=("subject", "first", "last", "analysis"),
        key=("project", "first", "last"),
        writers=_WRITERS,
        compiled="content",
        watchers=(QUALITY, GENERAL_OFFICE),
        menu=46,
    )

    subject = line("名称", "Name", hint=W("空着就是项目名和统计期", "project and period if empty"))
    first = day("统计期起", "From", required=True, at_birth=True)
    last = day("统计期止", "To", required=True, at_birth=True)
    analysis = prose(
        "原因分析", "Analysis of causes", hint=W("为什么会发生，集中在哪里", "why, and where most")
    )
    no_measures = prose(
        "不另定措施的理由",
        "Why no measures",
        hint=W("定了纠正或预防措施就空着", "empty where actions were decided on"),
    )
    opinion = prose("监督意见", "Supervisor's opinion", by_move=True)
    content = prose("统计数据", "Data as submitted", computed=True, internal=True, by_move=True)
    submitted_at = moment("提交时间", "Submitted at", by_move=True, computed=True)
    submitted_by = person("提交人", "Submitted by", by_move=True, computed=True)
    confirmed_at = moment("确认时间", "Confirmed at", by_move=True, computed=True)
    confirmed_by = person("确认人", "Confirmed by", by_move=True, computed=True)
