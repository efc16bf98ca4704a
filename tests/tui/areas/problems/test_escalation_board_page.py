"""The escalation desk: lanes by state, what runs out climbs, moves by their letters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.book import Book
from models.book.projects import all_projects
from models.calendar.business_dates import instant
from models.records.problems.escalation_board import board
from sync.workspace.workspace import Workspace
from tests.story.hand import Hand
from tests.support.escalations import taken_up
from tests.support.team import admit
from tests.tui.seen import SIZES, at, lines, opened, press, text, whole
from tui.areas.problems.escalation_board_page import BoardPage
from tui.pages.forms.form_page import FormPage
from tui.pages.records.record_page import RecordPage

WEDNESDAY = date(2026, 11, 18)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A Wednesday, before the working hours begin."""
    with time_machine.travel(instant(WEDNESDAY, 510) / 1000) as traveller:
        yield traveller


@pytest.fixture
def raised(
    workspace: Workspace, book: Book, project: str, clock: time_machine.Traveller
) -> dict[str, str]:
    """Three escalations, seen on Friday at five: one overdue, one near, one not accepted yet."""
    made = {"helper": admit(workspace, "助手", ["engineer"])}
    for name, due in (("near", "2026-11-23"), ("late", "2026-11-19"), ("fresh", None)):
        made[name] = book.add("escalation", {"phenomenon": name}, project=project).id
        if due:
            book.move(made[name], "accept", taken_up(book, due))
    helping = {"escalation": made["late"], "person": made["helper"], "duty": "现场"}
    book.add("group_member", helping)
    clock.move_to(instant(date(2026, 11, 20), 17 * 60) / 1000)
    return made


def test_lanes_in_the_order_of_a_life_and_the_overdue_first(
    book: Book, project: str, raised: dict[str, str]
) -> None:
    lanes = board(book, [project])
    said = [(lane.state.name, [card.record.id for card in lane.cards]) for lane in lanes]
    assert said == [
        ("reported", [raised["fresh"]]),
        ("accepted", [raised["late"], raised["near"]]),
    ]
    late, near = lanes[1].cards
    assert (late.mark, near.mark, near.used) == (100, 75, 75)
    assert (late.group, near.group, late.days) == ((book.me, raised["helper"]), (book.me,), 2)
    assert near.worked // 3_600_000 == 3 * 8  # three working days in this state
    assert lanes[1].ages == [0, 2, 0, 0, 0] and lanes[1].overdue == 1
    assert board(book, []) == []


@pytest.mark.parametrize("size", SIZES)
async def test_the_desk_by_keys(
    workspace: Workspace, raised: dict[str, str], size: tuple[int, int]
) -> None:
    book = workspace.book
    async with opened(workspace, size) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        await hand.press("exclamation_mark")
        at(app, BoardPage)
        assert "升级看板 3 件未关闭，逾期 1" in hand.seen
        assert "已受理 2 3天内 2 逾期 1" in hand.seen
        assert "逾期 late" in hand.seen and "75% near" in hand.seen
        whole(app)
        await hand.press("down", "n")
        at(app, FormPage)
        await hand.press("escape", "enter")
        assert at(app, RecordPage).record_id == raised["late"]
        await hand.press("escape", "home")
        assert at(app, BoardPage).chosen() == raised["fresh"]
        assert "a 受理" in lines(app)[-1]  # the keys of this row, and no others
        await hand.press("a")  # as on its own page; the day is asked
        await hand.press("escape")
        assert book.get(raised["fresh"]).state == "reported"
        await press(pilot, "f9", "p")
        assert "3 open, 1 overdue" in text(app)
        whole(app)


async def test_an_empty_desk_says_so(workspace: Workspace) -> None:
    assert all_projects(workspace.store)
    async with opened(workspace) as (app, pilot):
        await press(pilot, "exclamation_mark")
        assert "没有未关闭的问题升级" in text(app)
        whole(app)
