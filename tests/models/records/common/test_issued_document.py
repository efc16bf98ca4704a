"""Issued documents: their kinds, those of areas among them; a version is never edited."""

from __future__ import annotations

from typing import Any

import pytest

from models.book.book import Book
from models.records.common.issued_document import DOCUMENTS, IssuedDocument, document_kind
from models.schema.record import Record
from models.text.words import Refused
from tests.support.new_area import new_area
from tests.support.staff import Staff, no_add, no_edit
from tui.areas import contributions as _  # noqa: F401  (reads what the areas register)
from tui.documents.document import DOCUMENTS as MADE

SUM = "0" * 64


def issue(book: Book, project: str, document: str) -> Record:
    """A record that says that a document of this kind was issued."""
    sums = dict.fromkeys(("sha256", "data_sha256", "template_sha256"), SUM)
    values = {"name": "文件", "document": document, "about": project, "version": 1, **sums}
    return book.add("issued", values, project=project)


def test_every_document_that_can_be_made_can_be_issued(book: Book, project: str) -> None:
    kinds = {choice.name for choice in IssuedDocument.specs()["document"].choices}
    assert {known[0] for known in DOCUMENTS} <= kinds
    assert {issue(book, project, name).values()["document"] for name in MADE} == set(MADE)


def test_a_kind_that_an_area_adds_is_one_of_the_choices(book: Book, project: str) -> None:
    with pytest.raises(Refused, match="只能是以下之一"):
        issue(book, project, "plan")
    with new_area():
        document_kind("plan", "服务计划", "service plan")
        assert issue(book, project, "plan").values()["document"] == "plan"
        assert IssuedDocument.specs()["document"].word("plan") == "服务计划"
    with pytest.raises(Refused, match="只能是以下之一"):
        issue(book, project, "plan")


@pytest.fixture
def values(book: Book, project: str) -> dict[str, Any]:
    """What one issue writes down."""
    about = book.add("fix", {"phenomenon": "告警"}, project=project).id
    return {
        **{"name": "现场处置记录", "document": "record", "about": about, "version": 1},
        **{"sha256": SUM, "data_sha256": "1" * 64, "template_sha256": "2" * 64},
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
