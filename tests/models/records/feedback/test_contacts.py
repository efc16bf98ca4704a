"""Contacts: planned against held by channel and form; the last one of each project."""

from __future__ import annotations

from datetime import date, timedelta

from models.book.book import Book
from models.records.feedback.contacts import ContactCell, last_contacts, matrix
from tests.models.records.feedback.test_communication import HELD


def contact(book: Book, project: str, channel: str | None, due: date | None, **held: object) -> str:
    """A contact, planned and perhaps held; its id."""
    values = {"subject": "x", "channel": channel, "due": due.isoformat() if due else None}
    made = book.add("communication", values, project=project).id
    if held:
        book.move(made, "hold", {**HELD, **held})
    return made


def test_planned_held_and_extra_are_told_apart(book: Book, project: str) -> None:
    day = book.today
    first, last = day - timedelta(days=20), day + timedelta(days=20)
    late = contact(book, project, "management", day - timedelta(days=3))
    contact(book, project, "management", day, held_on=day.isoformat())
    contact(book, project, "management", day + timedelta(days=3))
    contact(book, project, "service_desk", None, form="phone", held_on=day.isoformat())
    contact(book, project, None, day)
    cancelled = contact(book, project, "survey", day)
    book.move(cancelled, "cancel", comment="x")
    early = (day - timedelta(days=200)).isoformat()
    contact(book, project, "survey", None, held_on=early)
    found = matrix(book.store, [project], first, last, day)
    assert found.cell("management", "on_site") == ContactCell(1, 1, 0)
    assert found.cell("management", "") == ContactCell(2, 0, 0)
    assert found.cell("service_desk", "phone") == ContactCell(0, 0, 1)
    assert found.cell("", "") == ContactCell(1, 0, 0)
    assert found.row("management") == ContactCell(3, 1, 0)
    assert found.column("on_site").held == 1 and found.column("phone").held == 1
    assert found.row("survey") == ContactCell() and found.whole == ContactCell(4, 1, 1)
    assert found.late == [late]
    assert matrix(book.store, [], first, last, day).whole == ContactCell()


def test_the_last_contact_is_the_latest_that_was_held(book: Book, project: str) -> None:
    day = book.today
    assert last_contacts(book.store, [project]) == {}
    contact(book, project, "management", day + timedelta(days=2))
    for back in (9, 4, 30):
        held_on = (day - timedelta(days=back)).isoformat()
        contact(book, project, "service_desk", None, held_on=held_on)
    assert last_contacts(book.store, [project]) == {project: day - timedelta(days=4)}
