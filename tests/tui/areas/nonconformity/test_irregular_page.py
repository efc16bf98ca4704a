"""Statistics of irregular services: numbers beside bars, names for those entitled alone."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.calendar.business_dates import quarter_of, quarter_span
from models.schema.roles import ROLES
from sync.organisation import administration
from sync.workspace.workspace import Workspace
from tests.support.irregular_services import NOTED
from tests.tui.seen import SIZES, at, opened, press, text, whole
from tui.areas.nonconformity.irregular_page import IrregularPage


@pytest.fixture
def services(book: Book, project: str) -> list[str]:
    """Four of this quarter, three of one category; one is about the person who looks."""
    first = quarter_span(quarter_of(book.today))[0].isoformat()
    made = [
        book.add("irregular_service", {**NOTED, "category": name, "found_on": first},
                 project=project).id
        for name in ("permit", "permit", "permit", "dress")
    ]  # fmt: skip
    book.add("irregular_person", {"service": made[0], "person": book.me}, project=project)
    return made


@pytest.mark.parametrize("size", SIZES)
async def test_a_quarter_is_counted_by_each_grouping(
    workspace: Workspace, services: list[str], size: tuple[int, int]
) -> None:
    async with opened(workspace, size) as (app, pilot):
        await press(pilot, "ctrl+underscore", "home")
        page = at(app, IrregularPage)
        seen = " ".join(text(app).split())
        assert "不规范服务 4" in seen and "无工作票或操作票" in seen
        assert "75% 累计 75%" in seen
        whole(app)
        await press(pilot, "end")
        assert "每百项任务：" in text(app)
        whole(app)
        before = page.quarter
        await press(pilot, "left", "home")
        assert page.quarter < before and "这段时间没有不规范服务" in text(app)
        await press(pilot, "right", "right")
        assert page.quarter == before and "还没有开始" in app.notices[-1].text
        await press(pilot, "f9", "home")
        assert "By category" in text(app)
        whole(app)


async def test_who_leads_nobody_reads_no_statistics(
    workspace: Workspace, services: list[str]
) -> None:
    for role in ROLES:
        if role != "engineer":
            administration.set_role(workspace, workspace.book.me, role, "*", grant=False)
    async with opened(workspace) as (app, pilot):
        await press(pilot, "ctrl+underscore", "home")
        said = text(app) + "".join(one.text for one in app.notices)
        assert "项目经理、部门经理" in said and "无工作票" not in said
