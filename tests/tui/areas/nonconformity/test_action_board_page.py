"""The board of actions by keys: lanes, owners, what is not listed, moves by their letters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.calendar.business_dates import instant
from models.records.nonconformity import action_board
from sync.workspace.workspace import Workspace
from tests.story.hand import Hand
from tests.support.corrective_actions import action
from tests.support.staff import Staff
from tests.tui.seen import SIZES, at, opened, press, text, whole
from tui.areas.nonconformity.action_board_page import ActionBoardPage
from tui.pages.forms.form_page import FormPage
from tui.pages.records.record_page import RecordPage


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A Friday morning."""
    with time_machine.travel(instant(date(2026, 11, 20), 540) / 1000) as traveller:
        yield traveller


@pytest.fixture
def listed(workspace: Workspace, project: str) -> dict[str, str]:
    """An overdue one from a complaint, one in time, one that nobody is in charge of."""
    staff = Staff(workspace)
    source = staff.desk.add(
        "complaint",
        {"subject": "漏报", "complainant": "郁主任", "statement": "告警漏报一次"},
        project=project,
    )
    late = {"due": "2026-11-17", "source": source.id, "subject": "漏报告警"}
    return {
        "late": action(staff.manager, project, staff.engineer.me, **late).id,
        "soon": action(staff.manager, project, staff.colleague.me, subject="补盘点").id,
        "free": action(staff.manager, project, subject="[red]待定[/red]").id,
    }


@pytest.mark.parametrize("size", SIZES)
async def test_the_board_by_keys(
    workspace: Workspace, listed: dict[str, str], size: tuple[int, int]
) -> None:
    async with opened(workspace, size) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        await hand.press("ctrl+a")
        page = at(app, ActionBoardPage)
        assert "措施看板 3 项未关闭，逾期 1" in hand.seen
        assert "待下达 漏报告警 小林 逾期3天" in hand.seen
        assert (
            "客户投诉 测试项目" in hand.seen or size != SIZES[0]
        )  # beside a preview it has no room
        assert "未到期 2" in hand.seen and "[red]待定[/red]" in hand.seen
        assert page.chosen() == listed["late"]
        whole(app)
        await hand.press("enter")
        assert at(app, RecordPage).record_id == listed["late"]
        await hand.press("escape", "o")
        assert "还没有负责人 1" in hand.seen and "小林 1，逾期 1" in hand.seen
        await hand.press("n")
        at(app, FormPage)
        await hand.press("escape")
        await press(pilot, "f9", "p")
        assert "3 open, 1 overdue" in text(app) and "Nobody in charge yet" in text(app)
        whole(app)


async def test_what_is_not_listed_comes_with_enter(
    workspace: Workspace, listed: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(action_board, "MOST", 1)
    async with opened(workspace) as (app, pilot):
        await press(pilot, "ctrl+a")
        page = at(app, ActionBoardPage)
        assert "还有 1 项，按回车列出" in text(app)
        await press(pilot, "end")
        assert page.chosen() is None
        await press(pilot, "e")  # there is no record under the cursor, which is said
        assert app.notices[-1].bad
        await press(pilot, "enter")
        assert "待定" in text(app) and "按回车列出" not in text(app)


async def test_an_empty_board_says_so(workspace: Workspace, project: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "ctrl+a")
        assert "没有未关闭的纠正与预防措施" in text(app)
        whole(app)
