"""Answering: one durable save a mark, limits, reasons, and marks taken back."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.records.checks import answering, questions
from models.records.checks.rounds import due_rounds
from models.text.words import Refused
from tests.support.check_days import FRIDAY
from tests.support.checks import template

pytestmark = pytest.mark.usefixtures("morning")


def test_a_measured_value_beyond_its_limits_is_not_ok_by_itself(book: Book, project: str) -> None:
    of = template(book)
    sheet = due_rounds.begin(book, due_rounds.rounds(book, FRIDAY)[0])
    asked = questions.questions(book.store, of, project, sheet)
    hot = answering.measure(book, sheet.id, asked[1], "２８，５")
    assert (hot.result, hot.reading) == ("not_ok", "28.5")
    asked = questions.questions(book.store, of, project, sheet)
    with pytest.raises(Refused, match="超出上限 27，标为正常需要写明原因"):
        answering.mark(book, sheet.id, asked[1], "ok", reading="28.5")
    fine = answering.measure(book, sheet.id, asked[1], "28.5", "复测后在限值内")
    assert (fine.result, fine.reading, fine.reason) == ("ok", "28.5", "复测后在限值内")
    with pytest.raises(Refused, match="“热”不是数字"):
        answering.measure(book, sheet.id, asked[1], "热")


def test_a_mark_can_be_taken_back_and_given_again(book: Book, project: str) -> None:
    of = template(book)
    sheet = due_rounds.begin(book, due_rounds.rounds(book, FRIDAY)[0])
    first = questions.questions(book.store, of, project, sheet)[0]
    made = answering.mark(book, sheet.id, first, "not_ok")
    first = questions.questions(book.store, of, project, sheet)[0]
    assert first.result == "not_ok"
    assert answering.mark(book, sheet.id, first, None).result is None
    assert len(questions.unanswered(book.store, sheet)) == 3
    book.void(made.id, "撤销")
    bare = questions.questions(book.store, of, project, sheet)[0]
    assert bare.answer is None
    assert answering.mark(book, sheet.id, bare, "ok").id == made.id


def test_one_mark_is_one_durable_save(book: Book, project: str) -> None:
    of = template(book)
    sheet = due_rounds.begin(book, due_rounds.rounds(book, FRIDAY)[0])
    told: list[set[tuple[str, str]]] = []
    book.saved.append(told.append)
    first = questions.questions(book.store, of, project, sheet)[0]
    made = answering.mark(book, sheet.id, first, "ok")
    assert told == [{("answer", made.id)}]


@pytest.mark.shows(60)
def test_skipping_says_why(book: Book, project: str) -> None:
    of = template(book)
    sheet = due_rounds.begin(book, due_rounds.rounds(book, FRIDAY)[0])
    first = questions.questions(book.store, of, project, sheet)[0]
    with pytest.raises(Refused, match="需要写明原因"):
        answering.mark(book, sheet.id, first, "na")
    assert answering.mark(book, sheet.id, first, "na", reason="设备停用").result == "na"


def test_what_a_person_marked_not_ok_stays_when_its_reading_is_fine(
    book: Book, project: str
) -> None:
    of = template(book, project)
    sheet = due_rounds.begin(book, due_rounds.rounds(book, FRIDAY)[0])

    def asked() -> questions.ChecklistQuestion:
        return questions.questions(book.store, of, project, sheet)[1]

    answering.mark(book, sheet.id, asked(), "not_ok")
    kept = answering.measure(book, sheet.id, asked(), "22")
    assert (kept.result, kept.reading) == ("not_ok", "22")
    assert answering.measure(book, sheet.id, asked(), "23").result == "not_ok"
    assert answering.mark(book, sheet.id, asked(), "ok", reading="23").result == "ok"


def test_what_the_limits_made_not_ok_is_ok_when_measured_again(book: Book, project: str) -> None:
    of = template(book, project)
    sheet = due_rounds.begin(book, due_rounds.rounds(book, FRIDAY)[0])

    def asked() -> questions.ChecklistQuestion:
        return questions.questions(book.store, of, project, sheet)[1]

    assert answering.measure(book, sheet.id, asked(), "99").result == "not_ok"
    assert answering.measure(book, sheet.id, asked(), "22").result == "ok"
    answering.mark(book, sheet.id, asked(), "na", reason="设备停用")
    measured = answering.measure(book, sheet.id, asked(), "22")
    assert (measured.result, measured.reason) == ("ok", None)


def test_without_limits_a_reading_gives_no_result(book: Book, project: str) -> None:
    """No limits are no verdict: what a range in words means is for a person to say."""
    free = {"text_zh": "机房温度", "answer_kind": "reading", "expected": "18~27"}
    of = template(book, project, (free,))
    sheet = due_rounds.begin(book, due_rounds.rounds(book, FRIDAY)[0])

    def asked() -> questions.ChecklistQuestion:
        return questions.questions(book.store, of, project, sheet)[0]

    taken = answering.measure(book, sheet.id, asked(), "99")
    assert (taken.result, taken.reading) == (None, "99")
    answering.mark(book, sheet.id, asked(), "ok", reading="99")
    assert answering.measure(book, sheet.id, asked(), "99").result == "ok"
    assert answering.measure(book, sheet.id, asked(), "100").result is None
    answering.mark(book, sheet.id, asked(), "not_ok", reading="100")
    assert answering.measure(book, sheet.id, asked(), "20").result == "not_ok"
    assert answering.measure(book, sheet.id, asked(), "20", "客户认可").result == "ok"


def test_a_number_that_can_be_read_in_two_ways_says_so(book: Book, project: str) -> None:
    of = template(book)
    sheet = due_rounds.begin(book, due_rounds.rounds(book, FRIDAY)[0])
    asked = questions.questions(book.store, of, project, sheet)
    with pytest.raises(Refused, match=r"“1,234”不是数字：逗号.*请写成 1234 或 1\.234"):
        answering.measure(book, sheet.id, asked[1], "1,234")
