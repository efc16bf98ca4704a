"""Problem actions: what an item that is not ok leads to next, and what it does not."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.records.checks.answer import Answer
from models.text.words import Refused
from tests.support.escalations import ESCALATED
from tui.areas.checks.sheet.problem_actions import ProblemStep, not_ok_question, problem_step
from tui.areas.checks.sheet.sheet_answering import SheetAnswering

pytestmark = pytest.mark.usefixtures("friday")


@pytest.fixture
def answer(sheet: SheetAnswering) -> Answer:
    """The temperature, above its limit."""
    made = sheet.measure(sheet.questions[1], "29").answer
    sheet.read()
    return made


def raised(book: Book, type: str, answer: Answer) -> str:
    """A problem made of what the answer says; its id."""
    step = problem_step(book, answer, type)
    assert step.record is None
    return book.add(type, step.values, project=answer.project).id


@pytest.mark.parametrize("type", ["fix", "escalation"])
def test_a_new_problem_begins_with_what_the_item_says(
    book: Book, answer: Answer, type: str
) -> None:
    step = problem_step(book, answer, type)
    assert step.record is None and step.move == ""
    assert step.values["phenomenon"] == "机房温度 29℃ (18 - 27)"
    assert step.values["answer"] == answer.id
    assert step.values.get("found_during") == ("checklist" if type == "fix" else None)


def test_what_is_there_already_is_opened(book: Book, answer: Answer) -> None:
    fix = raised(book, "fix", answer)
    assert problem_step(book, answer, "fix") == ProblemStep(book.get(fix))
    book.void(fix, "误报")
    assert problem_step(book, answer, "fix").record is None


def test_an_open_fix_is_escalated_and_a_closed_one_is_not(book: Book, answer: Answer) -> None:
    fix = raised(book, "fix", answer)
    step = problem_step(book, answer, "escalation")
    assert (step.record, step.move) == (book.get(fix), "escalate")
    book.move(fix, "escalate", ESCALATED)
    step = problem_step(book, answer, "escalation")
    assert step.record is not None and (step.record.type, step.move) == ("escalation", "")


def test_a_fix_that_is_done_leads_to_an_escalation_of_its_own(book: Book, answer: Answer) -> None:
    fix = raised(book, "fix", answer)
    book.move(fix, "fix", {"cause": "滤网堵塞", "correction": "清洗"})
    book.move(fix, "verify", {"verify_method": "实测"})
    step = problem_step(book, answer, "escalation")
    assert step.record is None and step.values["answer"] == answer.id


def test_a_problem_is_made_for_the_item_marked_last(sheet: SheetAnswering) -> None:
    sheet.mark(sheet.questions[0], "not_ok")
    sheet.read()
    first, _, third = sheet.keys
    assert not_ok_question(sheet, third).key == first  # the cursor has gone on
    sheet.mark(sheet.questions[2], "not_ok")
    sheet.read()
    assert not_ok_question(sheet, first).key == first  # the cursor went back
    assert not_ok_question(sheet, third).key == third


def test_only_what_is_not_ok_leads_on(sheet: SheetAnswering) -> None:
    with pytest.raises(Refused, match="“UPS 面板告警”没有标为异常"):
        not_ok_question(sheet, sheet.keys[0])
    sheet.mark(sheet.questions[0], "not_ok")
    sheet.read()
    sheet.mark(sheet.questions[0], "ok")
    sheet.read()
    with pytest.raises(Refused, match="没有标为异常"):
        not_ok_question(sheet, sheet.keys[0])
    with pytest.raises(Refused, match="光标下没有检查项"):
        not_ok_question(sheet, None)
