"""History: who changed which field from what to what."""

from __future__ import annotations

from models.book.book import Book
from models.queries.history import Step, Turn, story


def _story(book: Book, id: str) -> list[Step]:
    record = book.get(id)
    return list(story(type(record), book.change_log.history(record.id)))


def test_creation_edit_move_and_void_are_told_in_order(book: Book, project: str) -> None:
    made = book.add("fix", {"phenomenon": "a"}, project=project)
    book.edit(made.id, {"phenomenon": "b", "cause": "c"})
    book.move(made.id, "fix", {"correction": "d"}, comment="words")
    book.void(made.id, "twice")
    book.restore(made.id)
    born, edited, moved, voided, back = _story(book, made.id)
    assert born.created and Turn("phenomenon", (), "a") in born.turns
    assert set(edited.turns) == {Turn("phenomenon", ("a",), "b"), Turn("cause", (), "c")}
    assert moved.move is not None and moved.move["comment"] == "words"
    assert Turn("state", ("open",), "fixed") in moved.turns
    assert voided.turns == (Turn("void", (), "twice"),)
    assert back.turns == (Turn("void", ("twice",), None),)
    assert [step.seq for step in (born, edited, moved, voided, back)] == [1, 2, 3, 4, 5]
    assert 0 <= born.at - made.recorded < 1000  # noted just before it is logged


def test_a_group_is_told_field_by_field(book: Book) -> None:
    made = book.add("project", {"name": "p", "service_from": "2026-01-01"})
    book.edit(made.id, {"service_to": "2026-12-31"})
    born, edited = _story(book, made.id)
    assert Turn("service_from", (), "2026-01-01") in born.turns
    assert edited.turns == (Turn("service_to", (), "2026-12-31"),)


def test_what_was_resolved_names_all_that_stood_before(book: Book, project: str) -> None:
    made = book.add("fix", {"phenomenon": "a"}, project=project)
    opened = made.dots
    book.edit(made.id, {"cause": "x"}, seen=opened)
    book.edit(made.id, {"cause": "y"}, seen=opened)
    assert [turn.before for step in _story(book, made.id)[1:] for turn in step.turns] == [(), ()]
    book.void(made.id, "r")  # names both values that stand
    assert len(_story(book, made.id)) == 4
