"""Reminders: whoever follows an action hears of it when its day is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.queries.waiting import agenda
from tests.support.corrective_actions import action, done
from tests.support.staff import Staff


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A Friday morning."""
    with time_machine.travel(instant(date(2026, 11, 20), 540) / 1000, tick=False) as traveller:
        yield traveller


def waiting(book: Book) -> list[tuple[str, bool]]:
    """Group of each record on Today, and whether it is overdue."""
    return [(one.group, one.overdue) for one in agenda.agenda(book) if one.record]


def test_an_overdue_one_is_on_the_owners_and_qualitys_today(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    made = action(staff.manager, project, staff.engineer.me)
    staff.manager.move(made.id, "assign")
    assert waiting(staff.engineer) == [("owned", False)]
    assert not waiting(staff.quality) and not waiting(staff.office)
    clock.move_to(instant(date(2026, 12, 12), 540) / 1000)
    assert waiting(staff.engineer) == [("owned", True)]
    for one in (staff.quality, staff.office, staff.manager, staff.department):
        assert waiting(one) == [("actions", True)]
    assert not waiting(staff.colleague) and not waiting(staff.desk)


def test_what_is_done_is_overdue_no_more(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    done(staff, project)
    clock.move_to(instant(date(2026, 12, 12), 540) / 1000)
    assert not waiting(staff.engineer) and not waiting(staff.office)


def test_one_of_the_company_is_known_to_quality_and_the_office(
    staff: Staff, clock: time_machine.Traveller
) -> None:
    made = action(staff.quality, None, staff.engineer.me)
    staff.quality.move(made.id, "assign")
    clock.move_to(instant(date(2026, 12, 12), 540) / 1000)
    assert waiting(staff.engineer) == [("owned", True)]
    assert waiting(staff.quality) == waiting(staff.office) == [("actions", True)]
    assert not waiting(staff.manager)


def test_one_of_a_completed_project_is_not_forgotten(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    made = action(staff.manager, project, staff.engineer.me)
    staff.manager.move(made.id, "assign")
    staff.manager.move(project, "complete")
    clock.move_to(instant(date(2026, 12, 12), 540) / 1000)
    assert waiting(staff.quality) == waiting(staff.office) == [("actions", True)]
