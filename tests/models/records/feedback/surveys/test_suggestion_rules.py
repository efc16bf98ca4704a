"""Suggestions: each becomes an action of a lead before the follow-up is filed."""

from __future__ import annotations

import pytest

from models.records.feedback.surveys.survey import Survey
from models.text.words import Refused
from tests.support import surveys
from tests.support.staff import Staff, no_move


@pytest.fixture
def reviewed(staff: Staff, survey: Survey) -> str:
    """A reviewed follow-up with one suggestion; the suggestion's id."""
    for one in surveys.drawn(staff.desk, survey.id):
        surveys.answer(staff.desk, one)
    values = {"survey": survey.id, "text": "巡检报告附照片", "question": "documents"}
    made = staff.desk.add("suggestion", values)
    staff.desk.move(survey.id, "analyse", {"analysis": "满意"})
    staff.quality.move(survey.id, "review")
    return made.id


def assigned(staff: Staff, id: str, **more: object) -> dict[str, object]:
    """What a suggestion is assigned with."""
    return {"sort": "preventive", "owner": staff.manager.me, "due": "2027-01-15", **more}


@pytest.mark.shows("Q-52c", 27)
def test_it_is_not_filed_with_a_suggestion_without_an_action(
    staff: Staff, survey: Survey, reviewed: str
) -> None:
    why = no_move(staff.quality, survey.id, "file")
    assert "改进建议" in why and "待落实" in why
    assert "负责人、完成日期" in no_move(staff.quality, reviewed, "assign", sort="corrective")
    with pytest.raises(Refused, match="不是这个项目的负责人"):
        staff.quality.move(reviewed, "assign", assigned(staff, reviewed, owner=staff.engineer.me))
    assert staff.quality.get(reviewed).state == "proposed"
    staff.quality.move(reviewed, "assign", assigned(staff, reviewed))
    assert staff.quality.move(survey.id, "file").state == "filed"


def test_it_is_dropped_with_a_reason_by_who_decides(
    staff: Staff, survey: Survey, reviewed: str
) -> None:
    assert "理由" in no_move(staff.quality, reviewed, "drop")
    assert "角色" in no_move(staff.desk, reviewed, "drop")
    staff.manager.move(reviewed, "drop", comment="合同没有要求")
    assert staff.quality.move(survey.id, "file").state == "filed"
    with pytest.raises(Refused, match="已备案"):
        staff.quality.move(reviewed, "propose_again", comment="再议")
