"""The matrix of communication: channel by form, planned against held, by quarter."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.book.book import Book
from models.records.feedback.communication import CHANNELS, FORMS
from sync.workspace.workspace import Workspace
from tests.models.records.feedback.test_contacts import contact
from tests.tui.seen import SIZES, at, opened, press, quiet, text, whole
from tui.areas.feedback.contacts_page import SHORT, ContactsPage
from tui.pages.forms.form_page import FormPage
from tui.pages.records.record_page import RecordPage


def test_each_form_has_its_column() -> None:
    assert [*SHORT] == [name for name, *_ in FORMS]


@pytest.mark.shows("Q-55", 48)
@pytest.mark.parametrize("size", SIZES)
async def test_planned_stands_against_held(
    workspace: Workspace, book: Book, project: str, size: tuple[int, int]
) -> None:
    day = book.today
    contact(book, project, "management", day, held_on=day.isoformat())
    contact(book, project, "service_desk", None, form="phone", held_on=day.isoformat())
    late = contact(book, project, "survey", day - timedelta(days=1))
    values = {"communication": late, "text": "周五前给清单", "owner": book.me}
    book.add("promise", {**values, "due": day.isoformat()})
    async with opened(workspace, size) as (app, pilot):
        app.push_screen(ContactsPage())
        await quiet(pilot)
        seen = [line.split() for line in text(app).split("\n")]
        assert ["高层主动沟通", "·", "·", "1/1", "·", "·", "·", "1/1"] in seen
        assert ["服务台", "+1", "·", "·", "·", "·", "·", "+1"] in seen
        assert ["客户满意度调查", "·", "·", "·", "·", "·", "0/1", "0/1"] in seen
        assert ["合计", "+1", "·", "1/1", "·", "·", "0/1", "1/2+1"] in seen
        for _, zh, _ in CHANNELS:
            assert any(zh in line for line in seen)
        assert "过期未沟通" in text(app)
        whole(app)
        await press(pilot, "f9")
        assert "complaint management" in text(app)
        whole(app)
        await press(pilot, "f9", "enter")
        assert at(app, RecordPage).record_id == late
        await press(pilot, "escape", "end")
        assert "（今天）" in text(app)
        whole(app)


async def test_quarters_projects_and_a_new_contact_have_their_keys(
    workspace: Workspace, book: Book, project: str
) -> None:
    async with opened(workspace) as (app, pilot):
        app.push_screen(ContactsPage(quarter="2026-Q3"))
        await quiet(pilot)
        assert "没有记录" in text(app)
        await press(pilot, "left")
        assert at(app, ContactsPage).quarter == "2026-Q2"
        await press(pilot, "right", "right", "p")
        page = at(app, ContactsPage)
        assert (page.quarter, page.filter.project) == ("2026-Q4", project)
        await press(pilot, "n")
        assert at(app, FormPage).work.type_ == "communication"
