"""Links: what belongs to a record comes whole and in order; of what points to it, the newest."""

from __future__ import annotations

from models.book.book import Book
from models.queries.links import MOST, added_to, linked_to

NOON = 1_764_300_000_000
"""An instant, ms UTC."""


def test_everything_that_names_a_record_is_found_newest_first_within_its_type(
    book: Book, project: str
) -> None:
    site = book.add("site", {"name": "机房"}).id
    fixes = [
        book.add("fix", {"phenomenon": text, "site": site}, project=project).id for text in "甲乙"
    ]
    note = book.add("note", {"about": site, "text": "x"}).id
    book.add("fix", {"phenomenon": "别处"}, project=project)
    assert [one.id for one in linked_to(book.store, site).records] == fixes[::-1]
    assert [one.id for one in added_to(book.store, site, "note")] == [note]
    assert linked_to(book.store, note) == ([], 0)


def test_a_void_record_still_points_unless_it_is_not_asked_for(book: Book, project: str) -> None:
    site = book.add("site", {"name": "机房"}).id
    fix = book.add("fix", {"phenomenon": "甲", "site": site}, project=project)
    book.void(fix.id, "重复")
    assert [one.id for one in linked_to(book.store, site).records] == [fix.id]
    assert linked_to(book.store, site, void=False).records == []


def test_a_record_that_names_one_by_two_links_is_listed_once(book: Book, project: str) -> None:
    values = {"phenomenon": "甲", "department_manager": book.me, "fixed_by": book.me}
    made = book.add("escalation", values, project=project)
    found = linked_to(book.store, book.me).records
    assert [one.id for one in found if one.type == "escalation"] == [made.id]


def test_what_is_not_listed_is_counted(book: Book, project: str) -> None:
    site = book.add("site", {"name": "机房"}).id
    with book.saving():
        for place in range(MOST + 3):
            values = {"phenomenon": f"{place}", "site": site}
            book.add("fix", values, project=project, occurred=NOON + place)
    found = linked_to(book.store, site)
    assert (len(found.records), found.more) == (MOST, 3)
    assert found.records[0].title() == str(MOST + 2)


def test_notes_come_whole_and_in_order(book: Book) -> None:
    template = book.add("template", {"name_zh": "长表"})
    with book.saving():
        for place in range(250):
            note = {"about": template.id, "text": f"{place}"}
            book.add("note", note, occurred=NOON + place)
    notes = added_to(book.store, template.id, "note")
    assert [note.values()["text"] for note in notes] == [f"{place}" for place in range(250)]
