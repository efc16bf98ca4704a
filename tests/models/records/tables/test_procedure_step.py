"""Steps: rows of a version, in order, named by a code."""

from __future__ import annotations

from models.book.book import Book
from models.book.rows.child_rows import rows_of
from models.schema.record import kinds
from tests.support.staff import no_add


def test_steps_are_in_order_and_named_once(book: Book) -> None:
    made = book.add("procedure", {"subject": "customer_communication"})
    rows = rows_of(book.store, made, kinds["procedure_step"])
    assert [row.values()["code"] for row in rows] == ["plan", "record", "promises", "check"]
    again = {"procedure": made.id, "code": "plan", "what_zh": "x", "what_en": "x"}
    assert rows[0].number in no_add(book, "procedure_step", again)
