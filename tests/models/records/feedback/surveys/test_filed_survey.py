"""A filed follow-up: one checksum on every device, and data that is not its own is refused."""

from __future__ import annotations

import hashlib

import pytest

from models.derived import compiled
from models.records.feedback.surveys import filed_survey
from models.records.feedback.surveys.survey import Survey
from tests.support import surveys
from tests.support.staff import Staff


def filed(staff: Staff, survey: Survey) -> Survey:
    """The follow-up, answered and filed."""
    for one in surveys.drawn(staff.desk, survey.id):
        surveys.answer(staff.desk, one)
    staff.desk.move(survey.id, "analyse", {"analysis": "满意"})
    staff.quality.move(survey.id, "review")
    return surveys.again(staff.quality.move(survey.id, "file"))


def test_the_checksum_is_that_of_the_data_kept(staff: Staff, survey: Survey) -> None:
    assert filed_survey.checksum(survey) == ""
    done = filed(staff, survey)
    text = str(done.content)
    assert filed_survey.checksum(done) == hashlib.sha256(text.encode()).hexdigest()
    data, fault = compiled.kept(done)
    assert fault is None and data.analysis == "满意" and len(data.people) == 3
    assert filed_survey.figures_now(staff.desk, done) == data.counted


def test_nothing_is_told_where_nothing_came_later(staff: Staff, survey: Survey) -> None:
    done = filed(staff, survey)
    assert compiled.news(staff.desk, done) == []
    said = compiled.json_of(staff.desk, done)
    assert said["content_issued"] and said["content"]["answered"] == 3
    assert said["supplements"] == []


def test_data_of_another_follow_up_is_none_of_it(
    staff: Staff, project: str, survey: Survey
) -> None:
    done = filed(staff, survey)
    other = surveys.survey(staff.desk, project, people=1, size=1, service_to="2025-06-30")
    with pytest.raises(ValueError, match="of another record"):
        compiled.unpack(filed_survey.REPORT, done.content, other.id)
