"""Trends: how a project goes, week by week; each week is a span of the figures `trends.…`.

The figures are declared in `models.records.statistics.figures`. A problem is an on-site fix
together with the escalation that came of it, or an escalation by itself. Shares are never given
without the number of cases behind them, and without cases there is no share. Clause: 5.3.1, 6.2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from models.book import permissions
from models.calendar.business_dates import day_of, first_day, instant, last_day
from models.records.checks.verdicts import COUNTED, WITH_ITEMS
from models.records.problems.escalation_board import AGES, DAY_MS
from models.schema.record import kinds
from models.storage.store import places

if TYPE_CHECKING:
    from models.book.book import Book


class Share(NamedTuple):
    """A share with its cases: `met` of `n`."""

    met: int = 0
    n: int = 0

    @property
    def percent(self) -> int | None:
        """Whole percent, rounded down; None without cases."""
        return self.met * 100 // self.n if self.n else None


class Point(NamedTuple):
    """One week."""

    week: str
    opened: int
    closed: int
    open: int
    first_time: Share
    passed: Share


class ProblemSpan(NamedTuple):
    """What the figures of some projects are counted from, from one day to another."""

    opened: list[str]
    """The ids of the problems that occurred, of those closed, and of those open at its end."""
    closed: list[str]
    open: list[str]
    fixed: list[str]
    """Of the closed ones those that were ever fixed; `first_time` says how many just once."""
    first_time: Share
    passed: Share
    """Items ok of those checked."""


class Trends(NamedTuple):
    """Weeks in order, and how old the problems are that are open now, by `AGES`."""

    points: list[Point]
    ages: list[int]


DAY = timedelta(days=1)
SOURCES = ("fix", "escalation")


class _Problem(NamedTuple):
    id: str
    occurred: int
    closed: int | None


def trends(book: Book, projects: Sequence[str], weeks: Sequence[str]) -> Trends:
    """How some projects went in these weeks (earliest first), and what is open now."""
    found, now_open = _read(book, projects, [(first_day(week), last_day(week)) for week in weeks])
    points = [
        Point(
            week,
            len(span.opened),
            len(span.closed),
            len(span.open),
            span.first_time,
            span.passed,
        )
        for week, span in zip(weeks, found, strict=True)
    ]
    return Trends(points, _ages(now_open, book.change_log.now()))


def span_of(book: Book, projects: Sequence[str], first: date, last: date) -> ProblemSpan:
    """What the figures of one span are counted from."""
    found, _ = _read(book, projects, [(first, last)])
    return found[0]


def sheets_of(book: Book, projects: Sequence[str], first: date, last: date) -> list[str]:
    """The ids of the submitted checklists of those days."""
    states = _submitted()
    sql = (
        f"SELECT id FROM sheet WHERE void IS NULL AND project IN ({places(projects)})"
        f" AND day>=? AND day<=? AND state IN ({places(states)}) ORDER BY n"
    )
    params = (*projects, first.isoformat(), last.isoformat(), *states)
    return [str(id) for (id,) in book.store.rows(sql, params)]


def _read(
    book: Book, projects: Sequence[str], periods: Sequence[tuple[date, date]]
) -> tuple[list[ProblemSpan], list[int]]:
    """Spans of these days (earliest first), and when the problems open now occurred."""
    zone = book.zone
    bounds = [(instant(first, 0, zone), instant(last + DAY, 0, zone)) for first, last in periods]
    problems = [one for type in SOURCES for one in _problems(book, type, projects, bounds[0][0])]
    lately = [one.id for one in problems if one.closed and one.closed < bounds[-1][1]]
    once = _first_time(book, lately)
    passed = _passed(book, projects, periods[0][0], periods[-1][1])
    found = []
    for (since, until), (first, last) in zip(bounds, periods, strict=True):
        closed = [one.id for one in problems if one.closed and since <= one.closed < until]
        fixed = [id for id in closed if id in once]
        days = [share for day, share in passed.items() if first <= day <= last]
        found.append(
            ProblemSpan(
                opened=[one.id for one in problems if since <= one.occurred < until],
                closed=closed,
                open=[one.id for one in problems if one.occurred < until <= (one.closed or until)],
                fixed=fixed,
                first_time=Share(sum(once[id] for id in fixed), len(fixed)),
                passed=Share(sum(one.met for one in days), sum(one.n for one in days)),
            )
        )
    return found, [one.occurred for one in problems if one.closed is None]


def _submitted() -> list[str]:
    return [s.name for s in kinds["sheet"].kind.states if s.reopen or s.frozen]


def _problems(book: Book, type: str, projects: Sequence[str], since: int) -> list[_Problem]:
    """Problems that were open at some time since then, or are.

    What was brought in closed was closed when it was fixed, as far as that is known.
    """
    alone = " AND r.fix IS NULL" if type == "escalation" else ""
    sql = (
        "SELECT r.id, r.occurred, CASE WHEN r.state='closed' THEN (SELECT max(CASE t.move WHEN"
        f" '{permissions.IMPORT}' THEN min(t.at, COALESCE(r.fixed_at, t.at)) ELSE t.at END) FROM"
        " transition t WHERE t.record=r.id AND t.state='closed') END AS ended"
        f' FROM "{type}" r WHERE r.void IS NULL AND r.project IN ({places(projects)}){alone}'
        " AND (r.state<>'closed' OR ended IS NULL OR ended>=?)"
    )
    found = map(_Problem._make, book.store.rows(sql, (*projects, since)))
    return [
        one._replace(closed=max(one.closed, one.occurred)) if one.closed else one for one in found
    ]


def _first_time(book: Book, ids: Sequence[str]) -> dict[str, bool]:
    """Problem -> whether it was fixed just once; those never fixed are left out."""
    times: Counter[str] = Counter()
    for at in range(0, len(ids), 500):
        some = ids[at : at + 500]
        raised = dict(
            book.store.rows(f"SELECT id, fix FROM escalation WHERE fix IN ({places(some)})", some)
        )
        every = [*some, *raised]
        sql = "SELECT record FROM transition WHERE state='fixed' AND record IN"
        for (record,) in book.store.rows(f"{sql} ({places(every)})", every):
            times[raised.get(record, record)] += 1
    return {id: count == 1 for id, count in times.items()}


def _passed(book: Book, projects: Sequence[str], first: date, last: date) -> dict[date, Share]:
    """Items ok of those checked, by day."""
    states = _submitted()
    sql = (
        "SELECT day, sum(counted='ok'), sum(counted IN ('ok','not_ok')) FROM"
        f" (SELECT t.day AS day, {COUNTED} AS counted FROM {WITH_ITEMS}"
        " WHERE a.void IS NULL AND t.void IS NULL"
        f" AND t.project IN ({places(projects)}) AND t.day>=? AND t.day<=?"
        f" AND t.state IN ({places(states)})) GROUP BY day"
    )
    found: dict[date, Share] = {}
    params = (*projects, first.isoformat(), last.isoformat(), *states)
    for day, met, n in book.store.rows(sql, params):
        there = day_of(day)
        if there is not None:
            found[there] = Share(met or 0, n or 0)
    return found


def _ages(begun: Sequence[int], now: int) -> list[int]:
    """How many are how old, by `AGES`."""
    found = [0] * (len(AGES) + 1)
    for at in begun:
        days = max(now - at, 0) / DAY_MS
        found[sum(days > bound for bound in AGES)] += 1
    return found
