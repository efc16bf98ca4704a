"""What the page says of irregular services: how often nobody wanted to have one."""

from __future__ import annotations

from models.book.book import Book
from models.book.derived_state import StateView
from models.queries.facts import facts_of
from models.schema.record import Record
from tests.support.irregular_services import corrected, held, noted, person_of
from tests.support.staff import Staff


def said(book: Book, record: Record) -> list[str]:
    return [fact.text for fact in facts_of(book, book.get(record.id), StateView(book.store))]


def test_it_is_counted_how_often_it_was_sent_back(staff: Staff, project: str) -> None:
    made = noted(staff.manager, project)
    assert said(staff.quality, made) == []
    for times, words in ((1, "已被退回 1 次"), (2, "已被退回 2 次")):
        values = {"referral": "up", "handler": staff.department.me}
        staff.manager.move(made.id, "refer", values, comment="超出权限")
        staff.department.move(made.id, "send_back", comment=f"第 {times} 次")
        assert words in said(staff.quality, made)


def test_a_training_names_what_repeats_it(staff: Staff, project: str) -> None:
    first = corrected(staff, project, found_on="2026-11-02")
    person_of(staff.manager, first, staff.engineer.me)
    made = held(staff, first, who=staff.engineer.me, on="2026-11-03")
    again = noted(staff.manager, project, found_on="2026-11-10")
    person_of(staff.manager, again, staff.engineer.me)
    book = staff.quality
    found = list(facts_of(book, book.get(made.id), StateView(book.store)))
    assert [fact.records for fact in found if fact.records] == [(again.id,)]
