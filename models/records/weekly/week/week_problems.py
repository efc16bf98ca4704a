"""The problems of a weekly status: solved ones taken in once, in the ISO week of the solution.

A problem is an on-site fix together with the escalation that came of it, or an escalation by
itself; the record that it began with names it. Clause: 5.3.1(2).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

from models.book import permissions
from models.book.log import transitions
from models.calendar.business_dates import (
    business_day,
    first_day,
    instant,
    previous_week,
    shift_week,
    week_of,
    week_span,
)
from models.frozen import NamedTuple
from models.records.problems.escalation import Escalation
from models.records.problems.fix import Fix
from models.schema.record import Record
from models.storage import rows

if TYPE_CHECKING:
    from models.book.book import Book
    from models.storage.store import Store

SOLVED = ("fixed", "verified", "closed")
VERIFIED = ("verified", "closed")
LOOK_BACK = 8
"""Weeks after which a solution that no entry took in is left alone."""
STATES = ",".join(f"'{state}'" for state in SOLVED)

SOURCES = ("fix", "escalation")
"""The types that a problem begins with."""


class WeekProblem(NamedTuple):
    """A problem at present: its source, the record that speaks for it, and its solution."""

    source: Record
    speaks: Record
    solved: int | None
    """When it was solved, ms UTC."""

    def values(self, week: str | None, supplement: bool) -> dict[str, Any]:
        """What a row of the entry says of it; `week` is that of the solution, None while open."""
        speaks = self.speaks
        measure = "measure" if isinstance(speaks, Escalation) else "correction"
        return {
            "outcome": "solved" if week else "open",
            "phenomenon": getattr(speaks, "phenomenon", None),
            "cause": getattr(speaks, "cause", None),
            "measure": getattr(speaks, measure, None),
            "verified": (speaks.state in VERIFIED) if week else None,
            "supplement": supplement or None,
            "solved_week": week,
        }


class TakenProblem(NamedTuple):
    """A problem as an entry takes it in."""

    problem: WeekProblem
    values: dict[str, Any]

    @property
    def solved(self) -> bool:
        """Whether it was solved in (or before) the entry's week."""
        return bool(self.values["outcome"] == "solved")


def gather(book: Book, project: str, week: str, person: str) -> list[TakenProblem]:
    """The problems that belong into this person's entry now: solved ones first, then open ones.

    Solved in its week by this person; solved earlier, when that week's entry is closed or was
    never written (a supplement); or found by this person and not solved by the week's end.
    """
    _, until = week_span(week, book.zone)
    home = book.twin("weekly", {"week": week, "person": person}, project=project)
    found: list[TakenProblem] = []
    for problem in _candidates(book, project, week, person, until):
        solved = _week(book, problem.solved)
        if problem.solved is None or problem.solved >= until:
            if person in (problem.source.author, problem.speaks.author):
                found.append(TakenProblem(problem, problem.values(None, False)))
        elif getattr(problem.speaks, "fixed_by", None) == person:
            late = solved != week
            if (late and not _missed(book, project, week, person, solved or "")) or _told(
                book.store, problem.source.id, solved or "", home.id if home else ""
            ):
                continue
            found.append(TakenProblem(problem, problem.values(solved, late)))
    return sorted(found, key=lambda one: (not one.solved, one.problem.solved or 0))


def of_week(book: Book, project: str, week: str) -> list[tuple[WeekProblem, dict[str, Any]]]:
    """The problems of a week, of any person: solved in it, or found by its end and not solved then.

    Each with what a row of an entry says of it.
    """
    since, until = week_span(week, book.zone)
    found: dict[str, tuple[WeekProblem, dict[str, Any]]] = {}
    for record in _lately(book.store, project, since, until):
        problem = problem_of(book.store, record)
        solved = problem.solved
        if problem.source.id in found or (solved is not None and solved < since):
            continue
        in_time = solved is not None and solved < until
        found[problem.source.id] = (problem, problem.values(week if in_time else None, False))
    return sorted(found.values(), key=lambda one: (one[0].solved or until, one[0].source.n))


