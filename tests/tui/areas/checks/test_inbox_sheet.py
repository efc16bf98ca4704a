"""A checklist in the inbox: what is not ok is read first, the rest is counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.records.checks import answering, questions
from models.records.checks.rounds import due_rounds
from models.schema.roles import ENGINEER, PROJECT_MANAGER
from sync.workspace.workspace import Workspace
from tests.story.hand import Hand
from tests.support.checks import template
from tests.support.crew import Crew
from tests.tui.seen import at, opened, press, text, whole
from tui.pages.home.inbox_page import InboxPage
from tui.widgets.grouped_list import GroupedList

FRIDAY = instant(date(2026, 11, 20), 14 * 60)


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    """Friday afternoon."""
    with time_machine.travel(FRIDAY / 1000):
        yield


@pytest.fixture
def sheets(workspace: Workspace, project: str) -> list[str]:
    """Three checklists that an engineer handed in: one item of the first is not ok."""
    crew = Crew(workspace, FRIDAY)
    crew.admit(["仇小河"], ENGINEER, project)
    crew.admit(["段青"], PROJECT_MANAGER, project)
    template(workspace.book, project, rounds=3)
    author = crew.books["仇小河"]
    return [handed_in(author, at_) for at_ in range(3)]


def handed_in(author: Book, at_: int) -> str:
    """A round, answered and submitted."""
    round = due_rounds.rounds(author, date(2026, 11, 20))[at_]
    sheet = due_rounds.begin(author, round)
    asked = questions.questions(author.store, round.template.id, round.project.id, sheet)
    answering.mark(author, sheet.id, asked[0], "ok")
    answering.measure(author, sheet.id, asked[1], "31" if at_ == 0 else "22")
    if at_ == 0:
        asked = questions.asked_of(author.store, sheet)
        answering.put(author, sheet.id, asked[1], {"remark": "空调停了"})
    answering.mark(author, sheet.id, asked[2], "ok")
    return author.move(sheet.id, "submit").id


async def test_what_is_not_ok_comes_first_then_how_many_are(
    workspace: Workspace, sheets: list[str]
) -> None:
    async with opened(workspace) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        await hand.press("i")
        page = at(app, InboxPage)
        page.query_one(GroupedList).go_to(sheets[0])
        page.show()
        await pilot.pause()
        seen = hand.seen
        assert seen.index("异常 机房温度") < seen.index("空调停了") < seen.index("正常 2 项")
        assert "31 ℃" in seen and "UPS 面板告警" not in seen
        here = page.here()
        assert here is not None and page.was_read(here)
        whole(app)


async def test_read_checklists_are_reviewed_together_and_one_key_goes_on(
    workspace: Workspace, sheets: list[str]
) -> None:
    async with opened(workspace, (120, 40)) as (app, pilot):
        await press(pilot, "i")
        page = at(app, InboxPage)
        here = page.here()
        assert here is not None
        await press(pilot, "a")
        assert workspace.book.get(here.record.id).state == "reviewed"
        after = page.here()
        assert after is not None and after.record.id != here.record.id
        for item in page.items:
            page.query_one(GroupedList).go_to(item.record.id)
            page.show()
            await pilot.pause()
        await press(pilot, "A")
        assert "对读完的 2 份" in text(app)
        await press(pilot, "y")
        assert {workspace.book.get(id).state for id in sheets} == {"reviewed"}
