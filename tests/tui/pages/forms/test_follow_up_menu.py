"""The menu of follow-ups: what a record leads to, one key and a digit away, pre-filled."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.records.common import follow_ups
from models.schema.record import Record
from sync.workspace.workspace import Workspace
from tests.tui.seen import SIZES, at, newest, opened, press, quiet, text, whole
from tui.pages.forms.follow_up_menu import FollowUpMenu
from tui.pages.forms.form_page import FormPage
from tui.pages.records.record_page import RecordPage
from tui.widgets.document_view import DocumentView


@pytest.fixture
def fix(book: Book, project: str) -> Record:
    return book.add("fix", {"phenomenon": "UPS 告警", "cause": "电池老化"}, project=project)


@pytest.fixture
def row(book: Book, project: str) -> Record:
    """A deviation of a routine check."""
    days = {"first": "2020-03-02", "last": "2020-03-06"}
    check = book.add("routine_check", days, project=project)
    values = {"check": check.id, "subject": "巡检路线改动", "found": "未按路线"}
    return book.add("routine_deviation", values)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", ["F", "ctrl+circumflex_accent"])
async def test_what_it_leads_to_and_what_is_there_already(
    workspace: Workspace, book: Book, fix: Record, key: str, size: tuple[int, int]
) -> None:
    begun = {"subject": "换电池", "source": fix.id}
    book.add("corrective_action", begun, project=fix.project)
    async with opened(workspace, size) as (app, pilot):
        app.open_record(fix.id)
        await quiet(pilot)
        await press(pilot, key)
        menu = at(app, FollowUpMenu)
        assert menu.types == follow_ups.destinations("fix")
        assert "已有 1 条" in text(app)
        whole(app)
        await press(pilot, str(menu.types.index("corrective_action") + 1))
        assert at(app, FormPage).work.type_ == "corrective_action"
        await press(pilot, "ctrl+s")
        assert newest(workspace, "corrective_action").values()["cause"] == "电池老化"


async def test_enter_chooses_and_escape_begins_nothing(workspace: Workspace, fix: Record) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_record(fix.id)
        await quiet(pilot)
        await press(pilot, "F", "escape")
        at(app, RecordPage)
        await press(pilot, "F", "enter")
        assert at(app, FormPage).work.type_ == follow_ups.destinations("fix")[0]


async def test_on_the_page_of_the_check_it_is_that_of_the_row(
    workspace: Workspace, row: Record, project: str
) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_record(str(row.values()["check"]))
        await quiet(pilot)
        app.screen.query_one(DocumentView).go(f"row:{row.id}")
        await quiet(pilot)
        types = follow_ups.destinations("routine_deviation")
        await press(pilot, "F", str(types.index("escalation") + 1), "ctrl+s")
        made = newest(workspace, "escalation")
        assert (made.values()["source"], made.project) == (row.id, project)
        assert made.values()["phenomenon"] == "巡检路线改动\n未按路线"


async def test_what_leads_nowhere_says_how_to_link(workspace: Workspace, book: Book) -> None:
    customer = book.add("customer", {"name": "地铁公司"})
    async with opened(workspace) as (app, pilot):
        app.open_record(customer.id)
        await quiet(pilot)
        await press(pilot, "F")
        assert f"请在新记录中填写 {customer.number}" in app.notices[-1].text
