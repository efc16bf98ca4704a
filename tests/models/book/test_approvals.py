"""An approval binds to what it saw; what was changed since is named."""

from __future__ import annotations

from models.book.approvals import changed_among, changed_since
from models.book.book import Book
from models.records.problems.escalation import Escalation
from models.records.problems.fix import Fix


def test_what_was_changed_after_the_approval_is_named(book: Book, project: str) -> None:
    made = book.add("escalation", {"phenomenon": "环网断开", "place": "A"}, project=project)
    book.move(made.id, "accept")
    book.move(made.id, "draft", {"solution": "换板卡"})
    assert changed_since(book, book.get(made.id)) == []
    book.move(made.id, "approve")
    assert changed_since(book, book.get(made.id)) == []
    book.edit(made.id, {"cause": "板卡老化"})  # was empty when it was approved
    assert changed_since(book, book.get(made.id)) == []
    book.edit(made.id, {"solution": "换机框", "place": "B"})
    assert changed_since(book, book.get(made.id)) == ["place", "solution"]


def test_sent_back_it_is_no_approval_any_more(book: Book, project: str) -> None:
    made = book.add("escalation", {"phenomenon": "环网断开"}, project=project)
    book.move(made.id, "accept")
    book.move(made.id, "draft", {"solution": "换板卡"})
    book.move(made.id, "approve")
    book.move(made.id, "revise", comment="再想想")
    book.edit(made.id, {"solution": "换机框"})
    assert changed_since(book, book.get(made.id)) == []
    book.move(made.id, "draft")
    book.move(made.id, "approve")
    assert changed_since(book, book.get(made.id)) == []


def test_a_list_is_told_at_once(book: Book, project: str) -> None:
    ids = []
    for at in range(3):
        made = book.add("escalation", {"phenomenon": f"环网断开 {at}"}, project=project)
        book.move(made.id, "accept")
        book.move(made.id, "draft", {"solution": "换板卡"})
        ids.append(made.id)
    book.move(ids[1], "approve")
    book.move(ids[2], "approve")
    book.edit(ids[2], {"solution": "换机框"})
    fix = book.add("fix", {"phenomenon": "泵"}, project=project)
    assert changed_among(book, Escalation, ids) == {ids[2]}
    assert changed_among(book, Fix, [fix.id]) == changed_among(book, Escalation, []) == set()
