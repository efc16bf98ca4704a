"""The weekly status entry of one person as a document."""

from __future__ import annotations

from typing import Any

from models.book.log import transitions
from models.calendar.business_dates import first_day, last_day
from models.records.weekly import entries, problem_intake
from models.records.weekly.weekly_entry import Weekly
from models.text.words import W
from tui.documents import layout
from tui.documents.frame import DocumentSubject
from tui.documents.layout import (
    BASICS,
    CUSTOMER,
    PROJECT,
    DocumentColumn,
    DocumentLayout,
    DocumentProse,
    DocumentTable,
    Facts,
)
from tui.documents.record_text import NO, YES, RecordText, Row, clean, numbered

SOLVED, OPEN = W("已解决", "solved"), W("未解决", "open")
SUPPLEMENT = W("补记", "supplement")
LATE, IN_TIME = W("迟交", "late"), W("按时", "in time")
PROBLEM_COLUMNS = (
    DocumentColumn(W("序号", "No."), "no", 10),
    DocumentColumn(W("问题现象", "Problem"), "phenomenon", 38),
    DocumentColumn(W("原因", "Cause"), "cause", 29),
    DocumentColumn(W("措施", "Measure"), "measure", 29),
    DocumentColumn(W("验证", "Verified"), "verified", 17),
    DocumentColumn(W("状态", "State"), "state", 16),
    DocumentColumn(W("记录编号", "Record"), "number", 31),
)
WEEK, PERIOD = W("周", "Week"), W("起止日期", "Period")

LAYOUT = DocumentLayout(
    W("运维周报", "Weekly status"),
    (
        Facts(
            BASICS,
            (
                (PROJECT, "project"),
                (CUSTOMER, "customer"),
                (WEEK, "week"),
                (PERIOD, "period"),
                (W("填写人", "Person"), "person"),
                (W("状态", "State"), "state"),
                (W("项目状况", "Health"), "health"),
                (W("工时（小时）", "Hours"), "hours"),
                (W("提交情况", "Submitted"), "handed_in"),
            ),
        ),
        DocumentProse(W("本周进展", "Progress"), "progress"),
        DocumentTable(W("本周问题", "Problems of the week"), "problems", PROBLEM_COLUMNS),
        DocumentProse(W("风险", "Risks"), "risks"),
        DocumentProse(W("下周计划", "Next week"), "next_week"),
        DocumentProse(W("需要的支持", "Help needed"), "help_needed"),
        layout.MOVES,
        layout.NOTES,
        layout.ATTACHMENTS,
    ),
)


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """When the entry was submitted, and its problems."""
    weekly = subject.about
    assert isinstance(weekly, Weekly)
    found = problem_intake.preview(
        reading.book,
        str(weekly.project),
        weekly.week or "",
        weekly.person or weekly.author,
        weekly,
    )
    return {
        "period": period(weekly.week or ""),
        "handed_in": _handed_in(reading, weekly),
        "problems": numbered([problem(reading, source, values) for source, values in found]),
    }


def problem(reading: RecordText, source: str, values: Any) -> Row:
    """One problem of a week."""
    record = reading.book.find(source)
    solved = values["outcome"] == "solved"
    state = str(SOLVED if solved else OPEN)
    if values.get("supplement"):
        state = f"{state}\n{SUPPLEMENT} {values.get('solved_week') or ''}"
    return {
        **{name: clean(values.get(name) or "") for name in ("phenomenon", "cause", "measure")},
        "verified": str(YES if values.get("verified") else NO) if solved else "",
        "state": state,
        "number": record.number if record is not None else "",
    }


def period(week: str) -> str:
    """Monday to Sunday."""
    return f"{first_day(week)} – {last_day(week)}"


def _handed_in(reading: RecordText, weekly: Weekly) -> str:
    moves = transitions.made_by(reading.store, weekly.id)
    handed = [move.at for move in moves if move.state == "submitted"]
    if not handed:
        return ""
    clock = reading.workspace.settings.weekly_due
    due = entries.due_at(weekly.week or "", reading.calendar, clock)
    word = LATE if entries.late(moves, due, min(handed)) else IN_TIME
    return f"{reading.moment(min(handed))} {word}"
