"""Rules of the gates of problems: what is noted at birth, and what no write takes away."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.text.words import Refused


def test_an_undecided_concession_is_withdrawn_and_not_voided(book: Book, project: str) -> None:
    made = book.add("concession", {"situation": "x"}, project=project)
    with pytest.raises(Refused, match="withdraw"):
        book.void(made.id, "重复")
    book.move(made.id, "withdraw", {"withdrawal": "error"}, comment="不需要")
    with pytest.raises(Refused, match="待确认撤回"):
        book.void(made.id, "重复")


def test_a_file_decides_no_concession_that_was_there_before(book: Book, project: str) -> None:
    made = book.add("concession", {"situation": "x"}, project=project)
    with pytest.raises(Refused, match="导入不能改变它的状态"):
        book.imported(made.id, "approved")
    with book.saving():
        new = book.add("concession", {"situation": "y"}, project=project)
        assert book.imported(new.id, "approved").state == "approved"
