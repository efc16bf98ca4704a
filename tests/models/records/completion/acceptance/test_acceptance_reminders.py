"""A project that ends soon without an acceptance is on its manager's Today."""

from __future__ import annotations

from datetime import timedelta

from models.book.book import Book
from models.queries.waiting import agenda
from models.records.completion.acceptance.acceptance_reminders import AHEAD
from tests.support.completion import acceptance
from tests.support.staff import Staff


def reminded(book: Book) -> list[str]:
    """The ids of the projects that are brought to mind."""
    return [
        one.record.id for one in agenda.agenda(book) if one.group == "acceptance" and one.record
    ]


def test_from_thirty_days_before_the_end_until_it_is_prepared(staff: Staff, project: str) -> None:
    manager = staff.manager
    assert reminded(manager) == []  # nobody knows when the service ends
    last = manager.today + AHEAD
    manager.edit(project, {"service_to": (last + timedelta(days=1)).isoformat()})
    assert reminded(manager) == []
    manager.edit(project, {"service_to": last.isoformat()})
    assert reminded(manager) == [project] and reminded(staff.engineer) == []
    manager.edit(project, {"service_to": (manager.today - timedelta(days=5)).isoformat()})
    (late,) = [one for one in agenda.agenda(manager) if one.group == "acceptance"]
    assert late.overdue
    acceptance(manager, project)
    assert reminded(manager) == []
