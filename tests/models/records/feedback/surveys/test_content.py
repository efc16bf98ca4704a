"""What is kept of a follow-up: nobody's name, words only where that was allowed."""

from __future__ import annotations

import json

from models.derived.plain_form import formed, plain
from models.records.feedback.surveys import content
from models.records.feedback.surveys.content import SurveyContent
from models.records.feedback.surveys.survey import Survey
from tests.support import surveys
from tests.support.staff import Staff


def told(staff: Staff, survey: Survey) -> SurveyContent:
    """Its content now, through the plain form that is stored."""
    found = content.compiled_content(staff.desk, surveys.again(staff.desk.get(survey.id)))
    again = formed(SurveyContent, json.loads(json.dumps(plain(found))))
    assert again == found
    return again


def test_nobody_is_named(staff: Staff, survey: Survey) -> None:
    for one in surveys.drawn(staff.desk, survey.id):
        surveys.answer(staff.desk, one, answered_by="郁主任", praise="及时")
    text = json.dumps(plain(told(staff, survey)), ensure_ascii=False)
    assert "联系人" not in text and "郁主任" not in text and "调度室" in text


def test_words_are_quoted_only_where_that_was_allowed(staff: Staff, survey: Survey) -> None:
    for one, consent in zip(
        surveys.drawn(staff.desk, survey.id), ("yes", "record", "no"), strict=True
    ):
        answer = surveys.answers(staff.desk, one)["skill"]
        staff.desk.edit(answer.id, {"remark": f"说明 {consent}"})
        surveys.answer(staff.desk, one, consent=consent, wish=f"建议 {consent}")
    found = told(staff, survey)
    assert [(quote.field, quote.text) for quote in found.quotes] == [
        ("wish", "建议 yes"),
        ("skill", "说明 yes"),
    ]


def test_earlier_follow_ups_of_the_customer_are_compared(
    staff: Staff, project: str, survey: Survey
) -> None:
    before = surveys.survey(staff.desk, project, people=2, size=2, service_to="2025-06-30")
    surveys.answered(staff.desk, before.id, ["satisfied", "neutral"])
    staff.desk.move(before.id, "analyse", {"analysis": "一般"})
    later = surveys.survey(staff.desk, project, people=1, size=1, service_to="2025-12-31")
    assert later.state == "planned"  # not analysed yet, so no figure to compare
    (one,) = told(staff, survey).trend
    assert (one.id, one.service_to, one.rate, one.n) == (before.id, "2025-06-30", 50, 20)


def test_the_figures_are_kept_with_their_versions(staff: Staff, survey: Survey) -> None:
    for one in surveys.drawn(staff.desk, survey.id):
        surveys.answer(staff.desk, one, levels={"skill": "na", "advice": "neutral"})
    found = told(staff, survey)
    kept = {name: (one.value, one.n) for name, one in found.kept.items()}
    assert kept["survey.rate"] == (88, 27) and kept["survey.overall"] == (100, 3)
    assert kept["survey.response_rate"] == (100, 3) and kept["survey.dissatisfied"] == (0, 27)
    assert found.weakest == ["advice"]
    assert found.counted.whole.na == 3


def test_who_was_asked_beside_the_sample_is_an_open_point(staff: Staff, survey: Survey) -> None:
    assert content.open_points(told(staff, survey)) == []
    odd = told(staff, survey)
    odd = odd._replace(sample=odd.sample._replace(outside=["SR-1", "SR-2"]))
    (point,) = content.open_points(odd)
    assert "SR-1, SR-2" in point.zh and "SR-1, SR-2" in point.en
