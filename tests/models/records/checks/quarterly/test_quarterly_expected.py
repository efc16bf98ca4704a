"""Expected: one check for each project in service, in the quarter's last working week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.calendar.working_calendar import BUNDLED
from models.derived import expected
from models.derived.expected import DueWindow, Expected
from models.queries.waiting import agenda
from models.records.checks.quarterly.quarterly_expected import last_week
from tests.support.quarterly_checks import answered, check
from tests.support.staff import Staff


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A day in the middle of a quarter."""
    with time_machine.travel(instant(date(2026, 11, 18), 540) / 1000, tick=False) as traveller:
        yield traveller


def at(clock: time_machine.Traveller, day: str) -> None:
    clock.move_to(instant(date.fromisoformat(day), 540) / 1000)


@pytest.mark.parametrize(
    ("quarter", "first", "last"),
    [
        ("2024-Q1", "2024-03-25", "2024-03-29"),
        ("2024-Q2", "2024-06-24", "2024-06-28"),
        ("2024-Q3", "2024-09-30", "2024-09-30"),
        ("2024-Q4", "2024-12-30", "2024-12-31"),
        ("2025-Q1", "2025-03-31", "2025-03-31"),
        ("2025-Q2", "2025-06-30", "2025-06-30"),
        ("2025-Q3", "2025-09-29", "2025-09-30"),
        ("2025-Q4", "2025-12-29", "2025-12-31"),
        ("2026-Q1", "2026-03-30", "2026-03-31"),
        ("2026-Q2", "2026-06-29", "2026-06-30"),
        ("2026-Q3", "2026-09-28", "2026-09-30"),
        ("2026-Q4", "2026-12-28", "2026-12-31"),
        ("2027-Q1", "2027-03-29", "2027-03-31"),  # its holidays are not announced yet
        ("2027-Q3", "2027-09-27", "2027-09-30"),
        ("2027-Q4", "2027-12-27", "2027-12-31"),
    ],
)
def test_the_last_working_week(quarter: str, first: str, last: str) -> None:
    found = tuple(day.isoformat() for day in last_week(quarter, BUNDLED))
    assert found == (first, last)


def today(book: Book) -> list[tuple[str, str]]:
    """(title, standing) of the quarterly checks on Today."""
    return [
        (one.awaited.title, one.awaited.standing)
        for one in agenda.agenda(book)
        if one.awaited and one.awaited.type == "quarterly_check"
    ]


@pytest.mark.shows("Q-512", 15)
def test_it_is_on_the_project_managers_today_in_the_last_week_and_until_it_is_done(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    assert today(staff.manager) == []
    at(clock, "2026-12-25")
    assert today(staff.manager) == []
    at(clock, "2026-12-28")
    assert today(staff.manager) == [("定期质量检查 2026-Q4", "due")]
    assert today(staff.engineer) == today(staff.quality) == []
    made = check(staff.manager, project)
    assert [standing for _, standing in today(staff.manager)] == ["begun"]
    at(clock, "2027-01-04")
    assert [standing for _, standing in today(staff.manager)] == ["late"]
    answered(staff.manager, made)
    staff.manager.move(made.id, "report", {"summary": "六项均符合"})
    assert today(staff.manager) == []


def of_quarter(book: Book, *projects: object) -> list[Expected]:
    window = DueWindow(first=date(2026, 12, 28), last=date(2026, 12, 31), projects=projects)
    return expected.expected(book, window, "quarterly_check")


def test_projects_outside_their_service_period_owe_none(staff: Staff, project: str) -> None:
    over = staff.manager.add("project", {"name": "已到期", "service_to": "2026-09-30"})
    later = staff.manager.add("project", {"name": "未开始", "service_from": "2027-01-01"})
    ends = staff.manager.add("project", {"name": "季中到期", "service_to": "2026-10-08"})
    done = staff.manager.add("project", {"name": "已完工"})
    staff.manager.move(done.id, "complete")
    every = [staff.manager.get(one.id) for one in (over, later, ends, done)]
    every.append(staff.manager.get(project))
    asked = {one.project.id for one in of_quarter(staff.manager, *every)}
    assert asked == {ends.id, project}


def test_what_was_before_the_program_was_used_is_not_owed(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    at(clock, "2027-01-04")
    new = staff.manager.add("project", {"name": "新登记", "service_from": "2026-01-01"})
    asked = [one.project.id for one in of_quarter(staff.manager, staff.manager.get(new.id))]
    assert asked == []


def test_opening_it_begins_it(staff: Staff, project: str) -> None:
    (one,) = of_quarter(staff.manager, staff.manager.get(project))
    made = expected.begin(staff.manager, one.type, one.values, project)
    assert made.id == check(staff.manager, project).id if made.void else made.state == "draft"
