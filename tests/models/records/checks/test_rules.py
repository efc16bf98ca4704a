"""Rules of the checklists: results and reasons, by every door of the book."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.records.checks import due_rounds, questions
from models.schema.record import Record
from models.text.words import Refused
from tests.support.check_days import FRIDAY
from tests.support.checks import ITEMS, template

pytestmark = pytest.mark.usefixtures("morning")


def begun(book: Book, *items: dict[str, object]) -> Record:
    """The sheet of the day's only round, on its first save."""
    template(book, items=items or ITEMS)
    return due_rounds.begin(book, due_rounds.rounds(book, FRIDAY)[0])


def answer(book: Book, project: str, sheet: Record, place: int, **values: object) -> Record:
    """An answer to the item at a place."""
    asked = questions.questions(book.store, str(sheet.values()["template"]), project, None)
    given = {"sheet": sheet.id, "item": asked[place].item.id, **values}
    return book.add("answer", given)


@pytest.mark.parametrize("result", ["na", "unchecked"])
def test_an_absent_result_has_its_reason(book: Book, project: str, result: str) -> None:
    sheet = begun(book)
    with pytest.raises(Refused, match="需要写明原因"):
        answer(book, project, sheet, 0, result=result)
    made = answer(book, project, sheet, 0, result=result, reason="设备停用")
    with pytest.raises(Refused, match="需要写明原因"):
        book.edit(made.id, {"result": result, "reason": None})
    assert book.edit(made.id, {"result": "ok", "reason": None}).values()["reason"] is None
    with pytest.raises(Refused, match="需要写明原因"):
        book.edit(made.id, {"result": result})


def test_a_sheet_is_submitted_with_a_result_for_every_item(book: Book, project: str) -> None:
    many: list[dict[str, object]] = [
        {"text_zh": f"项 {n}", "text_en": f"Item {n}"} for n in range(5)
    ]
    sheet = begun(book, *many)
    answer(book, project, sheet, 0, result="ok")
    with pytest.raises(Refused, match="还有 4 项没有结果：项 1、项 2、项 3…"):
        book.move(sheet.id, "submit")
    for place in (1, 2, 3):
        answer(book, project, sheet, place, result="not_ok")
    with pytest.raises(Refused, match="还有 1 项没有结果：项 4。"):
        book.move(sheet.id, "submit")
    answer(book, project, sheet, 4, result="unchecked", reason="钥匙不在")
    assert book.move(sheet.id, "submit").state == "submitted"
