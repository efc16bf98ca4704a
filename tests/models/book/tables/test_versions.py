"""Versions: the highest version in use is in force, and what no device here wrote does no harm."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.book.derived_state import shown_state
from models.book.tables import versions
from models.schema.company_tables import RULES, WORDS


def put(book: Book, reason: str) -> str:
    """A new version in use; its id."""
    made = book.add("vocabulary", {"subject": "cause_class"})
    book.move(made.id, "use", {"reason": reason})
    return made.id


def test_the_highest_version_in_use_is_in_force_and_shown_so(book: Book) -> None:
    assert versions.in_force(book.store, WORDS) == {}
    first, second = put(book, "一"), put(book, "二")
    assert versions.in_force(book.store, WORDS)["cause_class"].id == second
    states = [shown_state(book.store, book.get(id)).name for id in (first, second)]
    assert states == ["replaced", "in_use"]
    book.move(second, "withdraw", comment="有误")
    assert versions.in_force(book.store, WORDS)["cause_class"].id == first
    assert shown_state(book.store, book.get(first)).name == "in_use"
    assert versions.in_force(book.store, RULES) == {}


def test_a_version_used_again_is_what_it_was(book: Book) -> None:
    first = put(book, "一")
    before = book.get(first).values()["content"]
    book.move(first, "withdraw", comment="有误")
    (term,) = book.store.rows("SELECT id FROM term WHERE code='user'")[0]
    with book.saving():
        book.writer.write(book.get(term), "company", {"word_zh": "改"}, book.get(term).dots)
    book.move(first, "use")
    assert book.get(first).values()["content"] == before


@pytest.mark.parametrize(
    "odd", ["", "x", "{}", "[1]", "[" * 50_000, '[{"a":1,"a":2}]', "null", '["x"]']
)
def test_odd_content_is_no_table(book: Book, odd: str) -> None:
    assert versions.rows_in(odd) is None
    first = put(book, "一")
    with book.store.write():
        book.store.db.execute_sql("UPDATE vocabulary SET content=? WHERE id=?", (odd, first))
    assert versions.in_force(book.store, WORDS) == {}


def test_a_look_costs_no_query_of_a_table(book: Book) -> None:
    put(book, "一")
    versions.in_force(book.store, WORDS)
    asked: list[str] = []
    book.store.db.connection().set_trace_callback(asked.append)
    for _ in range(100):
        versions.in_force(book.store, WORDS)
    book.store.db.connection().set_trace_callback(None)
    assert set(asked) == {"PRAGMA data_version"}
