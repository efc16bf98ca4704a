"""Rounds: how often a record was submitted, what changed in between, the time in each state.

A round ends with a decision (or its author takes it back); compared is what the change log held
here at that moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from models.book.log.change_log import LoggedChange
from models.book.log.transitions import Transition, made_by
from models.book.writing.record_writer import spread
from models.calendar import working_hours
from models.calendar.working_calendar import BUNDLED, Calendar
from models.schema.record import Record

if TYPE_CHECKING:
    from models.book.book import Book


class Difference(NamedTuple):
    """A field that is not what it was when the record was last decided on."""

    field: str
    before: Any
    after: Any


class ReviewStage(NamedTuple):
    """How long a record stood in a state, and the move that ended it (None: it still does)."""

    state: str
    since: int
    until: int
    """ms UTC; now where the stage goes on."""
    worked: int
    """Working time between, ms."""
    ended: Transition | None


def number(book: Book, record: Record) -> int:
    """Which time it is that the record came into its present state, from 1."""
    times = sum(move.state == record.state for move in made_by(book.store, record.id))
    return max(times, 1)


def stages(book: Book, record: Record, calendar: Calendar = BUNDLED) -> list[ReviewStage]:
    """The stages of a record's life so far, with the working time spent in each."""
    found: list[ReviewStage] = []
    since, state = record.recorded, record.kind.states[0].name
    for move in made_by(book.store, record.id):
        found.append(_stage(move.origin, since, move.at, calendar, move))
        since, state = move.at, move.state
    if not record.kind.state(state).ended:
        found.append(_stage(state, since, book.change_log.now(), calendar, None))
    return found


def _stage(
    state: str, since: int, until: int, calendar: Calendar, ended: Transition | None
) -> ReviewStage:
    return ReviewStage(state, since, until, working_hours.worked(since, until, calendar), ended)


def last_left(book: Book, record: Record) -> tuple[str, int] | None:
    """The change (device, sequence) by which the record last left its present state."""
    sql = "SELECT device, seq FROM transition WHERE record=? AND origin=? ORDER BY n DESC LIMIT 1"
    found = book.store.row(sql, (record.id, record.state))
    return (str(found[0]), int(found[1])) if found is not None else None


def differences(book: Book, record: Record) -> list[Difference]:
    """What changed since the record was last decided on; empty in its first round."""
    dot = last_left(book, record)
    if dot is None:
        return []
    history = list(book.change_log.history(record.id))
    before = _values(type(record), _until(history, dot))
    now = record.values()
    return [
        Difference(name, before.get(name), now[name])
        for name in now
        if before.get(name) != now[name]
    ]


def decided_at(book: Book, record: Record) -> int | None:
    """The hybrid time of that decision; None in the first round."""
    dot = last_left(book, record)
    if dot is None:
        return None
    return _until(list(book.change_log.history(record.id)), dot)[-1].at


def _until(history: Sequence[LoggedChange], dot: tuple[str, int]) -> Sequence[LoggedChange]:
    """The changes up to one of them, as they were applied here."""
    places = [at for at, entry in enumerate(history) if (entry.device, entry.seq) == dot]
    return history[: places[0] + 1] if places else history


def _values(cls: type[Record], history: Sequence[LoggedChange]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for entry in history:
        for register, value in entry.fields.items():
            found.update(spread(cls, register, value))
    return found


def row_changes(book: Book, record: Record, rows: Sequence[Record]) -> dict[str, str]:
    """Row id -> 'new' or 'changed', for rows that are not what they were at the last decision."""
    at = decided_at(book, record)
    if at is None:
        return {}
    found: dict[str, str] = {}
    for row in rows:
        times = [entry.at for entry in book.change_log.history(row.id)]
        if times and times[0] > at:
            found[row.id] = "new"
        elif times and times[-1] > at:
            found[row.id] = "changed"
    return found
