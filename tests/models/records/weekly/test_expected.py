"""Expected of the weekly status: the entries that a person owes, and how far they are."""

from __future__ import annotations

from typing import Any

from models.book.book import Book
from models.queries.waiting.agenda import agenda
from models.records.weekly import entries
from sync.workspace.workspace import Workspace
from tests.support.entry_weeks import W46, W47, entry, go, submitted
from tests.support.team import acting, admit


def listed(book: Book) -> list[tuple[str, str, str, bool, bool]]:
    """Group, title, progress, overdue, done."""
    found = []
    for item in agenda(book):
        one = item.awaited
        if one is None or one.type != "weekly":
            continue
        found.append((item.group, one.title, str(one.progress()), item.overdue, one.done))
    return found


def test_this_weeks_entry_is_owed_until_it_is_submitted(book: Book, clock: Any) -> None:
    submitted(book, W46)
    assert listed(book) == [("week", "周报 2026-W47", "未填写", False, False)]
    entries.begin(book, entry(book))
    assert listed(book) == [("week", "周报 2026-W47", "草稿", False, False)]
    submitted(book, W47)
    assert listed(book) == [("week", "周报 2026-W47", "已提交", False, True)]


def test_last_weeks_entry_is_overdue_after_noon_of_the_next_working_day(
    clock: Any, book: Book
) -> None:
    go(clock, "11-23 11:59")
    assert [row[3] for row in listed(book) if "W47" in row[1]] == [False]
    go(clock, "11-23 12:01")
    assert [row[3] for row in listed(book) if "W47" in row[1]] == [True]


def test_a_returned_entry_is_in_the_group_of_what_was_returned(book: Book, clock: Any) -> None:
    made = submitted(book, W47)
    book.move(made.id, "return", comment="写细")
    assert [row[0] for row in listed(book) if "W47" in row[1]] == ["returned"]


def test_who_is_no_engineer_owes_none(workspace: Workspace, clock: Any) -> None:
    office = acting(workspace, admit(workspace, "总经办", ["general_office"]))
    assert listed(office) == []
