"""From a dissatisfied answer to its complaint with one key; an existing one is opened."""

from __future__ import annotations

import pytest

from models.book.book import Book
from sync.workspace.workspace import Workspace
from tests.support import surveys
from tests.tui.seen import at, newest, opened, press, quiet, text
from tui.pages.forms.form_page import FormPage
from tui.pages.records.record_page import RecordPage


@pytest.mark.parametrize("key", ["P", "ctrl+right_square_bracket"])
async def test_a_complaint_begins_with_what_displeased(
    workspace: Workspace, book: Book, project: str, key: str
) -> None:
    surveys.ended(book, project)
    made = surveys.survey(book, project, people=1, method="all")
    book.move(made.id, "draw")
    (one,) = surveys.drawn(book, made.id)
    surveys.answer(book, one, levels={"attitude": "very_dissatisfied"})
    async with opened(workspace) as (app, pilot):
        app.open_record(one)
        await quiet(pilot)
        assert "还没有投诉" in text(app)
        await press(pilot, key)
        assert at(app, FormPage).work.type_ == "complaint"
        await press(pilot, "ctrl+s")
        complaint = newest(workspace, "complaint")
        assert complaint.values()["response"] == one and complaint.project == project
        assert complaint.values()["statement"] == "服务态度：非常不满意"
        app.open_record(one)
        await quiet(pilot)
        assert "还没有投诉" not in text(app)
        await press(pilot, key)
        assert at(app, RecordPage).record_id == complaint.id
