"""The first day: from nothing to the first submitted checklist, by what the screen says alone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest
import time_machine

from models.calendar.business_dates import instant
from models.text.words import Lang
from tests.story.hand import Hand
from tests.tui.seen import at, every, press, quiet, text, whole
from tui.app.app import SiteApp
from tui.areas.checks.checklist_page import ChecklistPage
from tui.pages.forms.form_page import FormPage
from tui.pages.home.today_page import TodayPage


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    """A Friday morning in week 47."""
    with time_machine.travel(instant(date(2026, 11, 20), 9 * 60) / 1000):
        yield


@asynccontextmanager
async def begun(home: Path, lang: Lang = "zh") -> AsyncIterator[Hand]:
    """A book that one person has just begun, in the terminal of that person."""
    app = SiteApp(None, home)
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(pilot)
        if lang == "en":
            await press(pilot, "f9")
        hand = Hand(app, pilot, None)  # type: ignore[arg-type]
        await hand.type("Lin")
        await hand.press("enter")
        hand.workspace = app.workspace
        yield hand
        whole(app)
    app.close()


async def fill(hand: Hand) -> int:
    """Answer the sheet on the screen: readings by their digits and Enter, the rest by Enter."""
    page = at(hand.app, ChecklistPage)
    asked = list(page.answering.questions)
    for question in asked:
        if question.measured:
            await hand.type(question.item.low or question.item.high or "")
        await hand.press("enter")
    return len(asked)


async def test_from_the_first_run_to_a_filled_checklist_from_the_library(tmp_path: Path) -> None:
    async with begun(tmp_path / "book") as hand:
        await hand.press("down", "down", "enter")  # the third step: the library
        await hand.press("enter", "p")  # seen, and in use
        at(hand.app, TodayPage)
        await hand.press("enter")  # the cursor went on to the fourth step
        assert await fill(hand) == 7
        await hand.press("ctrl+s")
        assert next(every(hand.workspace, "sheet")).state == "submitted"
        assert hand.counted() <= 15


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_each_step_is_opened_by_enter_and_ticked_off(tmp_path: Path, lang: Lang) -> None:
    ticks = "✓"
    async with begun(tmp_path / "book", lang) as hand:
        app = hand.app
        assert ticks not in hand.seen
        await hand.press("enter")
        await hand.type("水务调度")  # in place of the name that the first run gave
        await hand.press("ctrl+s")
        assert hand.app.workspace.store.rows("SELECT name FROM project") == [("水务调度",)]
        assert hand.seen.count(ticks) == 1
        await hand.press("enter")
        assert at(app, FormPage).work.type_ == "customer"
        await hand.type("江北水务")  # the form began in the field that must be filled
        await hand.press("ctrl+s")
        form = at(app, FormPage)
        assert form.work.type_ == "site" and form.fields.current.name == "name"
        await hand.type("一号泵站")
        await hand.press("ctrl+s")
        site = next(every(hand.workspace, "site")).values()
        assert site["customer"] == next(every(hand.workspace, "customer")).id
        assert hand.seen.count(ticks) == 2
        await hand.press("enter", "enter", "p")
        assert hand.seen.count(ticks) == 3
        await hand.press("enter")
        await fill(hand)
        await hand.press("ctrl+s", "1")
        assert ticks not in text(app) and "4" not in hand.seen.split("\n")[2]  # all gone


async def test_where_work_has_begun_in_another_way_nobody_is_led(tmp_path: Path) -> None:
    async with begun(tmp_path / "book") as hand:
        assert "第 4 步" in hand.seen
        hand.workspace.book.add("fix", {"phenomenon": "告警"}, project=hand.app.default_project())
        hand.app.look_again()
        await quiet(hand.pilot)
        assert "第 4 步" not in hand.seen
