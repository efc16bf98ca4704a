"""Navigation: pages are opened by name; what was opened last is remembered, newest first."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.book.book import Book
from models.text.words import Refused, W
from sync.workspace.workspace import Workspace
from tests.support import checks
from tests.tui.seen import at, newest, opened, press, quiet
from tui.app.app import SiteApp
from tui.app.navigation import RECENT, page
from tui.app.places import PLACES
from tui.areas.checks.checklist_page import ChecklistPage
from tui.pages.dialogs.text_prompt import TextPrompt
from tui.pages.forms.drafts_dialog import DraftsDialog
from tui.pages.forms.form_page import FormPage
from tui.pages.forms.move_dialog import MoveDialog
from tui.pages.general.notices_page import NoticesPage
from tui.pages.home.search_page import SearchPage
from tui.pages.home.today_page import TodayPage
from tui.pages.records.record_list import ListPage
from tui.pages.records.record_page import RecordPage
from tui.widgets.app_context import Asked

NAMED = Asked("record.void")
ASKED = W("问什么", "What")


@pytest.fixture
def fix(book: Book, project: str) -> str:
    """The id of a fix."""
    return book.add("fix", {"phenomenon": "泵"}, project=project).id


def test_a_page_is_made_of_its_name_and_what_it_is_given() -> None:
    made = page("tui.pages.records.record_page:RecordPage", "some id")
    assert isinstance(made, RecordPage) and made.record_id == "some id"
    with pytest.raises(ModuleNotFoundError):
        page("tui.pages.records.no_page:NoPage")


async def test_records_opened_last_are_remembered_without_repeats(
    workspace: Workspace, book: Book, project: str
) -> None:
    with book.saving():
        ids = [
            book.add("fix", {"phenomenon": f"泵 {n}"}, project=project).id
            for n in range(RECENT + 2)
        ]
    async with opened(workspace) as (app, pilot):
        remembered = app.recent
        for id in (*ids[:2], ids[0]):
            app.open_record(id)
        assert remembered == [ids[0], ids[1]]  # the palette reads the same list all along
        for id in ids:
            app.open_record(id)
        assert remembered == ids[:1:-1] and len(remembered) == RECENT
        await quiet(pilot)


async def test_every_place_opens_over_the_first_page_alone(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_search()
        for place in PLACES:
            await app.navigator.go(place.id)
            await quiet(pilot)
            assert len(app.screen_stack) == (1 if place.id == "today" else 2), place.id
        await app.navigator.close_all()
        at(app, TodayPage)
        assert not app.can_go_back()


async def test_each_kind_of_page_is_opened_by_its_method(workspace: Workspace, fix: str) -> None:
    async with opened(workspace) as (app, pilot):
        notices = ("tui.pages.general.notices_page", "NoticesPage")
        for open_, given, expected in (
            (app.open_record, (fix,), RecordPage),
            (app.open_form, ("fix",), FormPage),
            (app.open_list, ("fix",), ListPage),
            (app.open_search, ("泵",), SearchPage),
            (app.open_item, ("fix", fix), RecordPage),
            (app.open_page, notices, NoticesPage),
        ):
            open_(*given)
            await quiet(pilot)
            at(app, expected)
        assert app.recent == [fix]


async def test_an_item_is_opened_where_it_is_worked_on(
    workspace: Workspace, book: Book, project: str
) -> None:
    values = {"template": checks.template(book, items=()), "day": "2026-11-20", "round": 1}
    sheet = book.add("sheet", values, project=project)
    escalation = book.add("escalation", {"phenomenon": "停机"}, project=project)
    row = book.add("group_member", {"escalation": escalation.id, "person": book.me})
    async with opened(workspace) as (app, pilot):
        app.open_item("sheet", sheet.id)
        await quiet(pilot)
        at(app, ChecklistPage)
        app.open_item("group_member", row.id)  # a row: on the page of what it belongs to
        await quiet(pilot)
        assert at(app, RecordPage).record_id == escalation.id


async def test_what_is_asked_gets_an_answer_only_where_one_is_given(workspace: Workspace) -> None:
    given: list[str] = []
    async with opened(workspace) as (app, pilot):
        app.ask(NAMED, ASKED, given.append)
        await quiet(pilot)
        at(app, TextPrompt)
        await press(pilot, "escape")
        assert given == []
        app.ask(NAMED, ASKED, given.append, given="预填")
        await quiet(pilot)
        await press(pilot, "end", "x", "enter")
        assert given == ["预填x"]


async def test_a_file_is_attached_and_taken_out_again(
    workspace: Workspace, fix: str, tmp_path: Path
) -> None:
    source = tmp_path / "图.txt"
    source.write_text("内容", encoding="utf-8")
    async with opened(workspace) as (app, pilot):
        app.attach(fix)
        await quiet(pilot)
        assert isinstance(app.screen, TextPrompt)
        app.screen.dismiss(str(source))
        await quiet(pilot)
        attachment = newest(workspace, "attachment")
        assert attachment.values()["about"] == fix
        app.open_file(attachment.id)
        assert "已取出到" in app.notices[-1].text
        copies = list((workspace.home / "copies").iterdir())
        assert [one.read_text(encoding="utf-8") for one in copies] == ["内容"]


async def test_a_move_is_made_at_once_or_through_its_dialog(
    workspace: Workspace, book: Book, project: str, fix: str
) -> None:
    async with opened(workspace) as (app, pilot):
        with pytest.raises(Refused):
            app.make_move(fix, "verify")
        app.make_move(fix, "fix")
        await quiet(pilot)
        at(app, MoveDialog)  # it needs what was done
        await press(pilot, "escape")
        values = {"week": "2026-W47", "person": book.me, "progress": "x"}
        other = book.add("weekly", values, project=project)
        app.make_move(other.id, "submit")
        assert book.get(other.id).state == "submitted"


async def test_drafts_are_offered(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_form("fix")
        await quiet(pilot)
        await press(pilot, "x", "escape")
        app.open_drafts()
        await quiet(pilot)
        assert len(at(app, DraftsDialog)._drafts) == 1


def test_the_first_run_has_no_book_to_go_to(tmp_path: Path) -> None:
    app = SiteApp(None, tmp_path)
    assert not app.is_open and app.check_action("go", ("today",)) is False
    assert app.letters and app.corner(80) == ""
