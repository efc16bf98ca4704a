"""Answers: a natural key, five levels and n/a, one person's word only once."""

from __future__ import annotations

import pytest

from models.records.feedback.surveys.survey import Survey
from models.schema.record import kinds
from models.text.words import Refused, language
from tests.support import surveys
from tests.support.staff import Staff, no_add, no_edit


def test_a_question_has_one_answer_of_a_person(staff: Staff, survey: Survey) -> None:
    person = surveys.drawn(staff.desk, survey.id)[0]
    again = {"response": person, "question": "overall", "level": "neutral"}
    assert surveys.answers(staff.desk, person)["overall"].number in no_add(
        staff.desk, "survey_answer", again
    )
    assert "只能是以下之一" in no_add(staff.desk, "survey_answer", {**again, "question": "price"})


def test_no_other_level_is_taken(staff: Staff, survey: Survey) -> None:
    person = surveys.drawn(staff.desk, survey.id)[0]
    one = surveys.answers(staff.desk, person)["overall"]
    assert "只能是以下之一：非常满意" in no_edit(staff.desk, one.id, level="excellent")


def test_what_it_asks_is_said_in_both_languages() -> None:
    spec = kinds["survey_answer"].specs()["level"]
    assert [spec.word(one.name) for one in spec.choices][:2] == ["非常满意", "满意"]
    language.now = "en"
    assert spec.word("na") == "not applicable"


def test_questions_of_another_version_are_asked_from_the_next_draw_on(
    staff: Staff, survey: Survey
) -> None:
    quality = staff.quality
    made = quality.add("vocabulary", {"subject": "survey_question"})
    term = {"code": "price", "word_zh": "价格", "word_en": "price"}
    quality.add("term", {"vocabulary": made.id, **term})
    quality.move(made.id, "use", {"reason": "增加价格"})
    person = surveys.drawn(staff.desk, survey.id)[0]
    assert "price" not in surveys.answers(staff.desk, person)
    assert staff.desk.get(survey.id).values()["question_version"] == 0
    staff.desk.move(survey.id, "redraw", comment="问题有新版")
    assert staff.desk.get(survey.id).values()["question_version"] == 1
    listed = surveys.listed(staff.desk, survey.id, 8, start=20)
    staff.desk.move(survey.id, "redraw", {"size": 14}, comment="扩大样本")
    assert "price" in surveys.answers(staff.desk, listed[0])
    with pytest.raises(Refused, match="在样本中"):
        staff.desk.move(listed[0], "release")
