"""Conflicts: different values that stand beside each other, the shown one first."""

from __future__ import annotations

from models.book.book import Book
from models.book.conflict.conflicts import all_conflicts, conflicts_of, count
from models.schema.record import Record


def _torn(book: Book, project: str, field: str, *values: object) -> Record:
    made = book.add("fix", {"phenomenon": "a"}, project=project, ref="R")
    for value in values:
        book.edit(made.id, {field: value}, seen=made.dots)
    return book.get(made.id)


def test_two_values_written_unseen_are_one_conflict(book: Book, project: str) -> None:
    record = _torn(book, project, "cause", "x", "y")
    (found,) = all_conflicts(book)
    assert (found.record.id, found.field) == (record.id, "cause")
    assert [stand.value for stand in found.stands] == ["y", "x"]
    assert [stand.shown for stand in found.stands] == [True, False]
    assert record.values()["cause"] == "y"
    assert {stand.author for stand in found.stands} == {book.me}
    assert {stand.device for stand in found.stands} == {book.change_log.device}
    assert [stand.seq for stand in found.stands] == [3, 2]
    assert count(book) == 1 and conflicts_of(book, record) == [found]


def test_equal_values_are_no_conflict(book: Book, project: str) -> None:
    record = _torn(book, project, "cause", "x", "x")
    assert count(book) == 0 and conflicts_of(book, record) == []


def test_three_values_stand_together_and_an_edit_takes_only_the_shown_one(
    book: Book, project: str
) -> None:
    record = _torn(book, project, "cause", "x", "y", "z")
    assert [len(found.stands) for found in all_conflicts(book)] == [3]
    book.edit(record.id, {"cause": "w"}, seen=record.dots)
    (found,) = all_conflicts(book)
    assert {stand.value for stand in found.stands} == {"w", "x", "y"}


def test_many_records_come_page_by_page(book: Book, project: str) -> None:
    with book.saving():
        for number in range(230):
            made = book.add("fix", {"phenomenon": str(number)}, project=project)
            book.edit(made.id, {"cause": "x"}, seen=made.dots)
            book.edit(made.id, {"cause": "y"}, seen=made.dots)
    assert count(book) == 230
