"""Expected of the weekly status: the entries that people owe. Clause: 5.3.1(2)"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.calendar.business_dates import (
    business_day,
    first_day,
    last_day,
    week_of,
    weeks_through,
)
from models.derived.expected import DueWindow, Expected, expects
from models.queries.waiting.agenda import section, sent_back
from models.records.registers import calendar_years
from models.records.weekly.review_grid import NONE, Cell, ReviewRow, Team
from models.records.weekly.weekly_entry import HANDED_IN, Weekly
from models.storage import rows
from models.storage.store import places
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book

WEEK = W("周报 {week}", "Weekly {week}")
AND_BEFORE = W("周报 {week}（更早还缺 {n} 周）", "Weekly {week} ({n} earlier missing)")
MISSING = W("未填写", "not written")

section("week", W("周报", "Weekly status"), 80)


@expects("weekly")
def entries(book: Book, window: DueWindow) -> Iterator[Expected]:
    """The entries of the window's weeks; `behind`: of the weeks before, the last one that is not
    submitted, with the count of the others.
    """
    team = Team(
        book, window.projects, window.reach or {}, calendar_years.calendar(book), window.clock
    )
    people = [row for row in team.rows if window.people is None or row.person in window.people]
    asked = list(weeks_through(window.first, window.last))
    before = [week for week in team.weeks if week < asked[0]] if window.behind else []
    cells = team.cells(people, [*before, *asked])
    wanted: list[tuple[ReviewRow, str, int]] = []
    for row in people:
        here = {week: cells[row.project, row.person, week] for week in (*before, *asked)}
        open_ = [week for week in before if _open(here[week])]
        wanted += [(row, open_[-1], len(open_) - 1)] if open_ else []
        wanted += [(row, week, 0) for week in asked if here[week].state != NONE]
    known = _records(book, [cells[row.project, row.person, week] for row, week, _ in wanted])
    for row, week, more in wanted:
        weekly = known.get(cells[row.project, row.person, week].weekly)
        yield _one(book, team, row, week, more, weekly)


def _open(cell: Cell) -> bool:
    """Whether an entry is asked that is not submitted."""
    return cell.state != NONE and cell.state not in HANDED_IN


def _records(book: Book, cells: list[Cell]) -> dict[str, Weekly]:
    ids = [cell.weekly for cell in cells if cell.weekly]
    found = rows.fetch(book.store, Weekly, f"WHERE id IN ({places(ids)})", ids) if ids else []
    return {one.id: one for one in found}


def _one(
    book: Book, team: Team, row: ReviewRow, week: str, more: int, weekly: Weekly | None
) -> Expected:
    due, mine = team.due(week), row.person == book.me
    key = f"{row.project}/{week}"
    return Expected(
        type="weekly",
        key=key if mine else f"{key}/{row.person}",
        title=say(AND_BEFORE if more else WEEK, week=week, n=more),
        project=team.projects[row.project],
        first=first_day(week),
        last=last_day(week),
        due=due,
        day=business_day(due, book.zone),
        doers=frozenset([row.person]),
        group="returned" if sent_back(weekly) else "week",
        record=weekly,
        done=weekly is not None and weekly.state in HANDED_IN,
        lingers=week == week_of(book.today),
        progress=lambda: progress(weekly),
        values={"week": week, "person": row.person},
    )


def progress(weekly: Weekly | None) -> W:
    """The state of an entry, or that nothing is written."""
    return weekly.kind.state(weekly.state).label if weekly is not None else MISSING
