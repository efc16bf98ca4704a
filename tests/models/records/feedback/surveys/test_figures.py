"""Figures of follow-ups: by the day on which the service ended; as filed, where it is."""

from __future__ import annotations

from datetime import date

from models.derived.figures import Figure, Scope, figures
from models.records.feedback.surveys.survey import Survey
from tests.support import surveys
from tests.support.staff import Staff


def of(staff: Staff, project: str, first: str, last: str) -> dict[str, Figure]:
    """The figures of follow-ups in some days of the project."""
    scope = Scope((project,), date.fromisoformat(first), date.fromisoformat(last))
    found = figures(staff.desk, scope).get("survey", [])
    return {one.kind.name.partition(".")[2]: one for one in found}


def test_they_are_of_the_services_that_ended_in_the_days(
    staff: Staff, project: str, over: str, survey: Survey
) -> None:
    for one in surveys.drawn(staff.desk, survey.id):
        surveys.answer(staff.desk, one, levels={"overall": "neutral", "skill": "na"})
    before = surveys.survey(staff.desk, project, people=2, size=2, service_to="2025-06-30")
    surveys.answered(staff.desk, before.id, ["dissatisfied"])
    found = of(staff, project, over, over)
    assert (found["rate"].value, found["rate"].n) == (88, 27)
    assert (found["overall"].value, found["overall"].n) == (0, 3)
    assert (found["response_rate"].value, found["asked"].value) == (100, 3)
    assert found["rate"].records == (survey.id,)
    both = of(staff, project, "2025-01-01", over)
    assert both["asked"].value == 5 and both["dissatisfied"].value == 20
    assert both["rate"].value == 24 * 100 // 47
    assert of(staff, project, "2024-01-01", "2024-12-31") == {}


def test_without_answers_they_are_not_assessable(
    staff: Staff, project: str, over: str, survey: Survey
) -> None:
    found = of(staff, project, over, over)
    assert found["rate"].value is None and found["overall"].value is None
    assert found["response_rate"].value == 0


def test_a_filed_one_keeps_its_values(
    staff: Staff, project: str, over: str, survey: Survey
) -> None:
    for one in surveys.drawn(staff.desk, survey.id):
        surveys.answer(staff.desk, one)
    staff.desk.move(survey.id, "analyse", {"analysis": "满意"})
    staff.quality.move(survey.id, "review")
    staff.quality.move(survey.id, "file")
    staff.desk.store.db.execute_sql("UPDATE survey_answer SET level='neutral'")
    assert of(staff, project, over, over)["rate"].value == 100
