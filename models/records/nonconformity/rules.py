"""Rules of corrective actions: where they come from, and when they are evaluated.

Clause: 5.2(3), 5.3.2(3).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from models.book.rules import before_write, carries, proposes
from models.book.writing.evidence import newest_file
from models.records.nonconformity.corrective_action import CorrectiveAction
from models.records.registers import calendar_years
from models.schema.lifecycle import Move
from models.schema.record import Record
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

WEEKS = {"correction": 0}
USUAL_WEEKS = 4
"""Weeks after which an effect is evaluated where the action does not say."""

OF_ITSELF = W("来源不能是这条措施自己。请另选一条记录。", "An action is not its own source.")


@before_write("corrective_action")
def source_elsewhere(book: Book, values: dict[str, Any], record: Record | None) -> None:  # noqa: ARG001
    """Refuse an action that names itself as its source."""
    if record is not None and values.get("source") == record.id:
        raise Refused(OF_ITSELF)


@proposes("corrective_action", "finish")
def newest_evidence(book: Book, record: Record) -> dict[str, Any]:
    """The file that was attached last is the evidence that is meant."""
    found = newest_file(book.store, record.id)
    return {"evidence": found} if found else {}


@carries("corrective_action")
def evaluation_day(
    book: Book,
    record: CorrectiveAction,
    move: Move,
    comment: str,  # noqa: ARG001
) -> dict[str, Any]:
    """The day of the evaluation, which counts from the day on which it was done."""
    if move.id != "finish":
        return {}
    weeks = record.check_weeks
    if weeks is None:
        weeks = WEEKS.get(record.sort or "", USUAL_WEEKS)
    day = book.today + timedelta(weeks=weeks)
    if weeks:
        day = calendar_years.calendar(book).add_workdays(day, 0)
    return {"check_on": day.isoformat()}
