"""The inbox by real keys: one decides, one opens, many only after each was read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.records.weekly.week import supplements
from models.schema.roles import ENGINEER, PROJECT_MANAGER
from sync.workspace.workspace import Workspace
from tests.story.hand import Hand
from tests.support.crew import Crew
from tests.tui.seen import SIZES, at, opened, press, text, whole
from tui.areas.weekly.entry_page import WeeklyPage
from tui.pages.forms.move_dialog import MoveDialog
from tui.pages.home.inbox_page import InboxPage
from tui.pages.records.record_actions import RecordActions
from tui.widgets.grouped_list import GroupedList

FRIDAY = instant(date(2026, 11, 20), 14 * 60)
WEEKS = ("2026-W45", "2026-W46", "2026-W47")


@pytest.fixture(autouse=True)
def friday() -> Iterator[time_machine.Traveller]:
    """Friday afternoon."""
    with time_machine.travel(FRIDAY / 1000) as traveller:
        yield traveller


@pytest.fixture
def crew(workspace: Workspace, project: str) -> Crew:
    """An engineer with three entries handed in, and a second lead."""
    made = Crew(workspace, FRIDAY)
    made.admit(["仇小河"], ENGINEER, project)
    made.admit(["段青"], PROJECT_MANAGER, project)
    author = made.books["仇小河"]
    for week in WEEKS:
        hand_in(author, project, week, "巡检 5 次")
    return made


def hand_in(book: Book, project: str, week: str, text: str) -> str:
    """This person's entry, handed in."""
    values = {"week": week, "person": book.me, "progress": text}
    return book.move(book.add("weekly", values, project=project).id, "submit").id


def states(workspace: Workspace) -> list[str]:
    """The states of the entries, by week."""
    return [row[0] for row in workspace.store.rows("SELECT state FROM weekly ORDER BY week")]


@pytest.mark.parametrize("size", SIZES)
async def test_an_escalation_is_accepted_by_its_key_and_its_lead(
    workspace: Workspace, crew: Crew, project: str, size: tuple[int, int]
) -> None:
    author = crew.books["仇小河"]
    made = author.add("escalation", {"phenomenon": "系统性故障"}, project=project)
    async with opened(workspace, size) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        await hand.press("i")
        page = at(app, InboxPage)
        assert "待我处理 4" in hand.seen
        page.query_one(GroupedList).go_to(made.id)
        page.show()
        await pilot.pause()
        assert "a 受理 h 退回现场并给出意见" in hand.seen
        whole(app)
        hand.counted()
        await hand.press("a")
        at(app, MoveDialog).fields.go("group_lead")
        await hand.type("qxh")
        await hand.press("ctrl+s")
        assert hand.counted() == 2  # the day is proposed, the lead is named
        taken = workspace.book.get(made.id)
        assert taken.state == "accepted" and taken.values()["group_lead"] == author.me
        assert at(app, InboxPage)


async def test_every_command_of_a_record_works_in_the_inbox(
    workspace: Workspace, crew: Crew
) -> None:
    async with opened(workspace, (120, 40)) as (app, pilot):
        await press(pilot, "i")
        page = at(app, InboxPage)
        commands = {active.binding.id for active in page.active_bindings.values()}
        assert {command.id for command in RecordActions.commands()} <= commands
        await press(pilot, "t")
        assert not isinstance(app.screen, InboxPage)  # it asks for the file


async def test_what_a_move_asks_is_asked(workspace: Workspace, crew: Crew) -> None:
    async with opened(workspace) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        await hand.press("ctrl+d", "h")
        at(app, MoveDialog)
        await hand.type("写明下周计划")
        await hand.press("ctrl+s")
        at(app, InboxPage)
        assert sorted(states(workspace)) == ["returned", "submitted", "submitted"]
        assert "待我处理 2" in hand.seen
        await hand.press("enter")
        at(app, WeeklyPage)


