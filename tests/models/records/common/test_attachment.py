"""Attachments: a file of a record by its checksum; neither edited nor replaced."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.schema.record import Record
from tests.support.staff import Staff, no_add, no_edit

SUM = "0" * 64


@pytest.fixture
def fix(book: Book, project: str) -> Record:
    """A record to attach to."""
    return book.add("fix", {"phenomenon": "告警"}, project=project)


def test_a_file_is_kept_where_its_record_is(book: Book, project: str, fix: Record) -> None:
    made = book.add("attachment", {"about": fix.id, "name": "照片.jpg", "sha256": SUM, "size": 3})
    assert made.project == project and book.space_of(made) == book.space_of(fix)
    site = book.add("site", {"name": "机房"})
    made = book.add("attachment", {"about": site.id, "name": "平面图.pdf", "sha256": SUM})
    assert made.project is None and book.space_of(made) == book.space_of(site)


@pytest.mark.parametrize("absent", ["about", "name", "sha256"])
def test_a_file_needs_its_record_name_and_checksum(
    book: Book, project: str, fix: Record, absent: str
) -> None:
    values = {"about": fix.id, "name": "照片.jpg", "sha256": SUM}
    del values[absent]
    assert "需要填写" in no_add(book, "attachment", values, project)


@pytest.mark.parametrize("wrong", [{"sha256": "0" * 65}, {"size": -1}])
def test_too_long_a_checksum_or_a_negative_size_is_refused(
    book: Book, fix: Record, wrong: dict[str, object]
) -> None:
    assert no_add(book, "attachment", {"about": fix.id, "name": "a", "sha256": SUM, **wrong})


def test_an_attachment_is_never_edited(staff: Staff, fix: Record) -> None:
    values = {"about": fix.id, "name": "照片.jpg", "sha256": SUM}
    made = staff.engineer.add("attachment", values)
    assert "另加一条" in no_edit(staff.engineer, made.id, name="另一张.jpg")
