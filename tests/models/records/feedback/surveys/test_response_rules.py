"""Rules of those who are asked: answers are taken between the draw and the analysis."""

from __future__ import annotations

import pytest

from models.records.feedback.surveys.survey import Survey
from models.text.words import Refused
from tests.support import surveys
from tests.support.staff import Staff, no_move


def test_answers_are_noted_until_the_analysis(staff: Staff, survey: Survey) -> None:
    for one in surveys.drawn(staff.desk, survey.id):
        surveys.answer(staff.desk, one)
    staff.desk.move(survey.id, "analyse", {"analysis": "满意"})
    with pytest.raises(Refused, match="是“待审核”，不能登记答复"):
        staff.desk.move(one, "reopen", comment="漏记一项")
    staff.desk.move(survey.id, "take_back")
    assert staff.desk.move(one, "reopen", comment="漏记一项").state == "drawn"


def test_nobody_comes_in_but_by_the_draw(staff: Staff, survey: Survey) -> None:
    drawn = set(surveys.drawn(staff.desk, survey.id))
    first, *_ = surveys.people(staff.desk, survey.id, "listed")
    assert first not in drawn and "不在样本中" in no_move(staff.desk, first, "take")