def _lately(store: Store, project: str, since: int, until: int) -> Iterator[Record]:
    """What is open, was found in that time, or was brought into a solved state since.

    Three ways in, since each has an index to go by.
    """
    for cls in (Fix, Escalation):
        open_ = ",".join(f"'{s.name}'" for s in cls.kind.states if s.name not in SOLVED)
        ways = [move.id for move in cls.kind.moves if move.to in SOLVED]
        moves = ",".join(f"'{move}'" for move in (*ways, *permissions.MARKED))
        moved = (
            f"SELECT record FROM transition WHERE type='{cls.kind.name}'"
            f" AND move IN ({moves}) AND at>=?"
        )
        ways_in: Sequence[tuple[str, tuple[int, ...]]] = (
            (f"state IN ({open_})", ()),
            ("n>=(?<<12) AND n<(?<<12)", (since, until)),
            (f"id IN ({moved})", (since,)),
        )
        for way, values in ways_in:
            where = f"WHERE {way} AND +project=? AND occurred<? AND void IS NULL"
            yield from rows.fetch(store, cls, where, (*values, project, until))


def _candidates(book: Book, project: str, week: str, person: str, until: int) -> list[WeekProblem]:
    """Problems that were solved lately by this person, or are theirs and open, found by then.

    Three ways in, since each has an index to go by: the open ones, those this person solved, and
    those found lately (which may have been solved since).
    """
    since = instant(first_day(shift_week(week, -LOOK_BACK)), 0, book.zone)
    found: dict[str, WeekProblem] = {}
    for cls in (Fix, Escalation):
        again = f"SELECT record FROM transition WHERE type='{cls.kind.name}' AND move='fix'"
        open_ = ",".join(f"'{s.name}'" for s in cls.kind.states if s.name not in SOLVED)
        solved = f"state IN ({STATES}) AND (fixed_at>=? OR id IN ({again} AND at>=?))"
        ways_in: Sequence[tuple[str, tuple[object, ...]]] = (
            (f"state IN ({open_}) AND (author=? OR fixed_by=?)", (person, person)),
            (f"fixed_by=? AND {solved}", (person, since, since)),
            ("n>=(?<<12) AND n<(?<<12) AND author=?", (since, until, person)),
        )
        for way, values in ways_in:
            where = f"WHERE {way} AND occurred<? AND +project=? AND void IS NULL"
            for record in rows.fetch(book.store, cls, where, (*values, until, project)):
                problem = problem_of(book.store, record)
                found[problem.source.id] = problem
    return list(found.values())


def problem_of(store: Store, record: Record) -> WeekProblem:
    """The problem that a fix or an escalation is part of."""
    fix, raised = record, None
    if isinstance(record, Escalation):
        origin = rows.one(store, Fix, record.fix) if record.fix else None
        fix, raised = origin or record, record
    if isinstance(fix, Fix):
        where = "WHERE fix=? AND void IS NULL ORDER BY n DESC LIMIT 1"
        raised = next(iter(rows.fetch(store, Escalation, where, (fix.id,))), raised)
    aside = raised is not None and fix is not raised and raised.state == "returned"
    speaks = fix if raised is None or aside else raised
    return WeekProblem(fix, speaks, solved_at(store, speaks))


def solved_at(store: Store, record: Record) -> int | None:
    """When a fix or an escalation was solved, None while it is open.

    The time that was given for it, unless the record was reopened after that: then the move.
    """
    if record.state not in SOLVED:
        return None
    given = cast("int | None", getattr(record, "fixed_at", None))
    moves = transitions.made_by(store, record.id)
    back = max((m.at for m in moves if m.origin in SOLVED and m.state not in SOLVED), default=0)
    last = max((m.at for m in moves if m.state == "fixed"), default=record.occurred)
    return given if given is not None and (given > back or not back) else last


def _week(book: Book, at: int | None) -> str | None:
    return None if at is None else week_of(business_day(at, book.zone))


def _missed(book: Book, project: str, week: str, person: str, solved: str) -> bool:
    """Whether the entry of the week of the solution can take it in no more."""
    home = book.twin("weekly", {"week": solved, "person": person}, project=project)
    if home is None or home.void is not None:
        return solved < previous_week(week)
    return permissions.closed_by(home) is not None


def _told(store: Store, source: str, week: str, entry: str) -> bool:
    """Whether another entry has this solution of the problem already."""
    sql = (
        "SELECT 1 FROM weekly_problem p JOIN weekly w ON w.id=p.weekly WHERE p.source=?"
        " AND p.outcome='solved' AND p.solved_week=? AND p.weekly<>? AND p.void IS NULL"
        " AND w.void IS NULL LIMIT 1"
    )
    return bool(store.rows(sql, (source, week, entry)))
