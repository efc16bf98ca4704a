"""Rules of the reports on irregular services. Clause: 5.3.2(3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.rules import before_move, before_write, given
from models.calendar.business_dates import day_of
from models.derived import compiled
from models.records.nonconformity.irregular import irregular_content
from models.records.nonconformity.irregular import irregular_statistics as statistics
from models.records.nonconformity.irregular.irregular_report import IrregularReport
from models.records.registers.project import Project
from models.schema.record import Record
from models.storage import rows
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

BACKWARDS = W(
    "统计期止 {last} 早于统计期起 {first}。请改正其中一个。",
    "The period ends on {last}, before it begins on {first}. Correct one of them.",
)
NO_MEASURES = W(
    "{number} 还没有纠正或预防措施。请从它新建措施，或写明不另定措施的理由。",
    "{number} has led to no action yet. Create one from it, or say why none is needed.",
)

compiled.compiles(irregular_content.REPORT)


@given("irregular_report")
def named_by_its_project(
    book: Book, values: Mapping[str, Any], project: str | None
) -> dict[str, Any]:
    """Without a name it is called by its project and period."""
    if values.get("subject"):
        return {}
    of = rows.one(book.store, Project, project) if project else None
    period = f"{values.get('first')} – {values.get('last')}"
    return {"subject": f"{of.name or of.number} {period}" if of is not None else period}


@before_write("irregular_report")
def period_in_order(book: Book, values: Mapping[str, Any], record: Record | None) -> None:  # noqa: ARG001
    """A period ends after it begins."""
    first, last = day_of(values.get("first")), day_of(values.get("last"))
    if record is None and first is not None and last is not None and last < first:
        raise Refused(BACKWARDS, first=first.isoformat(), last=last.isoformat())


@before_move("irregular_report", "submit")
def measures_decided(book: Book, report: IrregularReport) -> None:
    """Where there were any, measures follow, or the reason why not."""
    found = statistics.services(book, irregular_content.scope_of(book, report))
    if not found or report.no_measures:
        return
    if not irregular_content.actions(book, report, [one.id for one in found]):
        raise Refused(NO_MEASURES, number=report.number)
