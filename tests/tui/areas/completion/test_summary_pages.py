"""A summary and its targets by keys, in a terminal of 80×24: from Today to the submission."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from textual.pilot import Pilot

from models.book.book import Book
from models.calendar.business_dates import instant
from sync.workspace.workspace import Workspace
from tests.support import surveys
from tests.support.completions import WRITTEN, assessment, criteria, measured, summary, targets
from tests.tui.seen import at, newest, opened, press, quiet, text, whole
from tui.app.app import SiteApp
from tui.pages.figures.figure_page import FigurePage
from tui.pages.figures.figures_page import FiguresPage
from tui.pages.forms.form_page import FormPage
from tui.pages.home.today_page import TodayPage
from tui.pages.records.record_page import RecordPage
from tui.pages.rows.table_page import TablePage


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """A day after the service period."""
    with time_machine.travel(instant(date(2026, 11, 25), 540) / 1000, tick=False):
        yield


@pytest.mark.shows("Q-61b", 50, 52)
async def test_a_summary_is_begun_on_today_scored_in_a_table_and_submitted(
    workspace: Workspace, book: Book, project: str
) -> None:
    last = surveys.ended(book, project, days=2)
    async with opened(workspace) as (app, pilot):
        at(app, TodayPage)
        assert f"项目总结：服务期至 {last}" in text(app)
        await go_to(app, pilot, "项目总结")
        await press(pilot, "enter")
        at(app, RecordPage)
        made = newest(workspace, "project_summary")
        assert "计划完成率" in text(app) and len(criteria(book, made)) == 7
        whole(app)
        book.edit(made.id, {**WRITTEN, "attendees": book.me})
        for row in criteria(book, made).values():
            book.edit(row.id, {"basis": "见周报"})
        await press(pilot, "f")
        table = at(app, TablePage).table
        assert table.current.name == "score"
        await press(pilot, *["4", "enter"] * 6, "4")
        assert table.grid.at == 6
        await press(pilot, "ctrl+s")
        at(app, RecordPage)
        assert {row.score for row in criteria(book, made).values()} == {4}
        app.make_move(made.id, "submit")
        await quiet(pilot)
        assert "1. 项目完成情况" in text(app)  # the minutes begin with the agenda
        await press(pilot, "ctrl+s")
        assert book.get(made.id).state == "submitted"


async def go_to(app: SiteApp, pilot: Pilot[Any], said: str) -> None:
    """Move the cursor down to the line that says something."""
    for _ in range(80):
        if any(said in line for line in text(app).split("\n") if line.startswith("▌")):
            return
        await press(pilot, "down")
    raise AssertionError(text(app))


async def test_the_figures_and_their_records_are_one_key_away(
    workspace: Workspace, book: Book, project: str
) -> None:
    fix = book.add("fix", {"phenomenon": "风扇告警"}, project=project)
    made = summary(book, project, service_to="2026-11-25")
    async with opened(workspace) as (app, pilot):
        app.open_record(made.id)
        await press(pilot, "percent_sign")
        at(app, FiguresPage)
        assert made.number in text(app) and "2026-10-01 – 2026-11-25" in text(app)
        await go_to(app, pilot, "现场处置")
        await press(pilot, "enter")
        at(app, FigurePage)
        assert fix.number in text(app)
        app.open_record(fix.id)
        await quiet(pilot)
        await press(pilot, "percent_sign")
        assert app.notices[-1].bad and "没有指标" in app.notices[-1].text


async def test_left_overs_open_by_enter_and_become_an_action(
    workspace: Workspace, book: Book, project: str
) -> None:
    some = [book.add("fix", {"phenomenon": f"告警{n}"}, project=project) for n in (1, 2)]
    made = summary(book, project)
    async with opened(workspace) as (app, pilot):
        app.open_record(made.id)
        await quiet(pilot)
        await go_to(app, pilot, "告警2")
        await press(pilot, "enter")
        assert at(app, RecordPage).chosen() == some[1].id
        await press(pilot, "escape", "C")
        form = at(app, FormPage)
        assert form.work.type_ == "corrective_action" and some[0].number in text(app)


@pytest.mark.shows("Q-62b", 56)
async def test_a_missed_target_leads_to_an_action_by_one_key(
    workspace: Workspace, book: Book, project: str
) -> None:
    made = assessment(book, project)
    measured(book, made, reliability="99.5")
    row = targets(book, made)["reliability"]
    async with opened(workspace) as (app, pilot):
        app.open_record(row.id)
        await quiet(pilot)
        assert "未达到，还没有负责人的改进措施" in text(app)
        whole(app)
        await press(pilot, "C", "ctrl+s")
        action = newest(workspace, "corrective_action").values()
        assert (action["source"], action["sort"]) == (row.id, "corrective")
