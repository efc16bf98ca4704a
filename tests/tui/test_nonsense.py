"""Every page over a book in which odd devices' changes hold values of no sense."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from models.schema.record import kinds
from models.storage.drafts import Drafts
from sync.workspace.workspace import Workspace, open_book
from tests.support import nonsense_book
from tests.support.hostile_book import Ids
from tests.tui.seen import opened, press, quiet, whole
from tests.tui.test_walk import APART, PAGES, way
from tui.app.app import SiteApp
from tui.display.values import Values
from tui.display.views.record_view import RecordView
from tui.documents import registry
from tui.documents.document import DOCUMENTS
from tui.documents.record_text import RecordText
from tui.pages.base import Page

FORMS = ("escalation", "template_item", "delegation")
"""Types whose forms have fields of every kind."""
PLAIN = {"HelpPage", "NoticesPage", "SettingsPage", "TypesPage", "MembersPage"}
"""Pages that show nothing of any record."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Ids]]:
    """The book, and its records by type."""
    home = tmp_path_factory.mktemp("nonsense") / "book"
    yield home, nonsense_book.make(home)
    shutil.rmtree(home)


@pytest.fixture
def ids(written: tuple[Path, Ids]) -> Ids:
    """Its records by type."""
    return written[1]


@pytest.fixture
def odd(written: tuple[Path, Ids]) -> Iterator[Workspace]:
    """That book; what is typed on the walk is not kept."""
    workspace = open_book(written[0])
    project = written[1]["project"][0]
    workspace.change(replace(workspace.settings, lang="zh", project=project))
    yield workspace
    workspace.close()
    drafts = Drafts(written[0])
    for draft in drafts.all():
        drafts.drop(draft.key, draft.window)


async def seen(app: SiteApp, pilot: Pilot[Any], *keys: str) -> None:
    """The page on top stands, also after each of these keys; then all pages are closed."""
    await quiet(pilot)
    whole(app)
    for key in keys:
        await press(pilot, key)
        whole(app)
    while len(app.screen_stack) > 1:
        app.pop_screen()
        await quiet(pilot)


async def test_every_page_stands(odd: Workspace, ids: Ids) -> None:
    pages = [name for name in sorted(PAGES.keys() - APART - PLAIN) if issubclass(PAGES[name], Page)]
    async with opened(odd, (120, 40)) as (app, pilot):
        await press(pilot, "escape")
        for name in pages:
            way(name).open(app, ids)
            await seen(app, pilot, *way(name).keys)


async def test_every_sheet_and_entry_stands(odd: Workspace, ids: Ids) -> None:
    async with opened(odd, (120, 40)) as (app, pilot):
        await press(pilot, "escape")
        for at in (1, 4, 7):
            app.open_item("sheet", ids["sheet"][at])
            await seen(app, pilot, "end")
            app.open_item("weekly", ids["weekly"][at])
            await seen(app, pilot, "left")


async def test_forms_offer_it_to_be_mended(odd: Workspace, ids: Ids) -> None:
    async with opened(odd, (120, 40)) as (app, pilot):
        await press(pilot, "escape")
        for type in FORMS:
            app.open_form(type, record=odd.book.get(ids[type][0]))
            await seen(app, pilot, "tab", "up", "ctrl+end")


def test_what_is_to_be_reviewed_is_said_beside_it(odd: Workspace, ids: Ids) -> None:
    values = Values(odd)
    parts = RecordView(odd.book, values, odd.book.get(ids["milestone"][0])).fields()
    (due,) = (part for part in parts if part.label and str(part.label) == "计划日期")
    assert "待核对：应为日期" in str(due.body)


def test_every_record_is_told_whole(odd: Workspace, ids: Ids) -> None:
    """What its page and its document say; with a week that is none it has no weekly document."""
    values, reading = Values(odd), RecordText(odd)
    for type in kinds:
        for id in ids[type]:
            record = odd.book.get(id)
            assert RecordView(odd.book, values, record).whole(empty=True)
            plain = registry.subject_of(reading, DOCUMENTS["record"], record)
            assert registry.gather(reading, plain)["number"]
