"""Acknowledging by one key: on the record's page, in the inbox, by a command, and on paper; and
what is expected is begun by opening it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.schema.record import Record
from sync.workspace.workspace import Workspace
from tests.support.errands import errands
from tests.tui.seen import SIZES, at, newest, opened, press, quiet, text, whole
from tui.display import move_letters
from tui.documents import registry
from tui.documents.document import RECORD
from tui.documents.record_text import RecordText
from tui.pages.home.inbox_page import InboxPage
from tui.pages.records.record_page import RecordPage


@pytest.fixture(autouse=True)
def types() -> Iterator[None]:
    """The errands, on a Friday morning."""
    with errands(), time_machine.travel(instant(date(2026, 11, 20), 540) / 1000):
        yield


@pytest.fixture
def workspace(types: None, workspace: Workspace) -> Workspace:
    """A workspace begun where the types are known."""
    return workspace


@pytest.fixture
def errand(book: Book, project: str) -> Record:
    """An errand that is done; its person holds every role."""
    made = book.add("errand", {"what": "换锁", "carrier": book.me}, project=project)
    return book.move(made.id, "do")


@pytest.mark.parametrize("size", SIZES)
async def test_one_key_on_the_page_and_it_says_who(
    workspace: Workspace, errand: Record, size: tuple[int, int]
) -> None:
    async with opened(workspace, size) as (app, pilot):
        app.open_record(errand.id)
        await quiet(pilot)
        assert "0/2" in text(app) and "待部门经理、质量专员，11-24前" in text(app)
        await press(pilot, move_letters.letters(errand.kind)["acknowledge"])
        at(app, RecordPage)
        assert "2/2  测试员 11-20" in text(app)
        assert newest(workspace, "acknowledgement").author == workspace.book.me
        whole(app)
        await press(pilot, move_letters.letters(errand.kind)["acknowledge"])
        assert "已经知悉" in app.notices[-1].text


async def test_one_key_in_the_inbox(workspace: Workspace, book: Book, errand: Record) -> None:
    book.move(errand.id, "close")
    async with opened(workspace) as (app, pilot):
        assert "待我知悉  1" in text(app)
        await press(pilot, "i")
        at(app, InboxPage)
        assert "待知悉  1" in text(app) and "a 知悉" in text(app)
        await press(pilot, "space", "space", "space", "a")  # read to its end, then one key
        assert "待我处理  0" in text(app) and "换锁" not in text(app)
    assert newest(workspace, "acknowledgement").values()["about"] == errand.id


def test_paper_lists_who_acknowledged_and_who_has_not(workspace: Workspace, errand: Record) -> None:
    reading = RecordText(workspace)
    subject = registry.subject_of(reading, RECORD, errand)
    moves = registry.gather(reading, subject)["moves"]
    assert [(row["move"], row["by"]) for row in moves[-2:]] == [
        ("知悉", "部门经理"),
        ("知悉", "质量专员"),
    ]
    assert {row["comment"] for row in moves[-2:]} == {"尚未知悉"}
    workspace.book.move(errand.id, "acknowledge")
    moves = registry.gather(reading, subject)["moves"]
    assert (moves[-1]["move"], moves[-1]["by"]) == ("知悉", "测试员")


async def test_opening_what_is_expected_begins_it(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        assert "走访 11-20" in text(app)
        await press(pilot, "enter")
        at(app, RecordPage)
        made = newest(workspace, "visit")
        assert (made.state, made.values()["day"]) == ("open", "2026-11-20")
        await press(pilot, "escape")
        assert text(app).count("走访 11-20") == 1
