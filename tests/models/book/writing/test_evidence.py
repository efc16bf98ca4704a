"""The evidence of a decision is a file of the very record."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.book.writing.evidence import newest_file, require_evidence
from models.schema.lifecycle import Move
from models.schema.record import Record
from models.text.words import Refused, W

SUM = "0" * 64
APPROVE = Move(
    id="approve",
    label=W("批准", "Approve"),
    from_=("open",),
    to="closed",
    fills={"evidence": "attached", "decided_at": "now"},
)


def attach(book: Book, record: Record, name: str = "函.pdf") -> Record:
    return book.add("attachment", {"about": record.id, "name": name, "sha256": SUM})


@pytest.fixture
def fix(book: Book, project: str) -> Record:
    return book.add("fix", {"phenomenon": "甲"}, project=project)


def test_the_newest_file_in_use_is_meant(book: Book, fix: Record) -> None:
    assert newest_file(book.store, fix.id) is None
    first, second = attach(book, fix), attach(book, fix)
    assert newest_file(book.store, fix.id) == second.id
    book.void(second.id, "传错了")
    assert newest_file(book.store, fix.id) == first.id


def test_a_file_of_another_record_or_none_is_refused(book: Book, project: str, fix: Record) -> None:
    other = attach(book, book.add("fix", {"phenomenon": "乙"}, project=project))
    mine = attach(book, fix)
    require_evidence(book.find, fix, APPROVE, {"evidence": mine.id})
    for given in (other.id, fix.id, "nothing", None):
        with pytest.raises(Refused, match=fix.number):
            require_evidence(book.find, fix, APPROVE, {"evidence": given})
    book.void(mine.id, "传错了")
    with pytest.raises(Refused):
        require_evidence(book.find, fix, APPROVE, {"evidence": mine.id})


def test_a_move_without_evidence_asks_for_none(book: Book, fix: Record) -> None:
    plain = Move(id="x", label=W("改", "X"), from_=("open",), to="closed", fills={"at": "now"})
    require_evidence(book.find, fix, plain, {})
