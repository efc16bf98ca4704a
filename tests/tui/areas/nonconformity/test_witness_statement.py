"""A witness statement by keys: asked for from the incident, and given from the record's page."""

from __future__ import annotations

from models.book.book import Book
from sync.workspace.workspace import Workspace
from tests.support import incidents
from tests.tui.seen import at, newest, opened, press, quiet, text, whole
from tui.pages.forms.follow_up_menu import FollowUpMenu
from tui.pages.forms.form_page import FormPage
from tui.pages.forms.move_dialog import MoveDialog


async def test_it_is_asked_for_and_given(workspace: Workspace, book: Book, project: str) -> None:
    incident = incidents.noted(book, project)
    async with opened(workspace) as (app, pilot):
        app.open_record(incident.id)
        await quiet(pilot)
        await press(pilot, "F")
        at(app, FollowUpMenu)
        line = next(row for row in text(app).splitlines() if "知情人陈述" in row)
        await press(pilot, next(sign for sign in line if sign.isdecimal()))
        form = at(app, FormPage)
        assert form.work.type_ == "witness_statement"
        whole(app)
        await press(pilot, *"W", "escape")
    made = book.add(
        "witness_statement", {"incident": incident.id, "witness": book.me}, project=project
    )
    async with opened(workspace) as (app, pilot):
        app.open_record(made.id)
        await quiet(pilot)
        await press(pilot, "m", "enter")
        at(app, MoveDialog)
        await press(pilot, *"saw it", "ctrl+s")
        given = newest(workspace, "witness_statement")
        assert (given.state, given.values()["statement"]) == ("given", "saw it")
        whole(app)
        assert "已陈述" in text(app)
