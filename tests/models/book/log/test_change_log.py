"""The change log as the book uses it: the real one keeps what the protocol says."""

from __future__ import annotations

from models.book.book import Book
from models.book.log.change_log import ChangeLog, LoggedChange


def test_a_change_is_logged_with_its_base_and_found_by_its_version(
    book: Book, project: str
) -> None:
    log: ChangeLog = book.change_log
    made = book.add("fix", {"phenomenon": "x"}, project=project)
    book.edit(made.id, {"cause": "y"})
    first, second = log.history(made.id)
    assert isinstance(first, LoggedChange) and first.header is not None and second.header is None
    assert second.seq == first.seq + 1 and second.at > first.at
    assert list(second.base["state"]) == [(log.device, first.seq)]
    assert log.space_of(made.id, log.device, second.seq) == f"p:{project}"
    assert log.space_of(made.id, log.device, second.seq + 1) is None
    assert log.at_of(f"p:{project}", log.device, second.seq) == second.at


def test_a_value_that_was_seen_is_replaced_and_another_stands_side_by_side(book: Book) -> None:
    log: ChangeLog = book.change_log
    old, new = ("d1", 1, 10, "电池"), ("d2", 1, 20, "电容")
    assert log.settle([old], [("d1", 1)], new, None) == (new, [])
    shown, others = log.settle([old], [], new, None)
    assert {shown, *others} == {old, new} and shown == new  # the later one is shown
    rank: dict[object, int] = {"电池": 0, "电容": 1}
    assert log.settle([old], [], new, rank) == (old, [new])  # the less advanced one is shown
