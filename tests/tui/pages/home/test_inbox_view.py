"""Inbox view: any record is shown; an area may show its own in another way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from models.book.book import Book
from models.schema.record import Record
from sync.workspace.workspace import Workspace
from tui.areas.weekly.inbox_entry import InboxEntry
from tui.display.parts import plain
from tui.display.values import Values
from tui.pages import registry
from tui.pages.home.inbox_view import InboxView, view_of


@pytest.fixture
def weekly(book: Book, project: str) -> Record:
    """A weekly entry that was handed in."""
    values = {"week": "2026-W47", "person": book.me, "progress": "巡检 5 次"}
    return book.move(book.add("weekly", values, project=project).id, "submit")


@pytest.fixture
def escalation(book: Book, project: str) -> Record:
    """An escalation, reported."""
    return book.add("escalation", {"phenomenon": "停机"}, project=project)


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    """What is registered here is forgotten after the test."""
    before = dict(registry.INBOX_VIEWS)
    yield
    registry.INBOX_VIEWS.clear()
    registry.INBOX_VIEWS.update(before)


def test_a_record_is_called_by_its_type_and_title(workspace: Workspace, escalation: Record) -> None:
    view = view_of(workspace.book, Values(workspace), escalation)
    assert type(view) is InboxView and view.title() == "问题升级  停机"


def test_it_is_read_with_its_moves_and_without_what_can_be_done(
    workspace: Workspace, escalation: Record
) -> None:
    parts = view_of(workspace.book, Values(workspace), escalation).parts()
    said = plain(parts)
    assert "停机" in said and "经过" in said
    assert not [part for part in parts if part.id == "moves:"]  # the inbox has keys for that


def test_a_weekly_entry_is_called_by_its_week_and_read_as_in_the_review(
    workspace: Workspace, weekly: Record
) -> None:
    view = view_of(workspace.book, Values(workspace), weekly)
    assert isinstance(view, InboxEntry) and view.title() == "周报 2026-W47"
    said = plain(view.parts())
    assert "测试员  2026-W47  测试项目" in said and "巡检 5 次" in said


def test_an_area_registers_a_view_by_its_name(workspace: Workspace, escalation: Record) -> None:
    registry.INBOX_VIEWS["escalation"] = f"{__name__}:Short"
    view = view_of(workspace.book, Values(workspace), escalation)
    assert view.title() == escalation.number and view.parts()


class Short(InboxView):
    """A record by its number alone."""

    def title(self) -> str:
        """The number."""
        return str(self.record.number)
