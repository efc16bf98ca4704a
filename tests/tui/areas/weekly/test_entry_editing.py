"""Entry editing: what is filled in beforehand is saved along, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from models.book.book import Book
from models.calendar.working_calendar import BUNDLED
from models.records.weekly import prefill, problem_intake
from models.text.words import Refused
from tests.support.entry_weeks import W47, entry, fix, go, the
from tui.areas.weekly.entry_editing import EntryEditing

COMPUTED = "现场处置：处理 1 项，关闭 0 项。"


@pytest.fixture(autouse=True)
def friday() -> Iterator[Any]:
    """A Friday afternoon in week 47."""
    with time_machine.travel(0, tick=False) as clock:
        go(clock, "11-20 16:00")
        yield clock


@pytest.fixture
def solved(book: Book, project: str) -> str:
    """A fix put right this week."""
    return fix(book, project).id


def editing(book: Book) -> EntryEditing:
    """This week's entry as it is shown now."""
    due = entry(book)
    return EntryEditing(book, due, prefill.beforehand(book, due, BUNDLED))


def test_an_entry_never_saved_has_no_record(book: Book, project: str) -> None:
    fresh = editing(book)
    assert fresh.why_not_submit() is None
    with pytest.raises(Refused, match="还没有保存过"):
        fresh.record()
    assert book.store.rows("SELECT count(*) FROM weekly") == [(0,)]


def test_handing_in_saves_what_is_shown_and_its_problems(book: Book, solved: str) -> None:
    weekly = editing(book).submit()
    assert (weekly.state, weekly.progress) == ("submitted", COMPUTED)
    (row,) = problem_intake.problems_of(book.store, weekly.id)
    assert (row.source, row.outcome) == (solved, "solved")
    again = editing(book)
    assert again.record().id == weekly.id and again.why_not_submit() is not None


def test_editing_saves_what_is_filled_in_beforehand_once(book: Book, solved: str) -> None:
    weekly = editing(book).saved()
    assert (weekly.state, weekly.progress) == ("draft", COMPUTED)
    later = EntryEditing(book, entry(book), {})
    told: list[object] = []
    book.saved.append(told.append)
    assert later.saved().dots == weekly.dots and told == []


def test_the_status_goes_round(book: Book, project: str) -> None:
    found = []
    for _ in range(5):
        found.append(editing(book).next_health().health)
    assert found == ["green", "yellow", "red", None, "green"]


def test_a_status_of_another_version_goes_to_none(book: Book, project: str) -> None:
    weekly = editing(book).saved()
    with book.store.write():
        book.store.db.execute_sql("UPDATE weekly SET health='mauve' WHERE id=?", (weekly.id,))
    assert editing(book).next_health().health is None


def test_the_computed_text_is_appended(book: Book, solved: str) -> None:
    values = {"week": W47, "person": book.me, "progress": "我自己写的"}
    book.add("weekly", values, project=the(book).id)
    weekly = editing(book).append_computed("progress", BUNDLED)
    assert weekly.progress == f"我自己写的\n{COMPUTED}"


def test_without_a_text_the_computed_one_is_all(book: Book, solved: str) -> None:
    assert editing(book).append_computed("progress", BUNDLED).progress == COMPUTED


def test_only_texts_are_computed_and_only_where_there_is_something(
    book: Book, project: str
) -> None:
    for field in ("health", "hours", "no_such"):
        with pytest.raises(Refused, match="请先把光标移到一段文字上"):
            editing(book).append_computed(field, BUNDLED)
    with pytest.raises(Refused, match="没有可以预先填写的内容"):
        editing(book).append_computed("next_week", BUNDLED)


def test_what_was_changed_meanwhile_is_not_overwritten_silently(book: Book, project: str) -> None:
    weekly = editing(book).saved()
    old = editing(book)
    book.edit(weekly.id, {"progress": "另一台设备写的"})
    old.next_health()  # another field: both stay
    now = editing(book).record()
    assert (now.progress, now.health) == ("另一台设备写的", "green")
