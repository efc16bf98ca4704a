"""A project with four months behind it, on a Friday morning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from sync.workspace.workspace import Workspace
from tests.support.open_items import TODAY, lived
from tests.support.staff import Staff


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The clock, which a test moves."""
    with time_machine.travel(instant(TODAY, 540) / 1000, tick=False) as traveller:
        yield traveller


@pytest.fixture
def staff(clock: time_machine.Traveller, workspace: Workspace) -> Staff:
    """One person for each role."""
    return Staff(workspace)


@pytest.fixture
def made(clock: time_machine.Traveller, book: Book, staff: Staff, project: str) -> dict[str, Any]:
    """What was recorded in four months; ids by what they are."""
    return lived(book, staff, project, clock)
