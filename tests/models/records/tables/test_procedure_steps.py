"""Steps of a version: without any, or with one that nobody does, it is not put to use."""

from __future__ import annotations

from models.book.book import Book
from models.records.tables import procedure_steps
from tests.support.staff import no_add, no_move


def steps(book: Book, id: str) -> list[str]:
    """The ids of a version's steps."""
    sql = "SELECT id FROM procedure_step WHERE procedure=? ORDER BY position"
    return [str(row[0]) for row in book.store.rows(sql, (id,))]


def test_every_step_says_who_does_it(book: Book) -> None:
    made = book.add("procedure", {"subject": "complaint_handling"})
    book.edit(steps(book, made.id)[0], {"who": None})
    assert "登记并向客户确认收到”没有写由谁做" in no_move(book, made.id, "use", reason="试")
    for id in steps(book, made.id):
        book.void(id, "全部重写")
    assert "至少要有一个步骤" in no_move(book, made.id, "use", reason="试")


def test_a_code_is_one_that_can_be_typed(book: Book) -> None:
    made = book.add("procedure", {"subject": "complaint_handling"})
    odd = {"procedure": made.id, "code": "第一步", "what_zh": "x", "what_en": "x"}
    assert "不能作代码" in no_add(book, "procedure_step", odd)


def test_an_unknown_procedure_has_no_steps(book: Book) -> None:
    assert procedure_steps.shipped(book, "nothing") == ()
