"""The menu of moves: those possible now first; a digit, a letter or Enter makes one."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.schema.record import Record
from sync.workspace.workspace import Workspace
from tests.support.escalations import ESCALATED
from tests.support.visits import visits
from tests.tui.seen import SIZES, at, opened, press, quiet, text, whole
from tui.pages.records.move_menu import MoveMenu
from tui.pages.records.record_page import RecordPage
from tui.widgets.document_view import DocumentView


@pytest.fixture
def fix(book: Book, project: str) -> Record:
    """A fix with all that its first move needs."""
    return book.add(
        "fix", {"phenomenon": "泵", "cause": "老化", "correction": "更换"}, project=project
    )


@pytest.mark.parametrize("size", SIZES)
async def test_possible_moves_come_first_and_the_others_say_why_not(
    workspace: Workspace, fix: Record, size: tuple[int, int]
) -> None:
    async with opened(workspace, size) as (app, pilot):
        app.open_record(fix.id)
        await quiet(pilot)
        await press(pilot, "m")
        menu = at(app, MoveMenu)
        parts = menu.query_one(DocumentView).parts
        open_ = [bool(part.id) for part in parts]
        assert open_ == sorted(open_, reverse=True) and 0 < sum(open_) < len(open_)
        seen = text(app)
        assert f"{fix.number}" in seen and "现为“待处理”" in seen
        assert "其他状态下可用" in seen
        whole(app)


@pytest.mark.parametrize(("key", "state"), [("x", "escalated"), ("2", "escalated")])
async def test_a_digit_or_the_letter_of_the_move_makes_it(
    workspace: Workspace, book: Book, fix: Record, key: str, state: str
) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_record(fix.id)
        await quiet(pilot)
        await press(pilot, "m", key)
        await quiet(pilot)
        await press(pilot, "1", "ctrl+s")  # both ask something; nothing is made before
        at(app, RecordPage)
        assert book.get(fix.id).state == state


async def test_a_move_that_is_not_possible_has_no_key_and_esc_makes_none(
    workspace: Workspace, book: Book, fix: Record
) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_record(fix.id)
        await quiet(pilot)
        await press(pilot, "m", "v", "9")
        at(app, MoveMenu)
        await press(pilot, "escape")
        at(app, RecordPage)
        assert book.get(fix.id).state == "open"


async def test_what_another_process_does_meanwhile_is_shown(
    workspace: Workspace, book: Book, fix: Record
) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_record(fix.id)
        await quiet(pilot)
        await press(pilot, "m")
        book.move(fix.id, "escalate", ESCALATED)
        await quiet(pilot)
        assert "现为“已升级”" in text(app)
        await press(pilot, "x")
        assert book.get(fix.id).state == "escalated"


async def test_rows_that_a_move_needs_are_named_in_the_menu(
    workspace: Workspace, book: Book, project: str
) -> None:
    with visits():
        workspace.store.grow()
        made = book.add("visit", {"subject": "年底走访"}, project=project)
        async with opened(workspace, (120, 40)) as (app, pilot):
            app.open_record(made.id)
            await quiet(pilot)
            await press(pilot, "m")
            at(app, MoveMenu)
            assert "至少需要 1 条要点" in text(app)
