"""Sheet answering: marks, values, words, undoing, reopening and handing in, without a screen."""

from __future__ import annotations

import pytest
import time_machine

from models.book.book import Book
from models.records.checks import questions
from models.records.checks.rounds import due_rounds
from models.text.words import Refused, language
from sync.workspace.workspace import Workspace
from tests.support.check_days import FRIDAY
from tests.support.checks import template
from tests.support.team import acting, admit
from tests.tui.areas.checks.conftest import answering_of
from tui.areas.checks.sheet.sheet_answering import Marked, SheetAnswering

pytestmark = pytest.mark.usefixtures("friday")


def answers(sheet: SheetAnswering) -> list[tuple[str | None, str | None, str | None]]:
    """Result, reading and reason of every question, as they are in the book."""
    sheet.read()
    found = [one.answer for one in sheet.questions]
    return [(a.result, a.reading, a.reason) if a else (None, None, None) for a in found]


def mark(sheet: SheetAnswering, at: int, result: str = "ok") -> Marked:
    """Mark the question at a place, and read again."""
    made = sheet.mark(sheet.questions[at], result)
    sheet.read()
    return made


def fill(sheet: SheetAnswering) -> None:
    """Answer every question."""
    mark(sheet, 0)
    sheet.measure(sheet.questions[1], "23")
    mark(sheet, 2)


# -- what is asked ----------------------------------------------------------------------------


def test_reading_begins_no_sheet(sheet: SheetAnswering) -> None:
    assert [one.text() for one in sheet.questions] == ["UPS 面板告警", "机房温度", "门禁与登记"]
    assert sheet.keys == [one.key for one in sheet.questions] and len(sheet.missing()) == 3
    assert sheet.sheet is None and not sheet.closed
    assert sheet.book.store.rows("SELECT count(*) FROM sheet") == [(0,)]
    with pytest.raises(Refused, match="还没有开始这张检查表"):
        sheet.record()


def test_a_question_that_is_not_there_is_refused(sheet: SheetAnswering) -> None:
    assert sheet.question(sheet.keys[1]) == sheet.questions[1]
    for key in (None, "", "other/"):
        with pytest.raises(Refused, match="光标下没有检查项"):
            sheet.question(key)


def test_without_a_round_nothing_is_asked_and_nothing_begun(book: Book) -> None:
    none = SheetAnswering(book)
    none.read()
    assert none.keys == [] and none.missing() == [] and none.why_not_submit() is None
    assert none.reopening() is None and not none.can_undo
    with pytest.raises(Refused, match="现在没有要做的检查"):
        none.complete()


# -- marks ------------------------------------------------------------------------------------


def test_the_first_mark_begins_the_sheet_in_one_save(sheet: SheetAnswering) -> None:
    told: list[set[tuple[str, str]]] = []
    sheet.book.saved.append(told.append)
    marked = sheet.mark(sheet.questions[0], "ok")
    assert len(told) == 1 and {type for type, _ in told[0]} == {"sheet", "answer"}
    assert not marked.not_ok and marked.text() == ""
    sheet.read()
    assert sheet.record().id == marked.answer.sheet and len(sheet.missing()) == 2


def test_a_mark_takes_the_value_being_typed_if_it_is_a_number(sheet: SheetAnswering) -> None:
    sheet.mark(sheet.questions[1], "not_ok", typed="23，5")
    assert answers(sheet)[1] == ("not_ok", "23.5", None)
    sheet.mark(sheet.questions[1], "not_ok", typed="..")
    assert answers(sheet)[1] == ("not_ok", "23.5", None)
    sheet.mark(sheet.questions[1], "unchecked", reason="门锁")
    assert answers(sheet)[1] == ("unchecked", "23.5", "门锁")


def test_what_is_not_ok_is_remembered_until_the_next_mark(sheet: SheetAnswering) -> None:
    assert mark(sheet, 0, "not_ok").not_ok
    assert sheet.not_ok == sheet.keys[0]
    mark(sheet, 2)
    assert sheet.not_ok == ""


