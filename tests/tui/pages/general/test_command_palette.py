"""The palette: every command that works here, types and recent records, in zh, en and initials."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.schema.record import kinds
from models.text.pinyin import initials_of
from sync.workspace.workspace import Workspace
from tests.tui.seen import SIZES, at, opened, press, quiet, whole
from tui.areas.preparation.confirmations_page import ConfirmationsPage
from tui.forms.editors.initials import initials
from tui.pages.general.available_commands import doables
from tui.pages.general.command_palette import Palette, _sensible
from tui.pages.home.search_page import SearchPage
from tui.pages.records.record_list import ListPage
from tui.widgets.commands import declared
from tui.widgets.document_view import DocumentView
from tui.widgets.filter_line import Query


def shown(app: object) -> list[str]:
    """Ids of the entries in their order."""
    return [part.id for part in app.screen.query_one(DocumentView).parts if part.id]  # type: ignore[attr-defined]


@pytest.mark.shows(67)
async def test_every_command_that_works_here_is_there(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "3")
        here = {one.id for one in doables(app.screen) if one.enabled and _sensible(one)}
        assert {"list.new", "list.filter", "record.move", "app.language", "go.weekly"} <= here
        await press(pilot, "ctrl+p")
        at(app, Palette)
        assert here <= set(shown(app))
        assert {f"new.{name}" for name, cls in kinds.items() if cls.kind.menu} <= set(shown(app))


@pytest.mark.shows(67)
@pytest.mark.parametrize("words", ["xjxccz", "新建现场", "new on-site", "new fix"])
async def test_found_in_both_languages_and_by_initials(workspace: Workspace, words: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "7", "f10")
        app.screen.query_one(Query).value = words
        await quiet(pilot)
        assert shown(app)[0] == "new.fix"


async def test_enter_runs_the_first_and_the_palette_is_gone(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "ctrl+p", *"list of esc", "enter")
        assert at(app, ListPage).cls.kind.name == "escalation"
        await press(pilot, "ctrl+p", *"filter", "enter")
        at(app, ListPage)
        assert app.screen.query_one(Query).has_focus
        await press(pilot, "ctrl+p", "down", "escape")
        at(app, ListPage)


async def test_a_page_whose_key_means_something_else_here_is_found_all_the_same(
    workspace: Workspace, book: Book, project: str
) -> None:
    made = book.add("fix", {"phenomenon": "告警"}, project=project)
    async with opened(workspace) as (app, pilot):
        app.open_record(made.id)
        await press(pilot, "ctrl+p")
        app.screen.query_one(Query).value = "过程确认"
        await quiet(pilot)
        assert shown(app)[0] == "go.confirmations"
        await press(pilot, "enter")
        at(app, ConfirmationsPage)
        await press(pilot, "ctrl+p")
        assert len(shown(app)) == len(set(shown(app)))


async def test_records_opened_lately_are_one_entry_away(
    workspace: Workspace, book: Book, project: str
) -> None:
    made = book.add("fix", {"phenomenon": "[/] 泵"}, project=project)
    async with opened(workspace) as (app, pilot):
        app.open_record(made.id)
        await press(pilot, "escape", "ctrl+p", *made.number.lower())
        assert shown(app) == [f"record.{made.id}", "find"]
        whole(app)
        await press(pilot, "enter")
        assert app.screen.record_id == made.id


@pytest.mark.parametrize("size", SIZES)
async def test_it_fits(workspace: Workspace, size: tuple[int, int]) -> None:
    async with opened(workspace, size) as (app, pilot):
        for _ in range(2):
            await press(pilot, "ctrl+p")
            whole(app)
            await press(pilot, "end")
            whole(app)
            await press(pilot, "escape", "f9")


async def test_what_is_no_command_is_looked_for_in_the_records(
    workspace: Workspace, book: Book, project: str
) -> None:
    made = book.add("fix", {"phenomenon": "zzzzz {泵}"}, project=project)
    async with opened(workspace) as (app, pilot):
        await press(pilot, "ctrl+p", *"zzzzz")
        assert shown(app) == ["find"]
        await press(pilot, "enter")
        at(app, SearchPage)
        assert shown(app) == [f"hit:{made.id}"]


def test_initials_are_those_of_the_dictionary() -> None:
    words = [cls.kind.label.zh for cls in kinds.values()]
    words += [move.label.zh for cls in kinds.values() for move in cls.kind.moves]
    words += [command.word.zh for command in declared.values()]
    assert len(words) > 60
    wrong = {w: (initials(w), initials_of(w)) for w in words if initials(w) != initials_of(w)}
    assert not wrong
