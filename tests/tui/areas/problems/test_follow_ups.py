"""Follow-ups by key: a pre-filled report or concession, or an existing one."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.schema.record import Record
from sync.workspace.workspace import Workspace
from tests.tui.seen import at, newest, opened, press, quiet
from tui.pages.forms.form_page import FormPage
from tui.pages.records.record_page import RecordPage


@pytest.fixture
def fix(book: Book, project: str) -> Record:
    """A typical problem that was mended."""
    values = {
        "phenomenon": "UPS 切旁路",
        "cause": "电池老化",
        "correction": "更换",
        "typical": True,
    }
    return book.add("fix", values, project=project)


@pytest.mark.parametrize("key", ["T", "ctrl+r"])
async def test_a_report_begins_with_what_the_fix_says(
    workspace: Workspace, fix: Record, project: str, key: str
) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_record(fix.id)
        await quiet(pilot)
        await press(pilot, key)
        form = at(app, FormPage)
        assert form.work.type_ == "problem_report"
        await press(pilot, "ctrl+s")
        made = newest(workspace, "problem_report")
        assert made.project == project
        values = made.values()
        assert (values["fix"], values["cause_direct"]) == (fix.id, "电池老化")


async def test_the_report_that_is_there_is_opened_instead(
    workspace: Workspace, book: Book, fix: Record
) -> None:
    values = {"subject": "旁路", "phenomenon": "UPS 切旁路", "reason": "typical", "fix": fix.id}
    report = book.add("problem_report", values, project=fix.project)
    async with opened(workspace) as (app, pilot):
        app.open_list("fix")
        await quiet(pilot)
        await press(pilot, "T")
        assert at(app, RecordPage).record_id == report.id


async def test_a_concession_names_the_milestone_that_it_is_asked_for(
    workspace: Workspace, book: Book, project: str
) -> None:
    milestone = book.add("milestone", {"name": "初验"}, project=project)
    async with opened(workspace) as (app, pilot):
        app.open_record(milestone.id)
        await quiet(pilot)
        await press(pilot, "N")
        form = at(app, FormPage)
        assert form.work.type_ == "concession"
        assert form.fields.editing.value("milestone") == milestone.id


async def test_a_record_that_leads_nowhere_says_from_where_to_begin(
    workspace: Workspace, book: Book
) -> None:
    customer = book.add("customer", {"name": "地铁公司"})
    async with opened(workspace) as (app, pilot):
        app.open_record(customer.id)
        await quiet(pilot)
        await press(pilot, "T")
        at(app, RecordPage)
        told = app.notices[-1]
        assert (
            told.bad
            and "要从这些记录新建：现场处置、问题升级、质量事故。请先打开其中一条。" in told.text
        )
