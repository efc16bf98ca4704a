"""One sheet for several planned tasks: `p` lists them, Enter records one as done, A all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from models.book.book import Book
from sync.workspace.workspace import Workspace
from tests.models.records.checks.test_plan_rules import submitted
from tests.support.checks import template
from tests.support.service_plans import approved, noon, plan_of, task
from tests.support.staff import Staff
from tests.tui.seen import at, every, opened, press, quiet, text, whole
from tui.areas.checks.checklist_page import ChecklistPage
from tui.areas.checks.sheet.shared_tasks_dialog import SharedTasksDialog


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Noon of 6 January 2026."""
    with time_machine.travel(noon("2026-01-06"), tick=False) as moved:
        yield moved


@pytest.fixture
def daily(workspace: Workspace, project: str, clock: time_machine.Traveller) -> str:
    """A template with which three tasks of the day are planned."""
    staff = Staff(workspace)
    made = template(staff.manager, project)
    plan = plan_of(staff.engineer, project)
    for site in ("东机房巡检", "西机房巡检", "南机房巡检"):
        task(staff.engineer, plan.id, site, "2026-01-06", template=made)
    assert approved(staff.engineer, staff.department, plan.id) and clock
    return made


@pytest.mark.parametrize(("key", "every_one"), [("p", "A"), ("f12", "f6")])
async def test_one_by_enter_and_the_others_at_once(
    workspace: Workspace, book: Book, project: str, daily: str, key: str, every_one: str
) -> None:
    sheet = submitted(book, project, daily, "2026-01-06")
    for size in ((80, 24), (120, 40)):
        async with opened(workspace, size) as (app, pilot):
            app.open_item("sheet", sheet)
            await quiet(pilot)
            await press(pilot, key)
            at(app, SharedTasksDialog)
            whole(app)
            assert all(one in text(app) for one in ("东机房巡检", "西机房巡检", "南机房巡检"))
            await press(pilot, "escape")
            at(app, ChecklistPage)
    async with opened(workspace) as (app, pilot):
        app.open_item("sheet", sheet)
        await quiet(pilot)
        await press(pilot, key, "down", "enter")
        at(app, SharedTasksDialog)
        (one,) = every(workspace, "task_execution")
        assert (one.state, one.values()["what"]) == ("done", "南机房巡检")
        assert one.number in app.notices[-1].text and "南机房巡检" not in text(app)
        await press(pilot, "escape")
        assert "2 项计划任务" in text(app)
        await press(pilot, key, every_one)
        at(app, ChecklistPage)
        assert "项计划任务" not in text(app)
        found = list(every(workspace, "task_execution"))
        assert {one.values()["record"] for one in found} == {sheet} and len(found) == 3
        await press(pilot, key)
        assert "没有未完成的计划任务" in app.notices[-1].text


async def test_a_sheet_that_is_not_submitted_says_so(
    workspace: Workspace, book: Book, project: str, daily: str
) -> None:
    values = {"template": daily, "day": "2026-01-06", "round": 1}
    begun = book.ensure("sheet", values, project=project)
    async with opened(workspace) as (app, pilot):
        app.open_item("sheet", begun.id)
        await quiet(pilot)
        await press(pilot, "p")
        at(app, ChecklistPage)
        assert "还没有提交" in app.notices[-1].text
