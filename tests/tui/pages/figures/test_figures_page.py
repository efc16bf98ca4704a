"""Figures by real keys: from the week to a figure, its formula, and the records behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.calendar.business_dates import instant
from models.records.weekly.week import supplements
from sync.workspace.workspace import Workspace
from tests.support.entry_weeks import W47, fix
from tests.tui.seen import SIZES, at, opened, press, text, whole
from tui.pages.figures.figure_page import FigurePage
from tui.pages.figures.figures_page import FiguresPage
from tui.pages.records.record_page import RecordPage
from tui.widgets.document_view import DocumentView


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """Monday after the week."""
    with time_machine.travel(instant(date(2026, 11, 23), 14 * 60) / 1000):
        yield


@pytest.fixture
def solved(workspace: Workspace, project: str) -> str:
    """A problem that was solved on Friday of the week."""
    with time_machine.travel(instant(date(2026, 11, 20), 16 * 60) / 1000):
        return fix(workspace.book, project).id


@pytest.mark.parametrize("size", SIZES)
async def test_a_figure_leads_to_its_records(
    workspace: Workspace, solved: str, size: tuple[int, int]
) -> None:
    async with opened(workspace, size) as (app, pilot):
        await press(pilot, "f4", "w", "f")
        page = at(app, FiguresPage)
        assert "项目周报" in text(app) and "解决" in text(app) and "不可评定" in text(app)
        whole(app)
        page.query_one(DocumentView).go("week.solved")
        await press(pilot, "enter")
        at(app, FigurePage)
        seen = " ".join(text(app).split())
        assert "公式第 1 版" in seen and "所据记录 1" in seen and "UPS 告警" in seen
        whole(app)
        await press(pilot, "f9")
        assert "formula version 1" in " ".join(text(app).split())
        await press(pilot, "f9", "down", "enter")
        assert at(app, RecordPage).record_id == solved


async def test_an_issued_week_has_the_figures_that_it_was_issued_with(
    workspace: Workspace, project: str, solved: str
) -> None:
    report = supplements.compiled(workspace.book, project, W47)
    workspace.book.move(report.id, "issue")
    workspace.book.void(solved, "重复登记")
    async with opened(workspace) as (app, pilot):
        await press(pilot, "f4", "w", "f3")
        assert "解决                      1" in text(app)


async def test_a_week_of_the_trends_has_its_figures(workspace: Workspace, solved: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "f4", "v", "f")
        assert "指标" in text(app) and "2026-W36 – 2026-W48" in text(app)
        await press(pilot, "escape", "home", "enter")
        page = at(app, FiguresPage)
        assert page.scope.week is not None
