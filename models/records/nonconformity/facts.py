"""Facts about corrective actions, and those that a record led to. Clause: 5.2(3), 5.3.2(3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.book.derived_state import StateView
from models.calendar.business_dates import business_day, day_of
from models.queries.facts import RecordFact, facts
from models.records.nonconformity.corrective_action import CorrectiveAction
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book

EARLY = W("效果评定早于约定的 {day}", "evaluated before {day}, the day set for it")


@facts("corrective_action")
def evaluated_early(
    book: Book,
    record: CorrectiveAction,
    states: StateView,  # noqa: ARG001
) -> Iterator[RecordFact]:
    """What another device's clock or program let pass: an effect found before its day."""
    day, at = day_of(record.check_on), record.evaluated_at
    if day is None or at is None or record.result != "effective":
        return
    if business_day(at, book.zone) < day:
        yield RecordFact(say(EARLY, day=day.isoformat()), "warn", short=str(EARLY))