def test_a_value_beyond_its_limits_is_not_ok_and_says_so(sheet: SheetAnswering) -> None:
    hot = sheet.measure(sheet.questions[1], "29")
    assert hot.not_ok and sheet.not_ok == sheet.keys[1]
    assert hot.text() == "机房温度：超出上限 27，已标异常。f 处置  r 升级"
    language.now = "en"
    assert hot.text() == "Room temperature: above the high limit 27, not ok. f fix  r escalate"
    assert answers(sheet)[1] == ("not_ok", "29", None)


def test_what_is_no_number_is_refused_and_nothing_is_begun(sheet: SheetAnswering) -> None:
    with pytest.raises(Refused, match=r"“2\.\.”不是数字"):
        sheet.measure(sheet.questions[1], "2..")
    assert sheet.book.store.rows("SELECT count(*) FROM sheet") == [(0,)]
    assert not sheet.can_undo


def test_beyond_the_limits_ok_needs_its_reason(sheet: SheetAnswering) -> None:
    sheet.measure(sheet.questions[1], "29")
    sheet.read()
    assert sheet.needed_for_ok(sheet.questions[1]) == "reason"
    with pytest.raises(Refused, match="标为正常需要写明原因"):
        sheet.mark(sheet.questions[1], "ok")
    sheet.mark(sheet.questions[1], "ok", reason="仪表误差")
    assert answers(sheet)[1] == ("ok", "29", "仪表误差")


def test_what_ok_needs(book: Book, project: str) -> None:
    kinds = ({"text_zh": "照明"}, {"text_zh": "温度", "answer_kind": "reading"})
    template(book, None, (*kinds, {"text_zh": "交接事项", "answer_kind": "text"}))
    sheet = answering_of(book)
    plain, measured, words = sheet.questions
    assert sheet.needed_for_ok(plain) == "" and sheet.needed_for_ok(words) == "words"
    with pytest.raises(Refused, match="要填测量值"):
        sheet.needed_for_ok(measured)
    sheet.put_words(words, "无")
    sheet.measure(measured, "23")
    sheet.read()
    assert [sheet.needed_for_ok(one) for one in sheet.questions] == ["", "", ""]
    answer = sheet.questions[2].answer
    assert answer is not None and (answer.result, answer.remark) == ("ok", "无")


def test_a_remark_is_no_result_and_is_taken_away_again(sheet: SheetAnswering) -> None:
    sheet.put_remark(sheet.questions[0], "声音大")
    sheet.read()
    answer = sheet.questions[0].answer
    assert answer is not None and (answer.result, answer.remark) == (None, "声音大")
    assert len(sheet.missing()) == 3 and not sheet.can_undo
    sheet.put_remark(sheet.questions[0], "")
    sheet.read()
    assert sheet.questions[0].answer is not None and sheet.questions[0].answer.remark is None


def test_a_draft_begins_one_answer_and_no_second(sheet: SheetAnswering) -> None:
    begun = sheet.begun_answer(sheet.questions[0])
    assert begun.result is None and not sheet.can_undo
    assert sheet.begun_answer(sheet.questions[0]).id == begun.id  # asked before it was read
    sheet.read()
    assert sheet.begun_answer(sheet.questions[0]).id == begun.id
    assert mark(sheet, 0).answer.id == begun.id


# -- going on ---------------------------------------------------------------------------------


def test_the_next_question_is_the_next_without_a_result(sheet: SheetAnswering) -> None:
    first, second, third = sheet.keys
    assert sheet.next_key(first) == second and sheet.next_key(third) == first
    mark(sheet, 1, "not_ok")
    assert sheet.next_key(first) == third
    mark(sheet, 0)
    assert sheet.next_key(third) is None  # no other is left
    mark(sheet, 2)
    assert sheet.next_key(first) == second and sheet.next_key(third) is None


# -- undoing ----------------------------------------------------------------------------------