async def test_many_at_once_only_after_each_was_read(
    workspace: Workspace, crew: Crew, project: str
) -> None:
    long = "\n".join(f"第 {n} 行" for n in range(60))
    hand_in(crew.books["仇小河"], project, "2026-W44", long)
    async with opened(workspace, (120, 40)) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        await hand.press("ctrl+d")
        page = at(app, InboxPage)
        ids = [item.record.id for item in page.items]
        for id in ids:  # each is looked at; the long one not to its end
            page.query_one(GroupedList).go_to(id)
            page.show()
            await pilot.pause()
        assert "已读完 3 份" in hand.seen
        await hand.press("f6")
        assert "对读完的 3 份“已提交”一并“接受”？" in hand.seen and "没读完的 1 份" in hand.seen
        await hand.press("y")
        assert states(workspace) == ["submitted", "accepted", "accepted", "accepted"]
        assert "3 份已“接受”" in app.notices[-1].text
        await hand.press("f6")
        assert "同类的记录都还没有读完" in app.notices[-1].text
        await hand.press("space", "space")
        assert "已读完 1 份" in hand.seen
        await hand.press("A", "y")
        assert states(workspace) == ["accepted"] * 4
        assert "没有待我处理的事项" in text(app)


async def test_what_is_not_read_to_its_end_is_read_on_first(
    workspace: Workspace, crew: Crew, project: str
) -> None:
    """The key that accepts never accepts what was not shown."""
    long = "\n".join(f"第 {n} 行" for n in range(60))
    made = hand_in(crew.books["仇小河"], project, "2026-W44", long)
    async with opened(workspace) as (app, pilot):
        await press(pilot, "ctrl+d")
        page = at(app, InboxPage)
        page.query_one(GroupedList).go_to(made)
        page.show()
        await press(pilot, "a")
        assert workspace.book.get(made).state == "submitted"
        assert "还没有读到末尾" in app.notices[-1].text
        pressed = 1
        while (here := page.here()) is not None and not page.was_read(here):
            await press(pilot, "a")
            pressed += 1
        assert workspace.book.get(made).state == "submitted" and pressed > 2
        await press(pilot, "a")
        assert workspace.book.get(made).state == "accepted"


async def test_what_changed_after_it_was_read_counts_as_unread(
    workspace: Workspace, crew: Crew
) -> None:
    author = crew.books["仇小河"]
    async with opened(workspace, (120, 40)) as (app, pilot):
        await press(pilot, "ctrl+d")
        page = at(app, InboxPage)
        here = page.here()
        assert here is not None and page.read.get(here.record.id) == here.record.dots
        author.move(here.record.id, "reopen")
        author.edit(here.record.id, {"progress": "另一段话"})
        author.move(here.record.id, "submit")
        await pilot.press("a")
        await pilot.pause()
        assert "刚刚有改动" in app.notices[-1].text
        assert workspace.book.get(here.record.id).state == "submitted"


async def test_a_move_that_asks_is_not_made_of_many(
    workspace: Workspace, crew: Crew, project: str
) -> None:
    author = crew.books["仇小河"]
    made = author.add("escalation", {"phenomenon": "系统性故障"}, project=project)  # without a day
    async with opened(workspace, (120, 40)) as (app, pilot):
        await press(pilot, "ctrl+d")
        page = at(app, InboxPage)
        page.query_one(GroupedList).go_to(made.id)
        page.show()
        await press(pilot, "f6")
        assert "须逐份处理" in app.notices[-1].text
        await press(pilot, "f9")
        assert "Inbox: 4" in text(app) and "a Accept" in text(app)
        whole(app)


async def test_what_has_no_way_back_is_asked_first(workspace: Workspace, project: str) -> None:
    report = supplements.compiled(workspace.book, project, "2026-W46")
    async with opened(workspace) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        await hand.press("i", "a")
        assert "此操作无法撤销" in hand.seen
        await hand.press("n")
        assert workspace.book.get(report.id).state == "compiled"
        await hand.press("a", "y")
        assert workspace.book.get(report.id).state == "issued"
