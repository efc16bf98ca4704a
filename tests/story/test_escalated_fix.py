"""A problem beyond one person: escalated, taken on, solved, verified, closed, and told of.

Clauses: 5.3.1(1), 5.3.1(2). The founder has every role; real keys, 80×24.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.calendar.business_dates import instant
from models.records.weekly import problem_intake
from sync.workspace.workspace import Workspace
from tests.story.hand import Hand
from tests.support.checks import template
from tests.tui.seen import at, opened
from tui.areas.checks.checklist_page import ChecklistPage
from tui.areas.weekly.entry_page import WeeklyPage
from tui.pages.home.today_page import TodayPage
from tui.pages.records.record_page import RecordPage


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    """A Friday morning in week 47."""
    with time_machine.travel(instant(date(2026, 11, 20), 9 * 60) / 1000):
        yield


@pytest.mark.shows("Q-531a", "Q-531b", 29, 30, 31)
async def test_from_the_fix_to_the_closed_escalation(workspace: Workspace) -> None:
    book = workspace.book
    template(book)
    async with opened(workspace) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        await hand.press("2", "x", "f", "ctrl+s")
        fix = hand.newest("fix")
        hand.counted()

        await hand.press("r", "1", "ctrl+s")
        at(app, ChecklistPage)
        assert hand.counted() == 3  # an open fix escalated, and why
        raised = hand.newest("escalation")
        assert book.get(fix.id).state == "escalated"
        assert raised.values()["phenomenon"] == "UPS 面板告警"
        assert raised.values()["fix"] == fix.id

        await hand.press("1")
        at(app, TodayPage)
        assert "待我处理 1" in hand.seen and "UPS 面板告警" in hand.seen
        await hand.press("r")  # nothing on this page
        app.open_record(raised.id)
        await hand.press("f1", "escape")
        assert at(app, RecordPage).record_id == raised.id

        await hand.move("escalation", "accept")
        await hand.press("tab")
        await hand.type(book.people.name(book.me))
        await hand.press("enter", "ctrl+s")
        assert book.get(raised.id).values()["due"] > book.today.isoformat()
        await hand.move("escalation", "draft")
        await hand.type("更换整组电池，分两晚进行")
        await hand.press("ctrl+s")
        await hand.move("escalation", "approve")
        await hand.press("ctrl+s")
        assert book.get(raised.id).state == "approved"
        await hand.move("escalation", "start")
        await hand.move("escalation", "fix")
        await hand.press("tab")
        await hand.type("更换整组电池")
        await hand.press("tab")
        await hand.type("电池批次缺陷")
        await hand.press("ctrl+s")
        assert book.get(raised.id).state == "fixed"
        await hand.move("escalation", "verify")
        await hand.press("ctrl+s")
        await hand.move("escalation", "close")
        await hand.press("ctrl+s")
        assert book.get(raised.id).state == "closed"
        assert book.get(fix.id).state == "closed"

        await hand.press("5")
        at(app, WeeklyPage)
        assert "问题 已解决 1，未解决 0" in hand.seen
        assert "原因：电池批次缺陷" in hand.seen and "措施：更换整组电池" in hand.seen
        await hand.press("ctrl+s")
        (row,) = problem_intake.problems_of(book.store, hand.newest("weekly").id)
        assert (row.source, row.measure, row.verified) == (fix.id, "更换整组电池", True)
