"""Expected of the checks: the rounds of the day, and those before that are late."""

from __future__ import annotations

from models.book.book import Book
from models.queries.waiting.agenda import AgendaItem, agenda
from models.records.checks import questions
from models.records.checks.rounds import due_rounds
from tests.support.check_days import FRIDAY, MONDAY, go
from tests.support.checks import fine, template


def listed(book: Book) -> list[tuple[str, str, str, bool]]:
    """Group, title, progress, whether it is late."""
    found = [item for item in agenda(book) if item.awaited and item.awaited.type == "sheet"]
    return [(item.group, *_row(item)) for item in found]


def _row(item: AgendaItem) -> tuple[str, str, bool]:
    assert item.awaited is not None
    return item.awaited.title, str(item.awaited.progress()), item.overdue


def test_a_round_tells_how_far_it_is_until_it_is_submitted(
    book: Book, project: str, morning: object
) -> None:
    of = template(book)
    assert listed(book) == [("check", "机房日检", "未开始", False)]
    sheet = due_rounds.begin(book, due_rounds.rounds(book, FRIDAY)[0])
    for place, question in enumerate(questions.questions(book.store, of, project, sheet)):
        assert listed(book) == [("check", "机房日检", f"{place}/3", False)]
        book.add("answer", {"sheet": sheet.id, "item": (id := question.item.id), **fine(book, id)})
    book.move(sheet.id, "submit")
    assert listed(book) == [("check", "机房日检", "已提交", False)]
    go(morning, MONDAY)
    late = ("check", "机房日检（11-22）", "未开始", True)
    assert listed(book) == [late, ("check", "机房日检", "未开始", False)]


def test_a_returned_sheet_is_in_the_group_of_what_was_returned(
    book: Book, project: str, morning: object
) -> None:
    of = template(book)
    sheet = due_rounds.begin(book, due_rounds.rounds(book, FRIDAY)[0])
    for question in questions.questions(book.store, of, project, sheet):
        book.add("answer", {"sheet": sheet.id, "item": (id := question.item.id), **fine(book, id)})
    book.move(sheet.id, "submit")
    book.move(sheet.id, "return", comment="照片缺")
    assert [row[0] for row in listed(book)] == ["returned"]
    assert [item.group for item in agenda(book) if item.awaited and item.awaited.type == "sheet"]


def test_several_periods_are_named_by_their_days(book: Book, project: str, morning: object) -> None:
    template(book, frequency="weekly")
    assert [row[1] for row in listed(book)] == ["机房日检（W47）"]
