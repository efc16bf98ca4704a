"""Rounds: how often a record was submitted, what changed in between, the time in each state.

A round ends with a decision (or its author takes it back). Which one was the last follows from what
the present state was built on, and what it was about from the versions named when the record was
submitted: no clock decides. Only where none are named is compared what the log held here then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from models.book.approval import coverage, parts
from models.book.log.change_log import Dot, LoggedChange
from models.book.log.transitions import Transition, made_by
from models.book.writing.record_writer import spread
from models.calendar import working_hours
from models.calendar.working_calendar import BUNDLED, Calendar
from models.schema.record import Record
from models.schema.versions import FieldVersions
from models.storage import rows as tables

if TYPE_CHECKING:
    from models.book.book import Book


Log = Mapping[Dot, LoggedChange]
"""A record's changes by their versions."""


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


class _Decided(NamedTuple):
    """What a decision was about: the content that was submitted."""

    values: dict[str, Any]
    rows: dict[str, frozenset[Dot]] | None
    """Row -> its versions; None where it names no rows."""


class ReviewRounds:
    """The rounds of one record as it is now; its changes and its moves are read once."""

    def __init__(self, book: Book, record: Record) -> None:
        self.book, self.record = book, record

    @cached_property
    def history(self) -> list[LoggedChange]:
        """Its changes, as they were applied here."""
        return list(self.book.change_log.history(self.record.id))

    @cached_property
    def moves(self) -> list[Transition]:
        """Its moves, the first one first."""
        return made_by(self.book.store, self.record.id)

    @property
    def number(self) -> int:
        """Which time it is that the record came into its present state, from 1."""
        return max(sum(move.state == self.record.state for move in self.moves), 1)

    def stages(self, calendar: Calendar = BUNDLED) -> list[ReviewStage]:
        """The stages of the record's life so far, with the working time spent in each."""
        record, found = self.record, list[ReviewStage]()
        since, state = record.recorded, record.kind.states[0].name
        for move in self.moves:
            found.append(_stage(move.origin, since, move.at, calendar, move))
            since, state = move.at, move.state
        if not record.kind.state(state).ended:
            found.append(_stage(state, since, self.book.change_log.now(), calendar, None))
        return found

    @cached_property
    def last_left(self) -> Dot | None:
        """The change (device, sequence) by which the record last left its present state.

        It is the nearest one that the present state was built on, whatever the clocks said.
        """
        for dot, change in _behind(self._log, self._standing()):
            if change.move is not None and change.move.get("from") == self.record.state:
                return dot
        return None

    @cached_property
    def differences(self) -> list[Difference]:
        """What changed since the record was last decided on; empty in its first round."""
        dot = self.last_left
        if dot is None:
            return []
        if self._decided is not None:
            before = self._decided.values
        else:
            before = _values(type(self.record), _until(self.history, dot))
        now = self.record.values()
        return [
            Difference(name, before.get(name), now[name])
            for name in now
            if before.get(name) != now[name]
        ]

    @property
    def decided_at(self) -> int | None:
        """The hybrid time of that decision; None in the first round."""
        dot = self.last_left
        return _until(self.history, dot)[-1].at if dot is not None else None

    def row_changes(self, rows: Sequence[Record]) -> dict[str, str]:
        """Row id -> 'new' or 'changed', for rows that are not what they were at that decision."""
        covered = self._decided.rows if self._decided is not None else None
        if covered is None:
            return self._by_time(rows)
        book, found = self.book, dict[str, str]()
        for row in tables.many(book.store, [row.id for row in rows]).values():
            here = frozenset(
                (book.people.device_of(idx), seq)
                for dots in parts.versions(row).values()
                for idx, seq in dots
            )
            if row.id not in covered:
                found[row.id] = "new"
            elif covered[row.id] != here:
                found[row.id] = "changed"
        return found

    @cached_property
    def _log(self) -> Log:
        return {(one.device, one.seq): one for one in self.history}

    def _standing(self) -> list[Dot]:
        """The versions of its present state, that of the value shown first."""
        found = FieldVersions(self.record.dots).standing("state", present=True)
        return [(self.book.people.device_of(idx), seq) for idx, seq in found]

    @cached_property
    def _decided(self) -> _Decided | None:
        """What was last decided on: the versions named by the move that submitted it, and what
        the moves from there to the decision filled; None in the first round, and where nothing is
        named.
        """
        if self.last_left is None:
            return None
        later: list[LoggedChange] = []
        for _, change in _behind(self._log, [self.last_left]):
            later.insert(0, change)
            payload = change.move or {}
            if isinstance(payload.get("saw"), dict):
                try:
                    return _named(type(self.record), payload, self._log, later)
                except (ValueError, TypeError, LookupError):  # no program of ours wrote that
                    return None
        return None

    def _by_time(self, rows: Sequence[Record]) -> dict[str, str]:
        """The same where the decision was about no named rows: by the times of the changes."""
        at, found = self.decided_at, dict[str, str]()
        if at is None:
            return {}
        for row in rows:
            times = [entry.at for entry in self.book.change_log.history(row.id)]
            if times and times[0] > at:
                found[row.id] = "new"
            elif times and times[-1] > at:
                found[row.id] = "changed"
        return found


def _stage(
    state: str, since: int, until: int, calendar: Calendar, ended: Transition | None
) -> ReviewStage:
    return ReviewStage(state, since, until, working_hours.worked(since, until, calendar), ended)


def _behind(log: Log, dots: Sequence[Dot]) -> Iterator[tuple[Dot, LoggedChange]]:
    """These versions of the state and those that they were built on, the nearest first."""
    todo, seen = [dot for dot in dots if dot in log], set[Dot]()
    while todo:
        dot = todo.pop(0)
        if dot not in seen:
            seen.add(dot)
            yield dot, log[dot]
            named = [_dot(one) for one in log[dot].base.get("state", ())]
            todo += [one for one in named if one in log]


def _named(
    cls: type[Record], payload: Mapping[str, Any], log: Log, later: Sequence[LoggedChange]
) -> _Decided:
    """The content that a move names, with what the moves from it on filled."""
    values = dict[str, Any]()
    for register, named in payload["saw"].items():
        known = [log[one] for one in map(_dot, named) if one in log]
        given = [one.fields[register] for one in known if register in one.fields]
        if given and register in cls.registers():
            values.update(spread(cls, register, given[-1]))
    values.update(_values(cls, later))
    rows = payload.get(coverage.ROWS)
    return _Decided(values, coverage.decode(rows) if rows is not None else None)


def _dot(named: Any) -> Dot:
    return str(named[0]), int(named[1])


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