def test_undoing_restores_what_each_answer_was_before(sheet: SheetAnswering) -> None:
    mark(sheet, 0, "not_ok")
    mark(sheet, 0)
    sheet.measure(sheet.questions[1], "29")
    sheet.read()
    undone = sheet.undo()
    assert undone.text() == "已撤销：机房温度" and sheet.not_ok == ""
    assert answers(sheet)[1] == (None, None, None)
    sheet.undo()
    assert answers(sheet)[0] == ("not_ok", None, None)
    sheet.undo()
    assert answers(sheet) == [(None, None, None)] * 3 and not sheet.can_undo


def test_an_undoing_that_is_refused_can_be_done_later(sheet: SheetAnswering) -> None:
    fill(sheet)
    sheet.book.move(sheet.complete().id, "submit")
    sheet.read()
    with pytest.raises(Refused, match="不能修改"):
        sheet.undo()
    assert sheet.can_undo
    sheet.reopen()
    sheet.undo()
    assert answers(sheet)[2] == (None, None, None)


# -- the sheet as a whole ---------------------------------------------------------------------


def test_what_is_missing_is_named(sheet: SheetAnswering) -> None:
    mark(sheet, 0)
    with pytest.raises(Refused, match="还有 2 项没有结果：机房温度、门禁与登记。"):
        sheet.complete()


def test_only_three_of_many_are_named(book: Book, project: str) -> None:
    template(book, None, tuple({"text_zh": f"第{n}项"} for n in range(9)))
    with pytest.raises(Refused, match="还有 9 项没有结果：第0项、第1项、第2项…。"):
        answering_of(book).complete()


def test_a_complete_sheet_is_handed_in_once(sheet: SheetAnswering) -> None:
    fill(sheet)
    before = sheet.closed, sheet.why_not_submit()
    sheet.book.move(sheet.complete().id, "submit")
    sheet.read()
    assert before == (False, None)
    assert sheet.closed and sheet.why_not_submit() is not None


def test_a_sheet_handed_in_is_reopened_before_it_changes(sheet: SheetAnswering) -> None:
    assert sheet.reopening() is None
    fill(sheet)
    sheet.book.move(sheet.complete().id, "submit")
    sheet.read()
    needed = sheet.reopening()
    assert needed is not None and "现在就“重新打开”并修改？" in needed.text()
    with pytest.raises(Refused, match="不能修改"):
        sheet.mark(sheet.questions[0], "not_ok")
    sheet.reopen()
    assert not sheet.closed and sheet.reopening() is None
    mark(sheet, 0, "not_ok")
    sheet.reopen()  # it is open: nothing is done
    assert answers(sheet)[0] == ("not_ok", None, None)


def test_a_reviewed_sheet_is_not_reopened(sheet: SheetAnswering) -> None:
    fill(sheet)
    sheet.book.move(sheet.complete().id, "submit")
    sheet.book.move(sheet.record().id, "review")
    sheet.read()
    with pytest.raises(Refused, match="不能修改"):
        sheet.reopening()


def test_what_a_colleague_saved_is_read(workspace: Workspace, sheet: SheetAnswering) -> None:
    other = answering_of(acting(workspace, admit(workspace, "工程师乙", ["engineer"])))
    other.mark(other.questions[0], "not_ok")
    sheet.read()
    assert sheet.questions[0].result == "not_ok" and sheet.sheet is not None
    assert not sheet.can_undo  # it was not saved here


def test_two_rounds_of_a_day_are_answered_apart(
    book: Book, project: str, friday: time_machine.Traveller
) -> None:
    daily = template(book, rounds=2)
    first, second = (SheetAnswering(book, one) for one in due_rounds.rounds(book, FRIDAY))
    for one in (first, second):
        one.read()
    mark(first, 0, "not_ok")
    second.read()
    assert len(second.missing()) == 3 and not second.can_undo
    friday.shift(60)
    mark(second, 0)
    first.undo()
    kept = questions.questions(book.store, daily, project, second.record())
    assert [one.result for one in kept] == ["ok", None, None]
