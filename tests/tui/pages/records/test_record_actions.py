"""Record actions: one group of commands for every page on which a record is chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.book.book import Book
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.tui.seen import at, opened, press, quiet
from tui.areas.problems.follow_ups import FollowUps
from tui.pages.base import added_groups
from tui.pages.dialogs.text_prompt import TextPrompt
from tui.pages.forms.form_page import FormPage
from tui.pages.home.today_page import TodayPage
from tui.pages.records.move_menu import MoveMenu
from tui.pages.records.record_actions import (
    COPY,
    EDIT,
    MOVES,
    NOTE,
    VOID,
    RecordActions,
    target,
)
from tui.pages.records.record_list import ListPage


class Chosen:
    """A page as far as the choice of a record goes."""

    def __init__(self, book: Book, id: str | None) -> None:
        self.book, self.id = book, id

    def chosen(self) -> str | None:
        """The id that it was given."""
        return self.id


@pytest.fixture
def fix(book: Book, project: str) -> str:
    """The id of a fix."""
    return book.add("fix", {"phenomenon": "泵"}, project=project).id


# -- without an app ----------------------------------------------------------------------------


def test_the_target_is_the_chosen_record(book: Book, fix: str) -> None:
    assert target(Chosen(book, fix)).id == fix  # type: ignore[arg-type]
    with pytest.raises(Refused, match="光标下没有记录"):
        target(Chosen(book, None))  # type: ignore[arg-type]


def test_a_page_may_have_some_of_the_commands_and_then_none_of_the_areas() -> None:
    some = RecordActions.only(MOVES, NOTE)
    assert some.commands() == (MOVES, NOTE) and issubclass(some, RecordActions)
    assert added_groups((some,)) == []
    assert FollowUps in added_groups((RecordActions,))
    assert {EDIT, VOID, COPY} <= set(RecordActions.commands())  # the group itself is as it was


def test_every_command_has_a_key_that_no_input_method_swallows() -> None:
    for command in (*RecordActions.commands(), *FollowUps.commands()):
        assert any(len(key) > 1 for key in command.all_keys), command.id


# -- on a page ---------------------------------------------------------------------------------


async def test_each_command_acts_on_the_record_under_the_cursor(
    workspace: Workspace, book: Book, fix: str
) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_list("fix")
        await quiet(pilot)
        for key, page in (("e", FormPage), ("m", MoveMenu), ("b", FormPage), ("t", TextPrompt)):
            await press(pilot, key)
            at(app, page)
            await press(pilot, "escape")
            at(app, ListPage)
        await press(pilot, "y")
        copy = workspace.home / "copies" / f"{book.get(fix).number}.txt"
        assert "泵" in copy.read_text(encoding="utf-8")


async def test_a_record_is_void_with_its_reason_and_comes_back(
    workspace: Workspace, book: Book, fix: str
) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_record(fix)
        await quiet(pilot)
        await press(pilot, "f8", "escape")
        assert book.get(fix).void is None
        await press(pilot, "f8", "x", "enter")
        assert book.get(fix).void == "x" and "已作废" in app.notices[-1].text
        await press(pilot, "f8")
        assert book.get(fix).void is None and "已恢复" in app.notices[-1].text


async def test_without_a_record_each_command_says_so(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_list("fix")
        await quiet(pilot)
        for key in ("e", "m", "b", "t", "y", "ctrl+e", "f8", "T", "N"):
            await press(pilot, key)
            at(app, ListPage)
            assert app.notices[-1].bad and "没有记录" in app.notices[-1].text, key


async def test_a_move_that_is_not_possible_is_refused_with_its_reason(
    workspace: Workspace, book: Book, fix: str
) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_list("fix")
        await quiet(pilot)
        actions = at(app, ListPage).group(RecordActions)
        with pytest.raises(Refused, match="只能在"):
            actions.make("verify")
        actions.make("escalate")
        await quiet(pilot)
        await press(pilot, "1", "ctrl+s")
        assert book.get(fix).state == "escalated"


async def test_copying_says_where_when_the_disk_fails(
    workspace: Workspace, fix: str, tmp_path: Path
) -> None:
    (workspace.home / "copies").write_text("in the way")
    async with opened(workspace) as (app, pilot):
        app.open_list("fix")
        await quiet(pilot)
        await press(pilot, "y")
        assert app.notices[-1].bad and "不能写入" in app.notices[-1].text
        at(app, ListPage)


async def test_the_first_page_has_what_the_areas_add(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        page = at(app, TodayPage)
        ids = [run.command.id for group in page.groups for run in group.declared]
        assert {"today.inbox", "today.fix", "today.checklist", "today.review"} <= set(ids)
        await press(pilot, "n")
        assert at(app, FormPage).work.type_ == "fix"
