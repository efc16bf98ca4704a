"""Double entry: a questionnaire typed by two people, whose differences count for nothing."""

from __future__ import annotations

import pytest

from models.book.derived_state import StateView, shown_state
from models.records.feedback.surveys import statistics
from models.records.feedback.surveys.survey import Survey
from tests.support import surveys
from tests.support.staff import Staff, attach, no_edit, no_move


def typed(staff: Staff, survey: Survey) -> str:
    """Everybody sent a questionnaire that the desk has typed; one of their answers."""
    staff.quality.edit(survey.id, {"double_entry": True})
    for one in surveys.drawn(staff.desk, survey.id):
        surveys.answer(staff.desk, one, channel="questionnaire")
    return surveys.answers(staff.desk, one)["overall"].id


def test_the_second_entry_is_another_persons(staff: Staff, survey: Survey) -> None:
    one = typed(staff, survey)
    assert "须由第二个人录入" in no_edit(staff.desk, one, level_again="satisfied")
    assert staff.quality.edit(one, {"level_again": "neutral"}).values()["level_again"] == "neutral"
    assert "须由第二个人录入" in no_edit(
        staff.quality, one, level="neutral", level_again="satisfied"
    )


@pytest.mark.shows(24)
def test_what_differs_is_named_and_not_counted(staff: Staff, survey: Survey) -> None:
    one = typed(staff, survey)
    before = statistics.of_survey(staff.desk.store, survey).whole.n
    record = staff.quality.edit(one, {"level_again": "neutral"})
    assert shown_state(staff.desk.store, record).name == "differs"
    sql, params = StateView(staff.desk.store).sql("survey_answer")
    said = staff.desk.store.row(f"SELECT {sql} FROM survey_answer WHERE id=?", (*params, one))
    assert said == ("differs",)
    assert statistics.of_survey(staff.desk.store, survey).whole.n == before - 1
    person = staff.desk.get(str(record.values()["response"]))
    why = no_move(staff.desk, survey.id, "analyse", analysis="满意")
    assert "两次录入不一致" in why and person.number in why


def test_each_questionnaire_is_typed_twice_where_that_is_asked(
    staff: Staff, survey: Survey
) -> None:
    typed(staff, survey)
    assert "第二个人复录" in no_move(staff.desk, survey.id, "analyse", analysis="满意")
    for person in surveys.people(staff.desk, survey.id, "answered"):
        for answer in surveys.answers(staff.desk, person).values():
            staff.quality.edit(answer.id, {"level_again": "satisfied"})
        attach(staff.desk, person)
    assert staff.desk.move(survey.id, "analyse", {"analysis": "满意"}).state == "analysed"
