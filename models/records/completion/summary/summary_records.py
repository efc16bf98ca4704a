"""What a summary tells besides the figures: weeks, repeated faults, praise and milestones.

Clause: 6.1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from models.calendar.business_dates import weeks_through
from models.derived.figures import Scope
from models.records.preparation.milestone import Milestone
from models.records.statistics import trends
from models.records.statistics.trends import Point
from models.schema.record import kinds
from models.storage import rows
from models.storage.store import places
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book
    from models.storage.store import Store

WEEKS = 3
"""The best weeks that are named, and the worst."""
TOLD = 5
"""Repeated faults of one sort that are named."""
REPEATED = 2
"""Problems with one thing from which on they are repeated."""
CHUNK = 500
EQUIPMENT, CAUSE = "equipment", "cause_class"
RULE = W(
    "最差：新发问题最多，其次检查合格率最低；最好：新发问题最少，其次合格率最高；没有检查的周不参与",
    "worst: most problems, then the lowest pass rate; best: fewest, then the highest pass rate;"
    " weeks without a checklist are left out",
)
"""By which weeks are the best and the worst."""


class WeekMark(NamedTuple):
    """A week: problems that occurred and were closed, and the items that were ok of those
    checked."""

    week: str
    opened: int
    closed: int
    met: int
    n: int

    @property
    def rate(self) -> Fraction:
        """The pass rate."""
        return Fraction(self.met, self.n)


class RepeatPart(NamedTuple):
    """Problems that have something in common: `by` is a field of theirs, `name` its value."""

    by: str
    name: str
    records: list[str]


class PraisePart(NamedTuple):
    """What somebody praised in a follow-up."""

    number: str
    text: str


def weeks_of(book: Book, scope: Scope) -> tuple[list[WeekMark], list[WeekMark]]:
    """The best weeks and the worst ones, by `RULE`; none where there was no problem in any."""
    last = min(scope.last, book.today)
    if last < scope.first:
        return [], []
    points = trends.trends(book, scope.projects, list(weeks_through(scope.first, last))).points
    worked = [_mark(point) for point in points if point.passed.n]
    worst = sorted(
        (one for one in worked if one.opened or one.rate < 1),
        key=lambda one: (-one.opened, one.rate, one.week),
    )[:WEEKS]
    rest = [one for one in worked if one not in worst]
    best = sorted(rest, key=lambda one: (one.opened, -one.rate, -one.n, one.week))[:WEEKS]
    return best, worst


def _mark(point: Point) -> WeekMark:
    return WeekMark(point.week, point.opened, point.closed, point.passed.met, point.passed.n)


def repeats(book: Book, scope: Scope) -> list[RepeatPart]:
    """The equipment and the causes that came up several times, the most frequent first.

    A fix and its escalation are one problem.
    """
    opened = trends.span_of(book, scope.projects, scope.first, scope.last).opened
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for id, *values in _read(book.store, opened):
        for by, value in zip((EQUIPMENT, CAUSE), values, strict=True):
            if value:
                found[by, str(value)].append(str(id))
    every = [RepeatPart(*key, ids) for key, ids in found.items() if len(ids) >= REPEATED]
    every.sort(key=lambda one: (-len(one.records), one.name))
    return [*_first(every, EQUIPMENT), *_first(every, CAUSE)]


def _first(some: Iterable[RepeatPart], by: str) -> list[RepeatPart]:
    return [one for one in some if one.by == by][:TOLD]


def _read(store: Store, ids: Sequence[str]) -> Iterator[Sequence[object]]:
    for at in range(0, len(ids), CHUNK):
        some = ids[at : at + CHUNK]
        for type in trends.SOURCES:
            sql = f'SELECT id, {EQUIPMENT}, {CAUSE} FROM "{type}" WHERE id IN ({places(some)})'
            yield from store.rows(f"{sql} ORDER BY n", some)


def praise(book: Book, scope: Scope) -> list[PraisePart]:
    """What was praised in the follow-ups of the service periods that ended in the scope."""
    sql = (
        "SELECT r.number, r.praise FROM survey_response r JOIN survey s ON r.survey=s.id"
        f" WHERE s.project IN ({places(scope.projects)}) AND s.service_to BETWEEN ? AND ?"
        " AND s.void IS NULL AND r.void IS NULL AND r.state='answered' AND r.praise IS NOT NULL"
        " ORDER BY r.n"
    )
    days = (scope.first.isoformat(), scope.last.isoformat())
    return [
        PraisePart(str(number), str(text))
        for number, text in book.store.rows(sql, (*scope.projects, *days))
    ]


def milestones(book: Book, scope: Scope) -> list[Milestone]:
    """The milestones due in the scope, in order."""
    where = (
        f"WHERE project IN ({places(scope.projects)}) AND void IS NULL AND due BETWEEN ? AND ?"
        " ORDER BY due, n"
    )
    days = (scope.first.isoformat(), scope.last.isoformat())
    return rows.fetch(book.store, Milestone, where, (*scope.projects, *days))


def names_of(book: Book, part: RepeatPart) -> str:
    """What a repeated fault is called: the equipment's name; the code of a cause is left."""
    if part.by != EQUIPMENT:
        return part.name
    found = rows.one(book.store, kinds[EQUIPMENT], part.name)
    return found.title() if found is not None else part.name
