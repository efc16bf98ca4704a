"""Rules of the gates of problems: what is noted at birth, and what no write takes away."""

from __future__ import annotations

import pytest

from models.book.approval import passage
from models.book.book import Book
from models.derived.gates import HeldState
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


def test_a_concession_notes_the_day_and_what_it_saw_as_passed(book: Book, project: str) -> None:
    done, named, later = (
        book.add("milestone", {"name": name, "due": due}, project=project)
        for name, due in (("到货", "2026-11-01"), ("初验", "2026-12-01"), ("终验", "2027-06-01"))
    )
    book.move(done.id, "done")
    values = {"situation": "x", "milestone": named.id}
    made = book.add("concession", values, project=project).values()
    assert made["held_from"] == "2026-12-01"
    assert set(made["held_then"].split()) == {named.id, later.id}
    assert set(passage.seen(made["passed_before"])) == {done.id}
    assert made["completed_before"] is None
    book.edit(later.id, {"due": "2027-01-01"})
    whole = book.add("concession", {"situation": "x"}, project=project).values()
    assert (whole["held_from"], whole["held_then"]) == (None, None)


def test_a_problem_notes_what_it_saw_only_where_it_names_something(
    book: Book, project: str
) -> None:
    done = book.add("delivery", {"name": "备件"}, project=project)
    book.move(done.id, "deliver")
    plain = book.add("fix", {"phenomenon": "x"}, project=project)
    named = book.add("fix", {"phenomenon": "x", "delivery": done.id}, project=project)
    assert plain.values()["passed_before"] is None
    assert set(passage.seen(named.values()["passed_before"])) == {done.id}
    assert HeldState(book.store).all_held == []
