"""Urgency: how much of the time to its due day a record has used, in working time.

The due day ends with its working hours, those of the project's service agreement where it names
some (`Project.service_clock`); the time begins when the day was set (the move that asks
for it), or when the record was written. At 75 % it is raised again, at 100 % it is overdue.
Clause: 5.3.1(2).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from models.book.log.transitions import Transition, made_by
from models.calendar import working_hours
from models.calendar.business_dates import day_of, instant
from models.calendar.service_clocks import CLOCK, CLOCKS
from models.calendar.working_calendar import BUNDLED, Calendar
from models.calendar.working_hours import MARKS
from models.schema.record import Record

if TYPE_CHECKING:
    from models.book.book import Book
    from models.storage.store import Store


def due_day(record: Record) -> date | None:
    """The day on which its kind says that it is due, if it is one."""
    due = record.kind.due_in(record.state)
    return day_of(getattr(record, due)) if due else None


def due_at(record: Record, calendar: Calendar = BUNDLED, clock: str = CLOCK) -> int | None:
    """When the record's due day is over (ms UTC): with the last working hour on or before it."""
    day = due_day(record)
    if day is None:
        return None
    hands = CLOCKS[clock]
    if not hands.every_day and not calendar.is_workday(day):
        day = calendar.add_workdays(day, -1)
    return instant(day, hands.end, calendar.zone)


def service_hours(
    store: Store, project: str | None, calendar: Calendar = BUNDLED
) -> tuple[str, Calendar]:
    """The clock of a project's service agreement, and the calendar as it says: with or without the
    make-up days.
    """
    sql = "SELECT service_clock, no_make_up FROM project WHERE id=?"
    row = store.row(sql, (project,)) if project is not None else None
    if row is None:
        return CLOCK, calendar
    return (row[0] if row[0] in CLOCKS else CLOCK), calendar.without_makeup() if row[
        1
    ] else calendar


def since(record: Record, moves: Iterable[Transition]) -> int:
    """From when the time counts: when the day was asked for last, else when it was written.

    In a state with a due day of its own, when the record came into it.
    """
    due = record.kind.due_in(record.state)
    if due != record.kind.due:
        asked = [move.at for move in moves if move.state == record.state]
        return max(asked, default=record.recorded)
    asking = {move.id for move in record.kind.moves if due in move.asks}
    asked = [move.at for move in moves if move.move in asking]
    return max(asked, default=record.recorded)


def used(
    book: Book,
    record: Record,
    calendar: Calendar = BUNDLED,
    moves: Iterable[Transition] | None = None,
) -> int | None:
    """Percent of the time that is used now (over 100: overdue); None without a due day, or done.

    `moves` are those that the record made, where they are known already.
    """
    if due_day(record) is None or record.kind.state(record.state).ended:
        return None
    clock, calendar = service_hours(book.store, record.project, calendar)
    end = due_at(record, calendar, clock)
    assert end is not None
    begun = since(record, made_by(book.store, record.id) if moves is None else moves)
    return working_hours.share(begun, end, book.change_log.now(), clock, calendar)


def mark(percent: int | None) -> int:
    """The mark that is reached: 0, 75 or 100."""
    return max((one for one in MARKS if percent is not None and percent >= one), default=0)
