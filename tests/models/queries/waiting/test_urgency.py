"""Urgency: the share of the working time to its due day that a record has used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.book import Book
from models.book.log.transitions import made_by
from models.calendar.business_dates import instant
from models.calendar.working_calendar import BUNDLED
from models.queries.waiting import urgency
from tests.support.escalations import taken_up

WEDNESDAY = date(2026, 11, 18)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A Wednesday, nine o'clock."""
    with time_machine.travel(instant(WEDNESDAY, 540) / 1000, tick=False) as traveller:
        yield traveller


def at(clock: time_machine.Traveller, day: int, minute: int = 540) -> None:
    """Let it be another time of that November."""
    clock.move_to(instant(date(2026, 11, day), minute) / 1000)


def test_the_due_day_is_the_field_that_its_type_declares(book: Book, project: str) -> None:
    made = book.add("escalation", {"phenomenon": "x", "due": "2026-11-20"}, project=project)
    assert urgency.due_day(made) == date(2026, 11, 20)
    assert urgency.due_at(made) == instant(date(2026, 11, 20), 17 * 60)
    site = book.add("site", {"name": "机房"})
    assert (urgency.due_day(site), urgency.due_at(site)) == (None, None)
    assert urgency.used(book, site) is None


def test_time_counts_from_when_the_day_was_asked_for_last(
    book: Book, project: str, clock: time_machine.Traveller
) -> None:
    made = book.add("escalation", {"phenomenon": "x", "due": "2026-11-20"}, project=project)
    assert urgency.since(made, made_by(book.store, made.id)) == made.recorded
    at(clock, 19)
    accepted = book.move(made.id, "accept", taken_up(book, "2026-11-20"))
    moves = made_by(book.store, made.id)
    assert urgency.since(accepted, moves) == instant(date(2026, 11, 19), 540)
    at(clock, 20)
    assert urgency.used(book, accepted, moves=moves) == urgency.used(book, accepted) == 50


def test_what_is_over_uses_no_time(book: Book, project: str, clock: time_machine.Traveller) -> None:
    made = book.add("milestone", {"name": "上线", "due": "2026-11-18"}, project=project)
    at(clock, 20)
    used = urgency.used(book, made)
    assert used is not None and used > 100 and urgency.mark(used) == 100
    assert urgency.used(book, book.move(made.id, "done")) is None


@pytest.mark.parametrize(
    ("percent", "mark"), [(None, 0), (0, 0), (74, 0), (75, 75), (99, 75), (100, 100), (300, 100)]
)
def test_the_mark_is_the_highest_that_is_reached(percent: int | None, mark: int) -> None:
    assert urgency.mark(percent) == mark


def test_the_project_says_by_which_hours_time_counts(
    book: Book, project: str, clock: time_machine.Traveller
) -> None:
    made = book.add("escalation", {"phenomenon": "x", "due": "2026-11-19"}, project=project)
    at(clock, 18, 22 * 60)  # ten at night: a working day of two is over
    assert urgency.used(book, made) == 50
    book.edit(project, {"service_clock": "7x24"})
    assert urgency.used(book, made) == 33  # 13 of 39 hours
    book.edit(project, {"service_clock": "7x12"})
    assert urgency.used(book, made) == 47  # 11 of 23 hours
    book.edit(project, {"service_clock": None})
    assert urgency.used(book, made) == 50


def test_make_up_days_count_unless_the_agreement_ignores_them(book: Book, project: str) -> None:
    clock, calendar = urgency.service_hours(book.store, project)
    assert (clock, calendar.makeup) == ("5x8", True)
    book.edit(project, {"no_make_up": True})
    _, calendar = urgency.service_hours(book.store, project)
    assert not calendar.makeup and calendar is urgency.service_hours(book.store, project)[1]
    made_up = date(2026, 2, 14)  # a Saturday that is worked
    assert BUNDLED.is_workday(made_up) and not calendar.is_workday(made_up)
