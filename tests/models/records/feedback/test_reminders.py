"""Reminders: a customer left alone for 30 days; a dissatisfied answer without a complaint."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.book.book import Book
from models.queries.waiting.agenda import agenda
from tests.models.records.feedback.test_contacts import contact
from tests.support import surveys
from tests.support.staff import Staff


def listed(book: Book, group: str) -> list[str]:
    """The ids of what is in a group of Today."""
    return [i.record.id for i in agenda(book) if i.group == group and i.record is not None]


def served(book: Book, project: str, since: int) -> None:
    """The project's service has been going on for so many days."""
    first = book.today - timedelta(days=since)
    book.edit(project, {"service_from": first.isoformat(), "service_to": "2099-12-31"})


@pytest.mark.shows("Q-55", 48)
def test_thirty_days_without_a_contact_warn_the_project_manager(
    staff: Staff, book: Book, project: str
) -> None:
    served(book, project, 30)
    assert listed(staff.manager, "silent") == []
    served(book, project, 31)
    assert listed(staff.manager, "silent") == [project]
    assert listed(staff.engineer, "silent") == [] == listed(staff.department, "silent")
    day = book.today
    contact(book, project, "management", day)  # planned only
    assert listed(staff.manager, "silent") == [project]
    contact(book, project, "management", None, held_on=(day - timedelta(days=30)).isoformat())
    assert listed(staff.manager, "silent") == []


def test_a_service_that_is_over_or_not_begun_warns_nobody(
    staff: Staff, book: Book, project: str
) -> None:
    surveys.ended(book, project, days=40)
    assert listed(staff.manager, "silent") == []
    book.edit(project, {"service_from": "2099-01-01", "service_to": "2099-12-31"})
    assert listed(staff.manager, "silent") == []


def test_a_dissatisfied_answer_waits_for_its_complaint(
    staff: Staff, book: Book, project: str
) -> None:
    surveys.ended(book, project)
    made = surveys.survey(staff.desk, project, people=2, method="all")
    staff.desk.move(made.id, "draw")
    one, other = surveys.drawn(staff.desk, made.id)
    surveys.answer(staff.desk, one, levels={"skill": "dissatisfied"})
    surveys.answer(staff.desk, other, levels={"skill": "neutral"})
    assert listed(staff.desk, "displeased") == [one]
    assert listed(staff.manager, "displeased") == []
    staff.desk.add("complaint", {"subject": "技术能力", "response": one}, project=project)
    assert listed(staff.desk, "displeased") == []
