"""How many keys the core work costs, beyond the text itself; all of it in a window of 80×24."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.calendar.business_dates import instant
from sync.workspace.workspace import Workspace
from tests.story.hand import Hand
from tests.support.checks import template
from tests.support.team import acting, admit
from tests.tui.seen import at, opened
from tui.areas.weekly.entry_page import WeeklyPage
from tui.pages.forms.form_page import FormPage
from tui.pages.records.record_page import RecordPage


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    """A Friday morning in week 47."""
    with time_machine.travel(instant(date(2026, 11, 20), 9 * 60) / 1000):
        yield


@pytest.mark.shows("Q-511", 28, 61)
async def test_from_the_checklist_to_fix_and_escalation(workspace: Workspace) -> None:
    template(workspace.book)
    async with opened(workspace) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        await hand.press("2")
        assert hand.counted() == 1  # today's checklist
        await hand.press("x")
        assert hand.counted() == 1  # not ok, and on
        await hand.press("r")
        assert hand.counted() == 1  # to a prefilled escalation
        page = at(app, FormPage)
        assert page.work.kind.name == "escalation"
        assert page.fields.editing.value("phenomenon") == "UPS 面板告警"
        await hand.press("ctrl+s")
        assert "UPS 面板告警" in hand.seen  # back at the same item
        await hand.press("down", "x", "f", "ctrl+s")
        hand.counted()
        await hand.press("r", "1", "ctrl+s")
        assert hand.counted() == 3  # the open fix escalated: why, nothing retyped
        fix = hand.newest("fix")
        assert fix.state == "escalated" and hand.newest("escalation").values()["fix"] == fix.id


async def test_an_open_fix_in_the_list_and_on_its_page(workspace: Workspace, project: str) -> None:
    made = workspace.book.add("fix", {"phenomenon": "独一无二"}, project=project)
    async with opened(workspace) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        await hand.press("slash")
        await hand.type("独一")
        await hand.press("enter")
        assert hand.counted() == 2  # anything by /
        assert at(app, RecordPage).record_id == made.id
        await hand.move("fix", "escalate")
        await hand.press("1", "ctrl+s")
        assert hand.counted() == 3  # an open fix escalated, and why
        assert workspace.book.get(made.id).state == "escalated"


async def test_a_lead_reads_the_weeks(workspace: Workspace, project: str) -> None:
    book = workspace.book
    ids = []
    for name in ("甲", "乙", "丙"):
        theirs = acting(workspace, admit(workspace, f"工程师{name}", ["engineer"]))
        values = {"week": "2026-W47", "person": theirs.me, "progress": f"{name}做完了"}
        made = theirs.add("weekly", values, project=project)
        ids.append(theirs.move(made.id, "submit").id)
    async with opened(workspace) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        app.open_item("weekly", ids[0])
        await hand.press("tab")
        assert hand.counted() == 1  # next entry
        await hand.move("weekly", "accept")
        assert hand.counted() == 1  # accept
        at(app, WeeklyPage)
        assert [book.get(id).state for id in ids].count("accepted") == 1
        await hand.press("tab")
        hand.counted()
        await hand.move("weekly", "return")
        await hand.type("请补充风险")
        await hand.press("ctrl+s")
        assert hand.counted() == 2  # return, and the reason given
        assert sorted(book.get(id).state for id in ids) == ["accepted", "returned", "submitted"]


@pytest.mark.shows("Q-531c", 62)
async def test_the_weeks_prefilled_entry(workspace: Workspace, project: str) -> None:
    book = workspace.book
    made = book.add("fix", {"phenomenon": "UPS 告警", "correction": "换电池"}, project=project)
    book.move(made.id, "fix")
    async with opened(workspace) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        await hand.press("5", "ctrl+s")
        assert hand.counted() <= 4
        assert hand.newest("weekly").state == "submitted" and "UPS 告警" in hand.seen
