"""Figures of complaints and communication equal a count of one's own."""

from __future__ import annotations

from datetime import date, timedelta

from models.book.book import Book
from models.derived.figures import Figure, Scope, figures
from tests.models.records.feedback.test_complaint import CONTENT, answered
from tests.models.records.feedback.test_contacts import contact
from tests.support.staff import Staff


def of(book: Book, project: str, first: date, last: date, family: str) -> dict[str, Figure]:
    """The figures of a family."""
    found = figures(book, Scope((project,), first, last))[family]
    return {one.kind.name.partition(".")[2]: one for one in found}


def test_complaints_by_the_day_they_were_received(staff: Staff, project: str) -> None:
    desk, day = staff.desk, staff.desk.today
    old = (day - timedelta(days=30)).isoformat()
    first = desk.add("complaint", CONTENT, project=project)
    answered(staff, first.id)
    desk.move(first.id, "accept", {"reaction": "accepted"})
    late = desk.add("complaint", {**CONTENT, "received_on": old}, project=project)
    desk.move(late.id, "confirm_receipt", {"acknowledged_by_way": "phone"})  # 30 days late
    desk.add("complaint", {**CONTENT, "received_on": old}, project=project)  # never
    desk.add("complaint", CONTENT, project=project)  # there is time
    found = of(desk, project, day - timedelta(days=40), day, "complaint")
    assert found["received"].value == 4 and found["open"].value == 4
    assert (found["in_time"].value, found["in_time"].n) == (33, 3)
    assert (found["accepted"].value, found["accepted"].records[0]) == (25, first.id)
    assert of(desk, project, day, day, "complaint")["received"].value == 2


def test_without_complaints_nothing_can_be_assessed(book: Book, project: str) -> None:
    found = of(book, project, book.today, book.today, "complaint")
    assert found["received"].value == 0 and found["in_time"].value is None
    assert found["accepted"].value is None


def test_contacts_planned_and_held_and_promises_kept(book: Book, project: str) -> None:
    day = book.today
    contact(book, project, "management", day)
    above = contact(book, project, "management", day, held_on=day.isoformat())
    contact(book, project, "survey", None, held_on=day.isoformat())
    for at, state in enumerate(("keep", "drop", "")):
        values = {"communication": above, "text": f"{at}", "owner": book.me}
        one = book.add("promise", {**values, "due": day.isoformat()})
        if state:
            book.move(one.id, state, {"result": "x"} if state == "keep" else {}, comment="x")
    found = of(book, project, day, day, "communication")
    assert (found["planned"].value, found["held"].value) == (2, 2)
    assert (found["rate"].value, found["rate"].n) == (50, 2)
    assert (found["promises"].value, found["promises"].n) == (50, 2)
    later = day + timedelta(days=9)
    assert of(book, project, later, later, "communication")["rate"].value is None
