"""Facts: an effect that was found before its day is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.book import Book
from models.book.derived_state import StateView
from models.calendar.business_dates import instant
from models.queries import facts
from models.schema.record import Record
from tests.support.corrective_actions import done
from tests.support.staff import Staff


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A Friday morning."""
    with time_machine.travel(instant(date(2026, 11, 20), 540) / 1000, tick=False) as traveller:
        yield traveller


def said(book: Book, record: Record) -> list[str]:
    return [fact.text for fact in facts.facts_of(book, record, StateView(book.store))]


def test_an_effect_that_the_clock_of_another_time_zone_let_pass_before_its_day(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    made = done(staff, project)
    clock.move_to(instant(date(2026, 12, 17), 1200) / 1000)
    staff.quality.zone = "Pacific/Auckland"  # one in the morning of the day after, there
    early = staff.quality.move(made.id, "verify", {"effect": "有效"})
    assert any("早于约定的 2026-12-18" in text for text in said(staff.office, early))


def test_one_that_is_found_effective_on_its_day(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    made = done(staff, project)
    clock.move_to(instant(date(2026, 12, 18), 540) / 1000)
    found = staff.quality.move(made.id, "verify", {"effect": "有效"})
    assert not any("早于" in text for text in said(staff.office, found))
