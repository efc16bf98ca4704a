"""A lead's Monday: twelve people's weeks are read and decided, and the project's week is sent.

Clauses: 5.3.1(1), 5.3.1(2). Real keys, 80×24; nine handed in, two did not, one is not synced.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.schema.roles import ENGINEER
from models.text.words import say
from sync.workspace.workspace import Workspace
from tests.story.hand import Hand
from tests.support.crew import Crew
from tests.support.entry_weeks import figures_of
from tests.tui.seen import at, opened, quiet, whole
from tui.areas.weekly.project_week_document import PEOPLE, PROBLEMS
from tui.areas.weekly.project_week_page import ProjectWeekPage
from tui.areas.weekly.review.review_page import ReviewPage

WEEK = "2026-W47"
FRIDAY = instant(date(2026, 11, 20), 16 * 60)
MONDAY_1PM = instant(date(2026, 11, 23), 13 * 60)
MONDAY_2PM = instant(date(2026, 11, 23), 14 * 60)
NAMES = [
    "丁一",
    "丁二",
    "丁三",
    "丁四",
    "丁五",
    "丁六",
    "丁七",
    "丁八",
    "丁九",
    "戊甲",
    "戊乙",
    "己丑",
]
HANDED, MISSING, UNSYNCED = NAMES[:9], NAMES[9:11], NAMES[11]
RETURNED = HANDED[2]
SOLVED = "温度<5℃ & 湿度“偏高”\n第二行"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The book was begun in week 41."""
    with time_machine.travel(instant(date(2026, 10, 5)) / 1000) as traveller:
        yield traveller


@pytest.fixture
def crew(workspace: Workspace, project: str, clock: time_machine.Traveller) -> Crew:
    """Twelve engineers with their week; the lead is none of them."""
    clock.move_to(MONDAY_2PM / 1000)
    made = Crew(workspace, FRIDAY)
    made.without(ENGINEER)
    made.admit(NAMES, ENGINEER, project)
    for at_, name in enumerate(HANDED):
        _week(made.books[name], project, at_)
    made.books[UNSYNCED].add("fix", {"phenomenon": "周五还在现场"}, project=project)
    made.now = MONDAY_1PM
    for name in MISSING:
        made.books[name].add("fix", {"phenomenon": "周一的新问题"}, project=project)
    return made


def _week(book: Book, project: str, at_: int) -> None:
    """A person's week: every third one solved a problem, every fourth one left one open."""
    if at_ % 3 == 0:
        made = book.add("fix", {"phenomenon": f"{SOLVED} {at_}"}, project=project)
        book.move(made.id, "fix", {"cause": "滤网积尘", "correction": "清洗滤网"})
        book.move(made.id, "verify")
    if at_ % 4 == 0:
        book.add("fix", {"phenomenon": f"风扇异响 {at_}"}, project=project)
    values = {"week": WEEK, "person": book.me, "progress": f"第 {at_} 人巡检 5 次", "hours": "40"}
    book.move(book.add("weekly", values, project=project).id, "submit")


def _count(workspace: Workspace, sql: str, *params: str) -> int:
    ((found,),) = workspace.store.rows(sql, params)
    return int(found)


@pytest.mark.shows("Q-531c", 86, 93)
async def test_a_leads_monday(workspace: Workspace, project: str, crew: Crew) -> None:
    async with opened(workspace) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        await hand.press("r")
        page = at(app, ReviewPage)
        assert hand.counted() == 1  # from Today to the team's weeks
        assert f"周报审阅 {WEEK} 待审 9" in hand.seen
        assert "交 待审 9" in hand.seen and "缺 未交 2" in hand.seen and "？ 未同步 1" in hand.seen
        whole(app)

        for name in sorted(HANDED):
            row = page.grid.here
            assert row is not None and row.name == name
            assert f"{name} {WEEK}" in hand.seen and "人巡检 5 次" in hand.seen
            if name == RETURNED:
                await hand.press("h")
                await hand.type("写明下周计划")
                await hand.press("enter")
                assert hand.counted() == 2  # one key, the reason, Enter
            else:
                await hand.press("a")
                assert hand.counted() == 1  # accepted, and the next one is shown
        states = dict(
            workspace.store.rows(
                "SELECT p.name, w.state FROM weekly w JOIN person p ON p.id=w.person"
            )
        )
        assert states.pop(RETURNED) == "returned"
        assert list(states.values()) == ["accepted"] * 8
        comment = "SELECT count(*) FROM transition WHERE move='return' AND comment=?"
        assert _count(workspace, comment, "写明下周计划") == 1
        assert "待审 0" in hand.seen and "受 接受 8" in hand.seen and "退 退回 1" in hand.seen

        await hand.press("w")
        page_of_week = at(app, ProjectWeekPage)
        assert hand.counted() == 1  # the consolidated week
        whole(app)
        await hand.press("ctrl+e", "1", "enter")
        await quiet(pilot)
        assert hand.counted() == 3  # the document, as a draft, where it is offered
        told = app.notices[-1].text
        assert told.startswith("草稿已导出到"), told
        written = _words(Path(told.removeprefix("草稿已导出到 ")))
        assert page_of_week.found is not None
        figures = figures_of(page_of_week.found)

    solved = "SELECT count(*) FROM fix WHERE state='verified' AND phenomenon LIKE '温度%'"
    still = "SELECT count(*) FROM fix WHERE state='open' AND occurred<?"
    assert figures.handed_in == _count(
        workspace, "SELECT count(*) FROM weekly WHERE state IN ('submitted','accepted')"
    )
    assert (figures.people, figures.accepted, figures.missing, figures.unsynced) == (12, 8, 2, 1)
    assert figures.solved == figures.verified == _count(workspace, solved) == 3
    until = str(instant(date(2026, 11, 23)))
    assert figures.unsolved == _count(workspace, still, until) == 4
    assert figures.hours == str(8 * 40)
    for word in (PEOPLE, PROBLEMS):
        assert say(word, **vars(figures)) in written
    for at_ in (0, 3, 6):
        assert f"{SOLVED} {at_}" in written and f"第 {at_} 人巡检 5 次" in written
    assert "滤网积尘" in written and "清洗滤网" in written and "风扇异响 4" in written


def _words(path: Path) -> str:
    """All that a Word file says."""
    import docx

    document = docx.Document(str(path))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *(cell.text for cell in cells)])
