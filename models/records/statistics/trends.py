"""Trends: how a project goes, week by week; every figure's formula is defined here, once.

A problem is an on-site fix together with the escalation that came of it, or an escalation by
itself. Shares are never given without the number of cases behind them, and without cases there
is no share. Clause: 5.3.1, 6.2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from models.book import permissions
from models.calendar.business_dates import (
    business_day,
    day_of,
    days_of,
    first_day,
    instant,
    next_week,
    week_of,
)
from models.records.checks.verdicts import COUNTED, WITH_ITEMS
from models.records.problems.escalation_board import AGES, DAY_MS
from models.schema.record import kinds
from models.storage.store import places
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

VERSION = 1
"""Of the formulas below: a report that uses them stores it."""
OPENED = W(
    "新发：本周发生的问题（处置与其升级算一个）",
    "Opened: problems that occurred in the week (a fix and its escalation are one)",
)
CLOSED = W("关闭：最后一次关闭在本周的问题", "Closed: problems whose last closing lies in the week")
OPEN = W(
    "未结：周末前发生、到周末还没有关闭的问题",
    "Open: occurred by the week's end and not closed then",
)
FIRST_TIME = W(
    "一次解决率：本周关闭、只处理过一次的 ÷ 本周关闭且有处理经过的",
    "First-time fix rate: closed in the week and fixed once ÷ closed and ever fixed",
)
PASSED = W(
    "检查合格率：正常项 ÷（正常项＋异常项），只计已提交的检查表",
    "Checklist pass rate: items ok ÷ (ok + not ok), of submitted checklists",
)
FORMULAS = (OPENED, CLOSED, OPEN, FIRST_TIME, PASSED)


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


class Trends(NamedTuple):
    """Weeks in order, and how old the problems are that are open now, by `AGES`."""

    points: list[Point]
    ages: list[int]


class _Problem(NamedTuple):
    id: str
    occurred: int
    closed: int | None


def trends(book: Book, projects: Sequence[str], weeks: Sequence[str]) -> Trends:
    """How some projects went in these weeks (earliest first), and what is open now."""
    zone, now = book.zone, book.change_log.now()
    since = instant(first_day(weeks[0]), 0, zone)
    problems = [
        one for type in ("fix", "escalation") for one in _problems(book, type, projects, since)
    ]
    opened = Counter(week_of(business_day(one.occurred, zone)) for one in problems)
    ended = {one.id: week_of(business_day(one.closed, zone)) for one in problems if one.closed}
    first = _first_time(book, [id for id, week in ended.items() if week in set(weeks)])
    passed = _passed(book, projects, weeks)
    points = []
    for week in weeks:
        end = instant(first_day(next_week(week)), 0, zone)
        mine = [id for id, there in ended.items() if there == week]
        told = [first[id] for id in mine if id in first]
        points.append(
            Point(
                week,
                opened[week],
                len(mine),
                sum(one.occurred < end <= (one.closed or end) for one in problems),
                Share(sum(told), len(told)),
                passed.get(week, Share()),
            )
        )
    return Trends(points, _ages([one.occurred for one in problems if one.closed is None], now))


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


def _passed(book: Book, projects: Sequence[str], weeks: Sequence[str]) -> dict[str, Share]:
    """Items ok of those checked, by week."""
    states = [s.name for s in kinds["sheet"].kind.states if s.reopen or s.frozen]
    sql = (
        "SELECT day, sum(counted='ok'), sum(counted IN ('ok','not_ok')) FROM"
        f" (SELECT t.day AS day, {COUNTED} AS counted FROM {WITH_ITEMS}"
        " WHERE a.void IS NULL AND t.void IS NULL"
        f" AND t.project IN ({places(projects)}) AND t.day>=? AND t.day<=?"
        f" AND t.state IN ({places(states)})) GROUP BY day"
    )
    days = (days_of(weeks[0])[0].isoformat(), days_of(weeks[-1])[-1].isoformat())
    found: dict[str, Share] = {}
    for day, met, n in book.store.rows(sql, (*projects, *days, *states)):
        there = day_of(day)
        if there is None:
            continue
        week = week_of(there)
        known = found.get(week, Share())
        found[week] = Share(known.met + (met or 0), known.n + (n or 0))
    return found


def _ages(begun: Sequence[int], now: int) -> list[int]:
    """How many are how old, by `AGES`."""
    found = [0] * (len(AGES) + 1)
    for at in begun:
        days = max(now - at, 0) / DAY_MS
        found[sum(days > bound for bound in AGES)] += 1
    return found
