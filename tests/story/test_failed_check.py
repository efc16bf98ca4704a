"""A day on site: a check fails, the fault is put right and verified, and the week tells of it.

Clauses: 5.1.1, 5.3.1(1), 5.3.1(2). One person, real keys, 80×24.
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
from tests.tui.seen import at, opened, whole
from tui.areas.checks.checklist_page import ChecklistPage
from tui.areas.weekly.entry_page import WeeklyPage
from tui.pages.forms.form_page import FormPage
from tui.pages.records.record_page import RecordPage


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    """A Friday morning in week 47."""
    with time_machine.travel(instant(date(2026, 11, 20), 9 * 60) / 1000):
        yield


@pytest.mark.shows("Q-511", "Q-531a", "Q-531c", 32, 57)
async def test_from_the_failed_check_to_the_weeks_status(workspace: Workspace) -> None:
    book = workspace.book
    template(book)
    async with opened(workspace) as (app, pilot):
        hand = Hand(app, pilot, workspace)

        await hand.press("2")
        at(app, ChecklistPage)
        assert hand.counted() == 1  # today's checklist

        await hand.press("enter")
        assert hand.counted() == 1  # an item marked, and on
        await hand.type("29.5")
        await hand.press("enter")
        assert "机房温度：超出上限 27，已标异常" in hand.seen
        hand.counted()

        await hand.press("f")
        page = at(app, FormPage)
        assert hand.counted() == 1  # to a prefilled fix
        assert page.fields.editing.value("phenomenon") == "机房温度 29.5℃ (18 - 27)"
        await hand.press("ctrl+s")
        at(app, ChecklistPage)
        fix = hand.newest("fix")
        answer = hand.newest("answer")
        assert fix.values()["answer"] == answer.id and answer.values()["result"] == "not_ok"

        await hand.press("f")
        assert at(app, RecordPage).record_id == fix.id
        await hand.move("fix", "fix")
        await hand.type("空调滤网堵塞")
        await hand.press("tab", "tab")
        await hand.type("清洗滤网，温度回落")
        await hand.press("ctrl+s")
        assert book.get(fix.id).state == "fixed"
        await hand.move("fix", "verify")
        await hand.type("手持表复测 24 度")
        await hand.press("ctrl+s")
        now = book.get(fix.id).values()
        assert (now["verify_result"], now["verified_by"]) == ("conforms", book.me)
        assert now["correction"] == "清洗滤网，温度回落"

        await hand.press("escape", "tab", "enter", "ctrl+s")
        assert hand.newest("sheet").state == "submitted"
        hand.counted()

        await hand.press("5")
        at(app, WeeklyPage)
        assert "问题 已解决 1，未解决 0" in hand.seen
        assert "机房温度 29.5℃ (18 - 27) 已再次验证" in hand.seen
        assert "原因：空调滤网堵塞" in hand.seen and "措施：清洗滤网，温度回落" in hand.seen
        assert "日常检查：应检 1 份，提交 1 份（本人 1 份，3 项，异常 1 项）。" in hand.seen
        whole(app)
        await hand.press("ctrl+s")
        assert hand.counted() == 2  # the week's prefilled entry (at most 4)

        weekly = hand.newest("weekly")
        assert weekly.state == "submitted"
        (row,) = problem_intake.problems_of(book.store, weekly.id)
        assert (row.source, row.outcome, row.solved_week) == (fix.id, "solved", "2026-W47")

        await hand.press("down", "enter")
        assert at(app, RecordPage).record_id == fix.id  # and back to where it came from
        await hand.press("l", "down")
        assert "周报问题" in hand.seen and "检查结果" in hand.seen  # linked in both directions
