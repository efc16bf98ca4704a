"""Summaries and targets of tests, brought as far as a test wants them."""

from __future__ import annotations

from typing import Any

from models.book.book import Book
from models.book.rows import child_rows
from models.records.completion.summary.self_assessment import SelfAssessment
from models.records.completion.targets.quality_target import QualityTarget
from models.schema.record import Record
from tests.support.staff import Staff, attach

PERIOD = {"service_from": "2026-10-01", "service_to": "2026-11-20"}
"""Nearly two months that end on a Friday."""
WRITTEN = {
    "overview": "按合同完成",
    "strengths": "响应快",
    "weaknesses": "备件不足",
    "lessons": "备件先行\n提前两个月下单",
    "meeting_on": "2026-11-24",
}


def summary(book: Book, project: str, **more: Any) -> Record:
    """A summary that is written, not scored."""
    return book.add("project_summary", {**PERIOD, **WRITTEN, **more}, project=project)


def criteria(book: Book, made: Record) -> dict[str, SelfAssessment]:
    """Criterion -> its row."""
    found = child_rows.rows_of(book.store, made, SelfAssessment)
    return {str(one.criterion): one for one in found if isinstance(one, SelfAssessment)}


def scored(book: Book, made: Record, score: int = 4) -> Record:
    """Every criterion with the same score."""
    for row in criteria(book, made).values():
        book.edit(row.id, {"score": score, "basis": "见周报"})
    return made


def submitted(staff: Staff, project: str, **more: Any) -> Record:
    """One that waits for the department manager."""
    made = scored(staff.manager, summary(staff.manager, project, **more))
    values = {"attendees": staff.manager.me, "minutes": "通过"}
    return staff.manager.move(made.id, "submit", values, comment="有人接手")


def assessment(book: Book, project: str, **more: Any) -> Record:
    """An assessment with the targets it begins with."""
    return book.add("target_assessment", {**PERIOD, **more}, project=project)


def targets(book: Book, made: Record) -> dict[str, QualityTarget]:
    """Indicator -> its target."""
    found = child_rows.rows_of(book.store, made, QualityTarget)
    return {
        str(one.indicator): one
        for one in found
        if isinstance(one, QualityTarget) and one.void is None
    }


def measured(book: Book, made: Record, **values: str) -> None:
    """Written values of targets, with a file that proves them."""
    file = attach(book, made.id)
    for name, value in values.items():
        book.edit(targets(book, made)[name].id, {"measured": value, "evidence": file})


def agreed(staff: Staff, project: str, **more: Any) -> Record:
    """Targets that were agreed on."""
    made = assessment(staff.manager, project, **more)
    return staff.department.move(made.id, "agree")
