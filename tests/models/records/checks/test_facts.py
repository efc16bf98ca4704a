"""Facts about checklists: odd answers are counted on the sheet, and gone once they are settled."""

from __future__ import annotations

from models.book.book import Book
from models.book.derived_state import StateView
from models.queries.facts import facts_of
from models.text.words import language
from tests.support import checks


def told(book: Book, sheet: str) -> list[str]:
    """What is said of a sheet besides its state."""
    found = facts_of(book, book.get(sheet), StateView(book.store))
    return [fact.short for fact in found if fact.short]


def test_a_sheet_tells_its_odd_answers_until_they_are_settled(book: Book, project: str) -> None:
    of = checks.template(book, project)
    values = {"template": of, "day": "2026-11-20", "round": 1}
    sheet = book.add("sheet", values, project=project).id
    answers = [
        book.add("answer", {"sheet": sheet, "item": item, **checks.fine(book, item)}).id
        for item in checks.items(book, of)
    ]
    assert told(book, sheet) == []
    checks.forge(book, answers[1], reading="99")
    assert told(book, sheet) == ["1 项超限却标为正常"]
    checks.forge(book, answers[1])
    assert told(book, sheet) == ["1 项缺测量值却标为正常"]
    language.now = "en"
    assert told(book, sheet) == ["1 marked ok without a reading"]
    book.edit(answers[1], {"result": "not_ok"})
    assert told(book, sheet) == []


def test_a_day_far_after_it_was_recorded_is_told(book: Book, project: str) -> None:
    of = checks.template(book, project)
    values = {"template": of, "day": "2026-11-20", "round": 1}
    sheet = book.add("sheet", values, project=project).id
    with book.store.write():
        book.store.db.execute_sql("UPDATE sheet SET day='2099-01-01' WHERE id=?", (sheet,))
    assert told(book, sheet) == ["日期 2099-01-01 晚于登记时"]
