"""The quality page by keys: every figure is reached, opened and told in words; files agree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from models.records.statistics.quality import open_items, quality_overview
from sync.workspace.workspace import Workspace
from tests.support.staff import Staff
from tests.tui.seen import SIZES, at, opened, press, text, whole
from tui.areas.statistics.quality_page import QualityPage
from tui.pages.figures.figure_page import FigurePage
from tui.pages.figures.figures_page import FiguresPage
from tui.pages.records.record_page import RecordPage
from tui.widgets import themes


def seen(app: Any) -> str:
    """The screen with single spaces."""
    return " ".join(text(app).split())


@pytest.mark.shows("Q-CA", "Q-532c")
@pytest.mark.parametrize("size", SIZES)
async def test_all_that_is_open_at_a_glance_and_each_figure_opens_its_records(
    workspace: Workspace, made: dict[str, Any], size: tuple[int, int]
) -> None:
    async with opened(workspace, size) as (app, pilot):
        await press(pilot, "*")
        at(app, QualityPage)
        assert "全部 [4] 1 1 1 1 2" in seen(app) and "现场处置 1 0 0 0 1 –" in seen(app)
        assert "未结事项：全部 全部项目：4" in seen(app)
        assert "检查 近7天 应检" in seen(app) and "– – – – –" in seen(app)  # none was due
        assert "各项目未结" in seen(app) and "测试项目" in seen(app)  # without scrolling
        whole(app)
        await press(pilot, "down", "down", "down", *["right"] * 9)
        assert "未结事项：纠正与预防 逾期 全部项目：1" in seen(app)
        await press(pilot, "left", "right", "enter")
        page = at(app, FigurePage)
        assert page.figure == "backlog.actions.late" and "漏报告警" in seen(app)
        await press(pilot, "enter")
        assert at(app, RecordPage).record_id == made["action"]
        await press(pilot, "escape", "escape", "end")
        assert "各类事项：期末未结 测试项目 2026-W47：4" in seen(app)
        await press(pilot, "left", "left", "left", "left", "enter")
        page = at(app, FigurePage)
        assert "2026-W43" in page.heading() and "旧漏水" in seen(app)
        await press(pilot, "escape", "f")
        at(app, FiguresPage)
        await press(pilot, "escape", "f9", "home")
        assert "Open items all to 7 d" in seen(app) and "Fixes 1 0 0 0 1 –" in seen(app)
        whole(app)
        await press(pilot, "p")
        assert "Quality overview 测试项目" in seen(app)


async def test_what_cannot_be_assessed_is_said_in_words(
    workspace: Workspace, made: dict[str, Any]
) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "*", "down", "left", "right", "right", "right", "right", "right")
        assert "未结事项：现场处置 逾期 全部项目：不可评定" in seen(app)
        await press(pilot, "enter")
        assert "没有记录" in text(app)


async def test_in_plain_characters_more_is_denser(
    workspace: Workspace, made: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(workspace) as (app, pilot):
        await press(pilot, "*", "end")
        line = next(one for one in text(app).split("\n") if one.startswith("▌ 测试项目"))
        marks = set(line[len("▌ 测试项目      ") :: 5])  # the first cell of each week
        assert "█" in marks and "▒" in marks and "[4]" in line
        themes.draw(True)
        await press(pilot, "escape", "*", "end")
        line = next(one for one in text(app).split("\n") if one.startswith("> 测试项目"))
        assert "#[4]" in line and not set("░▒▓█") & set(line)
    themes.draw(False)


async def test_who_may_not_look_is_told(workspace: Workspace, staff: Staff) -> None:
    workspace.book = staff.engineer
    async with opened(workspace) as (app, pilot):
        await press(pilot, "*")
        said = text(app) + "".join(one.text for one in app.notices)
        assert "质量总览由项目经理" in said and "合计" not in said


async def test_the_workbook_is_written_by_a_key(workspace: Workspace, made: dict[str, Any]) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "*", "x", "enter")
        assert "质量总览已写入" in app.notices[-1].text
    (file,) = (Path(workspace.home) / "exports").glob("*.xlsx")
    assert file.name == "质量总览-2026-11-20.xlsx"


async def test_the_screen_has_the_figures_of_the_registry(
    workspace: Workspace, made: dict[str, Any]
) -> None:
    book = workspace.book
    found = quality_overview.overview(book, open_items.everywhere(book))
    async with opened(workspace, (120, 40)) as (app, pilot):
        await press(pilot, "*")
        view = at(app, QualityPage).view
        assert view is not None
        for kind in found.kinds:
            figures = (kind.total, *kind.ages, kind.late)
            cells = view.rows[f"kind:{kind.name}"].cells
            assert [one.figure for one in cells] == [one.kind.name for one in figures]
            said = ["–" if one.value is None else str(one.value) for one in figures]
            assert [one.text for one in cells] == said
        for line in found.projects:
            cells = view.rows[f"project:{line.project}"].cells
            assert [int(one.text) for one in cells] == line.open
