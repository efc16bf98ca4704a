"""Links: which records point to one, by any of their links."""

from __future__ import annotations

from models.book.book import Book
from models.queries.links import linked_to


def test_everything_that_names_a_record_is_found_newest_first_within_its_type(
    book: Book, project: str
) -> None:
    site = book.add("site", {"name": "机房"}).id
    fixes = [
        book.add("fix", {"phenomenon": text, "site": site}, project=project).id for text in "甲乙"
    ]
    note = book.add("note", {"about": site, "text": "x"}).id
    book.add("fix", {"phenomenon": "别处"}, project=project)
    found = [one.id for one in linked_to(book.store, site)]
    assert [id for id in found if id in fixes] == fixes[::-1]
    assert set(found) == {*fixes, note}
    assert linked_to(book.store, note) == []


def test_a_void_record_still_points(book: Book, project: str) -> None:
    site = book.add("site", {"name": "机房"}).id
    fix = book.add("fix", {"phenomenon": "甲", "site": site}, project=project)
    book.void(fix.id, "重复")
    assert [one.id for one in linked_to(book.store, site)] == [fix.id]


def test_a_record_that_names_one_by_two_links_is_listed_once(book: Book, project: str) -> None:
    values = {"phenomenon": "甲", "department_manager": book.me, "fixed_by": book.me}
    made = book.add("escalation", values, project=project)
    assert [one.id for one in linked_to(book.store, book.me) if one.type == "escalation"] == [
        made.id
    ]
