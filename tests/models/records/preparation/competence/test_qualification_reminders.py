"""Reminders of certificates: told 60 days ahead, to the person and to who keeps the files."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.book.book import Book
from models.queries.waiting.agenda import AgendaItem, agenda
from models.records.preparation.competence.qualification_reminders import stage
from tests.support.preparation import file_of
from tests.support.staff import Staff


def told(book: Book) -> list[AgendaItem]:
    """The certificates on somebody's Today."""
    return [one for one in agenda(book) if one.record and one.record.type == "qualification"]


@pytest.mark.parametrize(
    ("days", "reached"),
    [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (0, 7), (-1, 0)],
)
def test_the_stages(book: Book, days: int, reached: int | None) -> None:
    day = (book.today + timedelta(days=days)).isoformat()
    assert stage(day, book.today) == reached


def test_no_day_and_nonsense_have_no_stage(book: Book) -> None:
    assert stage(None, book.today) is None and stage("2026-13-45", book.today) is None


@pytest.mark.shows(3)
def test_who_is_told(staff: Staff) -> None:
    soon = (staff.office.today + timedelta(days=60)).isoformat()
    file_of(staff, staff.engineer.me, valid_to=soon)
    for book in (staff.engineer, staff.office, staff.department):
        [item] = told(book)
        assert (item.group, item.overdue) == ("soon", False) and item.due is not None
        assert item.due.isoformat() == soon
    for book in (staff.colleague, staff.manager, staff.quality):
        assert told(book) == []


def test_not_before_and_not_of_who_has_left(staff: Staff) -> None:
    late = (staff.office.today + timedelta(days=61)).isoformat()
    file_of(staff, staff.engineer.me, valid_to=late)
    file = file_of(staff, staff.colleague.me, valid_to=staff.office.today.isoformat())
    assert [one.due for one in told(staff.office)] == [staff.office.today]
    staff.office.move(file.id, "leave", comment="离职")
    assert told(staff.office) == []


def test_an_expired_one_is_overdue(staff: Staff) -> None:
    before = (staff.office.today - timedelta(days=1)).isoformat()
    file_of(staff, staff.engineer.me, valid_to=before)
    [item] = told(staff.engineer)
    assert item.overdue
