"""Issued documents: a version with the checksums of what it was made of; never edited."""

from __future__ import annotations

from typing import Any

import pytest

from models.book.book import Book
from tests.support.staff import Staff, no_add, no_edit


@pytest.fixture
def values(book: Book, project: str) -> dict[str, Any]:
    """What one issue writes down."""
    about = book.add("fix", {"phenomenon": "告警"}, project=project).id
    return {
        **{"name": "现场处置记录", "document": "record", "about": about, "version": 1},
        **{"sha256": "0" * 64, "data_sha256": "1" * 64, "template_sha256": "2" * 64},
    }


def test_an_issue_needs_document_version_and_every_checksum(
    book: Book, project: str, values: dict[str, Any]
) -> None:
    for absent in values:
        rest = {name: value for name, value in values.items() if name != absent}
        assert "需要填写" in no_add(book, "issued", rest, project)
    assert book.add("issued", values, project=project).title() == "现场处置记录"


def test_versions_begin_at_one(book: Book, project: str, values: dict[str, Any]) -> None:
    assert "版本" in no_add(book, "issued", {**values, "version": 0}, project)


def test_an_issue_is_never_edited_a_change_is_another_version(
    staff: Staff, project: str, values: dict[str, Any]
) -> None:
    made = staff.manager.add("issued", values, project=project)
    assert "另加一条" in no_edit(staff.manager, made.id, reason="更正")
    again = staff.manager.add("issued", {**values, "version": 2, "reason": "更正"}, project=project)
    assert again.id != made.id


def test_an_issue_belongs_to_a_project(book: Book, values: dict[str, Any]) -> None:
    assert "项目" in no_add(book, "issued", values)
