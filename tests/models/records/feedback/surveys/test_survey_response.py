"""People to ask: attempts, answers, refusals, and when they can be noted."""

from __future__ import annotations

import pytest

from models.records.feedback.surveys.survey import Survey
from tests.support import surveys
from tests.support.staff import Staff, no_add, no_move


def test_an_answer_says_how_by_whom_and_with_which_consent(staff: Staff, survey: Survey) -> None:
    person = surveys.drawn(staff.desk, survey.id)[0]
    assert "还没有任何评价" in no_move(staff.desk, person, "answer", **surveys.CALL)
    one = surveys.answers(staff.desk, person)["overall"]
    staff.desk.edit(one.id, {"level": "very_satisfied"})
    assert "回访方式、答复人、是否同意" in no_move(staff.desk, person, "answer")
    done = staff.desk.move(person, "answer", surveys.CALL).values()
    assert done["answered_at"] and done["asked_by"] == staff.desk.me


@pytest.mark.shows(24)
def test_each_attempt_is_kept(staff: Staff, survey: Survey) -> None:
    person = surveys.drawn(staff.desk, survey.id)[0]
    for result in ("no_answer", "later"):
        surveys.tried(staff.desk, person, result)
    sql = "SELECT count(*) FROM survey_attempt WHERE response=?"
    assert staff.desk.store.row(sql, (person,)) == (2,)
    staff.desk.move(person, "give_up", comment="约定的时间也不在")
    surveys.answer(staff.desk, person)  # they called back
    assert staff.desk.get(person).state == "answered"


def test_nobody_else_notes_answers(staff: Staff, survey: Survey) -> None:
    person = surveys.drawn(staff.desk, survey.id)[0]
    values = {"survey": survey.id, "name": "新联系人"}
    assert "角色" in no_add(staff.engineer, "survey_response", values)
    assert "角色" in no_move(staff.manager, person, "decline")


def test_an_open_one_keeps_the_analysis_waiting(staff: Staff, survey: Survey) -> None:
    names = no_move(staff.desk, survey.id, "analyse", analysis="满意")
    assert "回访对象" in names and "待回访" in names
