"""Attempts: rows of a person that no review of the follow-up decides on."""

from __future__ import annotations

from models.book.book import Book
from models.records.feedback.surveys.survey import Survey
from models.schema.record import kinds
from tests.support import surveys
from tests.support.staff import Staff, no_add


def test_who_only_tried_to_call_may_review(staff: Staff, book: Book, survey: Survey) -> None:
    """The founder has every role; a call that reached nobody is no answer of theirs."""
    assert kinds["survey_attempt"].kind.apart
    for one in surveys.drawn(staff.desk, survey.id):
        surveys.tried(book, one)
        surveys.answer(staff.desk, one)
    staff.desk.move(survey.id, "analyse", {"analysis": "满意"})
    assert "撤回修改" in no_add(staff.desk, "survey_attempt", {"response": one, "result": "later"})
    assert book.move(survey.id, "review").state == "reviewed"
