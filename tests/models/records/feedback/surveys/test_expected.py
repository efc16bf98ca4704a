"""Follow-ups appear by themselves when a service period ends, for the service desk."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.book.projects import my_projects
from models.derived.expected import DueWindow, Expected, begin, expected
from models.queries.waiting.agenda import agenda
from tests.support import surveys
from tests.support.staff import Staff


def waiting(book: Book, *, behind: bool = True) -> list[Expected]:
    """What is expected of this person now."""
    window = DueWindow(
        first=book.today,
        last=book.today,
        projects=my_projects(book),
        people=frozenset([book.me]),
        behind=behind,
    )
    return expected(book, window, "survey")


@pytest.mark.shows("Q-52a", 22)
def test_a_project_waits_from_the_day_after_its_service_ended(
    staff: Staff, book: Book, project: str
) -> None:
    surveys.ended(book, project, days=0)
    assert waiting(staff.desk) == []
    last = surveys.ended(book, project, days=1)
    (one,) = waiting(staff.desk)
    assert one.values == {"service_to": last} and one.standing == "due" and last in one.title
    assert waiting(staff.engineer) == [] == waiting(staff.quality)
    assert [item.group for item in agenda(staff.desk) if item.awaited] == ["survey"]


def test_it_is_begun_once_and_waits_until_it_is_analysed(
    staff: Staff, book: Book, project: str
) -> None:
    surveys.ended(book, project)
    (one,) = waiting(staff.desk)
    made = begin(staff.desk, "survey", one.values, project)
    assert begin(staff.desk, "survey", one.values, project).id == made.id
    (one,) = waiting(staff.desk)
    assert one.record is not None and one.standing == "begun" and str(one.progress()) == "准备中"
    staff.desk.edit(made.id, {"method": "all"})
    surveys.listed(staff.desk, made.id, 1)
    surveys.answered(staff.desk, made.id)
    staff.desk.move(made.id, "analyse", {"analysis": "满意"})
    (one,) = waiting(staff.desk)
    assert one.done and [item for item in agenda(staff.desk) if item.awaited] == []


def test_a_late_one_goes_on_waiting(staff: Staff, book: Book, project: str) -> None:
    surveys.ended(book, project, days=60)
    (one,) = waiting(staff.desk)
    assert one.overdue and one.standing == "missing"
    assert waiting(staff.desk, behind=False) == []
    surveys.ended(book, project, days=500)
    assert waiting(staff.desk) == []


def test_a_renewed_contract_does_not_hide_the_period_that_ended(
    staff: Staff, book: Book, project: str
) -> None:
    last = surveys.ended(book, project)
    book.edit(project, {"service_from": book.today.isoformat(), "service_to": "2099-12-31"})
    (one,) = waiting(staff.desk)
    assert one.values == {"service_to": last}
    book.edit(project, {"service_from": "2020-01-01"})  # it was no renewal but a correction
    assert waiting(staff.desk) == []


def test_a_completed_project_waits_too(staff: Staff, book: Book, project: str) -> None:
    surveys.ended(book, project)
    book.move(project, "complete")
    assert len(waiting(staff.desk)) == 1


def test_a_returned_one_is_told_as_returned(staff: Staff, book: Book, project: str) -> None:
    surveys.ended(book, project)
    made = surveys.survey(staff.desk, project)
    surveys.answered(staff.desk, made.id)
    staff.desk.move(made.id, "analyse", {"analysis": "满意"})
    staff.quality.move(made.id, "return", comment="补充")
    (item,) = [item for item in agenda(staff.desk) if item.awaited]
    assert item.group == "returned"
