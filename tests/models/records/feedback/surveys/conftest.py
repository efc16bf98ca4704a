"""A project whose service is over, and a follow-up of it."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.records.feedback.surveys.survey import Survey
from tests.support import surveys
from tests.support.staff import Staff


@pytest.fixture
def over(book: Book, project: str) -> str:
    """The project's service is over; its last day."""
    return surveys.ended(book, project)


@pytest.fixture
def survey(staff: Staff, project: str, over: str) -> Survey:
    """A follow-up with six people, of whom three are drawn."""
    made = surveys.survey(staff.desk, project)
    return surveys.again(staff.desk.move(made.id, "draw"))
