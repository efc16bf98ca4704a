"""The time and the team of the tests of weekly entries without a screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.schema.roles import ENGINEER
from sync.workspace.workspace import Workspace
from tests.support.crew import Crew

WEEK = "2026-W47"
FRIDAY = instant(date(2026, 11, 20), 16 * 60)
MONDAY = instant(date(2026, 11, 23), 14 * 60)


@pytest.fixture
def monday() -> Iterator[time_machine.Traveller]:
    """The week after the one that is written about; the book was begun in week 41."""
    with time_machine.travel(instant(date(2026, 10, 5)) / 1000, tick=False) as clock:
        yield clock


@pytest.fixture
def team(workspace: Workspace, project: str, monday: time_machine.Traveller) -> Crew:
    """Three engineers; the first two handed in on Friday."""
    monday.move_to(MONDAY / 1000)
    made = Crew(workspace, FRIDAY)
    for book in made.admit(["仇小河", "段青", "文竹"], ENGINEER, project)[:2]:
        hand_in(book, project)
    return made


def hand_in(book: Book, project: str, week: str = WEEK) -> str:
    """This person's entry, handed in; its id."""
    values = {"week": week, "person": book.me, "progress": f"巡检，{book.people.name(book.me)}"}
    return book.move(book.add("weekly", values, project=project).id, "submit").id
