"""The overview: by period, project and question; filed ones as they were filed."""

from __future__ import annotations

from datetime import date

from models.book.book import Book
from models.records.feedback.surveys.overview import overview
from tests.support import surveys
from tests.support.staff import Staff

FIRST, LAST = date(2024, 1, 1), date(2099, 1, 1)


def test_follow_ups_are_added_up_by_period_and_project(
    staff: Staff, book: Book, project: str
) -> None:
    other = book.add("project", {"name": "另一项目"}).id
    for of, day, level in (
        (project, "2025-02-28", "satisfied"),
        (project, "2025-03-31", "neutral"),
        (other, "2025-06-30", "dissatisfied"),
    ):
        made = surveys.survey(staff.desk, of, people=2, size=2, service_to=day)
        surveys.answered(staff.desk, made.id, [level])
    found = overview(staff.desk, [project, other], FIRST, LAST)
    assert [line.survey.service_to for line in found.lines] == [
        *("2025-06-30", "2025-03-31", "2025-02-28")
    ]
    assert {name: one.whole.rate for name, one in found.periods.items()} == {
        "2025-Q2": 0,
        "2025-Q1": 50,
    }
    assert {id: one.whole.n for id, one in found.projects.items()} == {other: 20, project: 40}
    assert found.whole.whole.rate == 33 and found.whole.asked == 6
    assert overview(staff.desk, [other], FIRST, LAST).whole.whole.n == 20
    assert overview(staff.desk, [], FIRST, LAST).lines == []


def test_a_filed_one_has_the_figures_it_was_filed_with(staff: Staff, project: str) -> None:
    made = surveys.survey(staff.desk, project, people=2, size=2, service_to="2025-06-30")
    surveys.answered(staff.desk, made.id)
    staff.desk.move(made.id, "analyse", {"analysis": "满意"})
    staff.quality.move(made.id, "review")
    staff.quality.move(made.id, "file")
    staff.desk.store.db.execute_sql("UPDATE survey_answer SET level='neutral'")
    assert overview(staff.desk, [project], FIRST, LAST).whole.whole.rate == 100
