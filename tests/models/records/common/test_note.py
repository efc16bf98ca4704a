"""Notes: a remark on any record, kept in its space, never edited."""

from __future__ import annotations

import pytest

from models.book.book import Book
from tests.support.staff import Staff, no_add, no_edit


def test_a_note_goes_with_the_record_that_it_is_about(book: Book, project: str) -> None:
    fix = book.add("fix", {"phenomenon": "告警"}, project=project)
    site = book.add("site", {"name": "机房"})
    on_fix = book.add("note", {"about": fix.id, "text": "已联系厂家"})
    on_site = book.add("note", {"about": site.id, "text": "需工作票"})
    assert (on_fix.project, on_site.project) == (project, None)
    assert book.space_of(on_fix) == book.space_of(fix) != book.space_of(site)
    assert book.space_of(on_site) == book.space_of(site)


@pytest.mark.parametrize("absent", ["about", "text"])
def test_a_note_needs_a_record_and_a_text(book: Book, project: str, absent: str) -> None:
    about = book.add("fix", {"phenomenon": "告警"}, project=project).id
    values = {"about": about, "text": "已联系厂家"}
    del values[absent]
    assert "需要填写" in no_add(book, "note", values, project)


def test_a_note_is_never_edited_even_by_its_author(staff: Staff, project: str) -> None:
    fix = staff.engineer.add("fix", {"phenomenon": "告警"}, project=project)
    made = staff.desk.add("note", {"about": fix.id, "text": "客户来电"})
    for book in (staff.desk, staff.manager):
        assert "另加一条" in no_edit(book, made.id, text="改")


def test_a_settled_record_still_takes_notes(book: Book, staff: Staff, project: str) -> None:
    milestone = book.add("milestone", {"name": "初验"}, project=project)
    book.move(milestone.id, "done")
    assert staff.engineer.add("note", {"about": milestone.id, "text": "资料在柜中"}).id
