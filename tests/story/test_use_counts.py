"""What each task costs in keys, beyond the text itself, shortest way: no more than it ever did.

The tasks are those of an engineer's and a lead's first days; each is done from Today, in a window
of 80×24. The way to a verified fix, the week and the review are counted in `test_key_counts.py`,
the first run in `test_first_day.py`. `MOST` is what may never be passed, `NOW` what it costs
today: a change that makes one cheaper puts its number there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine

from models.calendar.business_dates import instant
from sync.workspace.workspace import Workspace
from tests.story.hand import Hand
from tests.support.checks import template
from tests.tui.seen import at, newest, opened
from tui.areas.checks.checklist_page import ChecklistPage
from tui.areas.problems.escalation_board_page import BoardPage
from tui.areas.statistics.trends_page import TrendsPage
from tui.pages.forms.form_page import FormPage
from tui.pages.general.command_palette import Palette
from tui.pages.records.record_page import RecordPage

EIGHT = tuple(
    {"text_zh": f"第 {n} 项", "answer_kind": "reading", "unit": "℃", "low": "18", "high": "27"}
    if n > 4
    else {"text_zh": f"第 {n} 项"}
    for n in range(1, 9)
)
"""Eight items, four of them measured."""
MOST = {
    "customer": 14,
    "site": 15,
    "equipment": 8,
    "project": 17,
    "template": 97,
    "checklist": 10,
    "escalation": 15,
    "photo": 2,
    "word": 3,
    "undo": 1,
    "back": 2,
    "desk": 1,
    "trends": 1,
}
NOW = {
    **{"customer": 8, "site": 8, "equipment": 7, "project": 12, "template": 3, "checklist": 10},
    **{"escalation": 3, "photo": 2, "word": 2, "undo": 1, "back": 2},
    **{"desk": 1, "trends": 1},
}


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    """A Friday morning in week 47."""
    with time_machine.travel(instant(date(2026, 11, 20), 9 * 60) / 1000):
        yield


def holds(hand: Hand, task: str) -> None:
    """The keys since the last count are those of the task, and not more than was asked for."""
    assert hand.counted() <= NOW[task] <= MOST[task], task


@pytest.mark.parametrize(
    ("type", "words"),
    [
        ("customer", "新建客户"),
        ("site", "新建现场"),
        ("equipment", "新建设备"),
        ("project", "新建项目"),
    ],
)
async def test_a_new_record_is_begun_in_its_name(
    workspace: Workspace, type: str, words: str
) -> None:
    async with opened(workspace) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        await hand.press("ctrl+p")
        await hand.type(words)
        hand.keys += len(words)  # they are no content
        offered = [one.id for one in at(app, Palette)._shown]
        await hand.press(*["down"] * offered.index(f"new.{type}"), "enter")
        page = at(app, FormPage)
        assert page.work.type_ == type and page.fields.current.name == "name"
        await hand.type("新的名称")
        await hand.press("ctrl+s")
        holds(hand, type)
        assert newest(workspace, type).values()["name"] == "新的名称"


async def test_a_template_from_the_library(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        await hand.press("alt+t", "enter", "p")
        holds(hand, "template")
        assert newest(workspace, "template").state == "published"


async def test_todays_checklist_of_eight_items(workspace: Workspace) -> None:
    template(workspace.book, items=EIGHT)
    async with opened(workspace) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        await hand.press("2")
        for question in list(at(app, ChecklistPage).answering.questions):
            await hand.type("22" if question.measured else "")
            await hand.press("enter")
        await hand.press("ctrl+s")
        holds(hand, "checklist")
        assert newest(workspace, "sheet").state == "submitted"


async def test_an_item_that_is_not_ok_is_escalated_with_a_photo(
    workspace: Workspace, tmp_path: Path
) -> None:
    template(workspace.book)
    photo = tmp_path / "ups.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0" + bytes(64))
    async with opened(workspace) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        await hand.press("2")
        hand.counted()
        await hand.press("x", "r", "ctrl+s")
        holds(hand, "escalation")
        app.open_record(newest(workspace, "escalation").id)
        await pilot.pause()
        await hand.press("t")
        await hand.type(str(photo))
        await hand.press("enter")
        holds(hand, "photo")
        assert newest(workspace, "attachment").values()["about"]


async def test_found_by_a_word_undone_and_come_back_to(workspace: Workspace, project: str) -> None:
    book = workspace.book
    made = book.add("fix", {"phenomenon": "独一无二"}, project=project)
    async with opened(workspace) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        await hand.press("slash")
        await hand.type("独一")
        await hand.press("enter")
        assert at(app, RecordPage).record_id == made.id
        holds(hand, "word")
        await hand.press("e")
        await hand.fill(phenomenon="改了")
        await hand.press("ctrl+s")
        hand.counted()
        await hand.press("u")
        holds(hand, "undo")
        assert book.get(made.id).values()["phenomenon"] == "独一无二"
        await hand.press("e", "tab", "tab")
        name = at(app, FormPage).fields.current.name
        await hand.type("写到一半")
        at(app, FormPage).keep_draft()
    hand.counted()
    async with opened(workspace) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        await hand.press("enter")  # the drafts are offered at once
        page = at(app, FormPage)
        assert page.fields.current.name == name  # where it was left
        assert page.fields.editing.editor.value.endswith("写到一半")
        assert hand.counted() + 1 <= NOW["back"] <= MOST["back"]  # and one key left the app


async def test_a_lead_looks_at_the_desk_and_the_trends(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        await hand.press("exclamation_mark")
        at(app, BoardPage)
        holds(hand, "desk")
        await hand.press("1")
        hand.counted()
        await hand.press("ctrl+b")
        at(app, TrendsPage)
        holds(hand, "trends")
