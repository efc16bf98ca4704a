"""An approval binds to what it saw; what was changed since is named."""

from __future__ import annotations

from models.book.approval.approvals import changed_after, changed_among, changed_since
from models.book.book import Book
from tests.support.escalations import taken_up


def test_what_was_changed_after_the_approval_is_named(book: Book, project: str) -> None:
    made = book.add("escalation", {"phenomenon": "环网断开", "place": "A"}, project=project)
    book.move(made.id, "accept", taken_up(book))
    book.move(made.id, "draft", {"solution": "换板卡"})
    assert changed_since(book.store, book.get(made.id)) == ()
    book.move(made.id, "approve")
    assert changed_since(book.store, book.get(made.id)) == ()
    book.edit(made.id, {"solution": "换机框", "place": "B"})
    assert registers(book, made.id) == ["place", "solution"]


def test_what_was_empty_and_is_filled_since_is_named(book: Book, project: str) -> None:
    made = approved(book, project)
    book.edit(made, {"advice": "另换机柜"})
    assert registers(book, made) == ["advice"]


def test_what_a_later_move_asks_for_is_the_work_and_no_change(book: Book, project: str) -> None:
    made = approved(book, project)
    book.edit(made, {"measure": "板卡已换"})
    assert registers(book, made) == []


def test_sent_back_it_is_no_approval_any_more(book: Book, project: str) -> None:
    made = book.add("escalation", {"phenomenon": "环网断开"}, project=project)
    book.move(made.id, "accept", taken_up(book))
    book.move(made.id, "draft", {"solution": "换板卡"})
    book.move(made.id, "approve")
    book.move(made.id, "revise", comment="再想想")
    book.edit(made.id, {"solution": "换机框"})
    assert changed_since(book.store, book.get(made.id)) == ()
    book.move(made.id, "draft")
    book.move(made.id, "approve")
    assert changed_since(book.store, book.get(made.id)) == ()


def test_a_list_is_told_at_once(book: Book, project: str) -> None:
    ids = []
    for at in range(3):
        made = book.add("escalation", {"phenomenon": f"环网断开 {at}"}, project=project)
        book.move(made.id, "accept", taken_up(book))
        book.move(made.id, "draft", {"solution": "换板卡"})
        ids.append(made.id)
    book.move(ids[1], "approve")
    book.move(ids[2], "approve")
    book.edit(ids[2], {"solution": "换机框"})
    fix = book.add("fix", {"phenomenon": "泵"}, project=project)
    assert changed_among(book.store, ids) == {ids[2]}
    assert changed_among(book.store, [fix.id]) == changed_among(book.store, []) == set()
    assert changed_after(book.store, book.me) == [("escalation", ids[2])]


def approved(book: Book, project: str) -> str:
    """An escalation whose solution is approved."""
    made = book.add("escalation", {"phenomenon": "环网断开", "place": "A"}, project=project)
    book.move(made.id, "accept", taken_up(book))
    book.move(made.id, "draft", {"solution": "换板卡"})
    return book.move(made.id, "approve").id


def registers(book: Book, id: str) -> list[str]:
    """The registers that differ from what was approved."""
    return [place.register for place in changed_since(book.store, book.get(id))]
