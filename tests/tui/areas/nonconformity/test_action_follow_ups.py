"""Follow-ups by key: a pre-filled corrective action, as often as it is asked for."""

from __future__ import annotations

import pytest

from models.book.book import Book
from sync.workspace.workspace import Workspace
from tests.tui.seen import at, every, newest, opened, press, quiet
from tui.pages.forms.form_page import FormPage
from tui.pages.records.record_page import RecordPage


@pytest.mark.parametrize("key", ["C", "ctrl+u"])
async def test_an_action_begins_with_what_the_fix_says(
    workspace: Workspace, book: Book, project: str, key: str
) -> None:
    fix = book.add("fix", {"phenomenon": "UPS 切旁路", "cause": "电池老化"}, project=project)
    async with opened(workspace) as (app, pilot):
        app.open_record(fix.id)
        await quiet(pilot)
        await press(pilot, key)
        assert at(app, FormPage).work.type_ == "corrective_action"
        await press(pilot, "ctrl+s")
        made = newest(workspace, "corrective_action")
        values = made.values()
        assert (values["source"], values["cause"], made.project) == (fix.id, "电池老化", project)
        at(app, RecordPage)
        app.open_record(fix.id)
        await quiet(pilot)
        await press(pilot, key, "ctrl+s")
        assert len(list(every(workspace, "corrective_action"))) == 2


async def test_a_record_that_leads_nowhere_says_so(workspace: Workspace, book: Book) -> None:
    customer = book.add("customer", {"name": "地铁公司"})
    async with opened(workspace) as (app, pilot):
        app.open_record(customer.id)
        await quiet(pilot)
        await press(pilot, "C")
        at(app, RecordPage)
        told = app.notices[-1]
        assert told.bad and "纠正与预防措施要从这些记录新建：" in told.text
