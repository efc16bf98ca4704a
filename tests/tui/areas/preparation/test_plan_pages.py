"""Plans by real keys: generated, approved, carried out from Today, changed and compared."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from models.derived.revision_copy import new_revision
from models.schema.roles import DEPARTMENT_MANAGER
from sync.workspace.workspace import Workspace
from tests.story.hand import Hand
from tests.support.service_plans import REASON, noon, plan_of, tasks, term
from tests.support.team import acting, admit
from tests.tui.seen import SIZES, at, opened, text, whole
from tui.pages.home.today_page import TodayPage
from tui.pages.records.record_page import RecordPage
from tui.pages.revisions.revision_page import RevisionPage


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Noon of 26 January 2026."""
    with time_machine.travel(noon("2026-01-26")) as moved:
        yield moved


@pytest.mark.shows("Q-421", 9)
@pytest.mark.parametrize("size", SIZES)
async def test_a_year_from_the_terms_to_today(
    workspace: Workspace, project: str, size: tuple[int, int]
) -> None:
    book = workspace.book
    head = acting(workspace, admit(workspace, "韩经理", [DEPARTMENT_MANAGER]))
    plan = plan_of(book, project, [term("[b]机房月检[/b]", "monthly")])
    async with opened(workspace, size) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        app.open_record(plan.id)
        await hand.move("service_plan", "generate")
        assert len(tasks(book, plan.id)) == 12
        page = at(app, RecordPage)
        assert page.record_id == plan.id
        await hand.press("pagedown")
        assert "[b]机房月检[/b]" in text(app) and "2026-" in text(app)
        whole(app)
        await hand.press("home")
        await hand.move("service_plan", "submit")
        assert book.get(plan.id).state == "submitted"
        head.move(plan.id, "approve")
        await hand.press("escape", "1")
        at(app, TodayPage)
        assert "计划任务" in text(app) and "[b]机房月检[/b]" in text(app)
        whole(app)


async def test_a_task_of_today_is_begun_and_skipped(workspace: Workspace, project: str) -> None:
    book = workspace.book
    head = acting(workspace, admit(workspace, "韩经理", [DEPARTMENT_MANAGER]))
    plan = plan_of(book, project, [term("机房月检", "monthly")])
    book.move(plan.id, "generate")
    book.move(plan.id, "submit")
    head.move(plan.id, "approve")
    async with opened(workspace) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        page = at(app, TodayPage)
        item = next(one for one in page.tasks if one.group == "plan")
        assert item.awaited is not None and item.awaited.record is None
        lines = [line for line in text(app).split("\n") if "机房月检" in line]
        assert len(lines) == 1
        await hand.press("enter")
        record = at(app, RecordPage)
        made = book.get(record.record_id)
        assert (made.type, made.values()["what"]) == ("task_execution", "机房月检")
        assert "未到期，期限 2026-01-30" in text(app)
        await hand.move("task_execution", "skip")
        await hand.type("客户停电")
        await hand.press("ctrl+s")
        assert book.get(made.id).state == "skipped"
        whole(app)


@pytest.mark.shows("Q-423", 12)
async def test_a_change_is_compared_with_what_it_concerns(
    workspace: Workspace, project: str
) -> None:
    book = workspace.book
    head = acting(workspace, admit(workspace, "韩经理", [DEPARTMENT_MANAGER]))
    values = {"name": "半年验收", "due": "2026-06-30", "amount": "CNY 200000"}
    milestone = book.add("milestone", values, project=project).id
    plan = plan_of(book, project, [term("季度报告", "quarterly", milestone=milestone)])
    book.move(plan.id, "generate")
    book.move(plan.id, "submit")
    head.move(plan.id, "approve")
    change = new_revision(book, book.get(plan.id))
    book.edit(change.id, REASON)
    second = tasks(book, change.id)[1]
    book.edit(second.id, {"due": "2026-07-10"})
    for size in SIZES:
        async with opened(workspace, size) as (app, pilot):
            hand = Hand(app, pilot, workspace)
            app.open_record(change.id)
            await hand.press("V")
            at(app, RevisionPage)
            for words in ("2026-06-30", "2026-07-10", "半年验收", "变更原因"):
                assert words in text(app), words
            whole(app)
            await hand.press("end")
            assert "受影响的收款" in text(app) and "200,000.00 元" in text(app)
            await hand.press("f9", "end")
            assert "Payment concerned" in text(app)
            whole(app)
            await hand.press("f9")
