"""A week of one checklist: in time, late, left out and not done; and the routine check of it."""

from __future__ import annotations

from datetime import date

import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.schema.record import Record
from tests.support import checks
from tests.support.staff import Staff

PEOPLE = "SELECT id FROM person"
WEEK = {"first": "2026-11-16", "last": "2026-11-20"}


def at(clock: time_machine.Traveller, day: int, minute: int = 540) -> None:
    clock.move_to(instant(date(2026, 11, day), minute) / 1000)


def sheet(book: Book, project: str, template: str, day: int, result: str = "ok") -> None:
    """A submitted sheet of one item, of a day."""
    values = {"template": template, "day": f"2026-11-{day}", "round": 1}
    made = book.add("sheet", values, project=project)
    (item,) = checks.items(book, template)
    answer = {"sheet": made.id, "item": item, "result": result}
    if result in ("na", "unchecked"):
        answer["reason"] = "机房停电"
    book.add("answer", answer)
    book.move(made.id, "submit")


def checked_week(staff: Staff, project: str, clock: time_machine.Traveller) -> str:
    """A template with Monday in time, Tuesday late, Wednesday left out, Thursday in time; id."""
    template = checks.template(staff.manager, project, ({"text_zh": "门禁登记"},))
    at(clock, 16)
    sheet(staff.engineer, project, template, 16)
    at(clock, 18)
    sheet(staff.engineer, project, template, 17)
    at(clock, 19)
    sheet(staff.engineer, project, template, 19, "unchecked")
    at(clock, 20)
    sheet(staff.engineer, project, template, 20, "not_ok")
    at(clock, 23)
    return template


def heard(book: Book) -> None:
    """All work of everybody is here."""
    book.reach = lambda: {row[0]: book.change_log.now() for row in book.store.rows(PEOPLE)}


def check(staff: Staff, project: str) -> Record:
    heard(staff.manager)
    return staff.manager.add("routine_check", WEEK, project=project)
