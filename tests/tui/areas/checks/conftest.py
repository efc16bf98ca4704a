"""The time and the checklist of the tests of answering without a screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.records.checks.rounds import due_rounds
from tests.support.check_days import FRIDAY
from tests.support.checks import template
from tui.areas.checks.sheet.sheet_answering import SheetAnswering


@pytest.fixture
def friday() -> Iterator[time_machine.Traveller]:
    """A Friday morning in Shanghai; everything of the test happens then."""
    with time_machine.travel(instant(FRIDAY, 9 * 60) / 1000, tick=False) as clock:
        yield clock


@pytest.fixture
def sheet(friday: time_machine.Traveller, book: Book, project: str) -> SheetAnswering:
    """A round of three items, not begun: alarms, a temperature from 18 to 27, access."""
    template(book)
    return answering_of(book)


def answering_of(book: Book) -> SheetAnswering:
    """The first round of today, read."""
    made = SheetAnswering(book, due_rounds.rounds(book, FRIDAY)[0])
    made.read()
    return made
