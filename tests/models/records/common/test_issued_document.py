"""Issued documents: their kinds, unknown ones too; where they are kept; never edited."""

from __future__ import annotations

from typing import Any

import pytest

from models.book.book import Book
from models.records.common.issued_document import IssuedDocument, document_kind
from models.schema.record import Record
from models.text.words import Refused, W
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
    spec = IssuedDocument.specs()["document"]
    assert {choice.name for choice in spec.known} == set(MADE) and spec.word("week")
    assert {issue(book, project, name).values()["document"] for name in MADE} == set(MADE)


def test_a_kind_has_the_word_of_its_area_and_an_unknown_one_shows_its_name(
    book: Book, project: str
) -> None:
    spec = IssuedDocument.specs()["document"]
    with new_area():
        document_kind("plan", W("服务计划", "service plan"))
        assert spec.word("plan") == "服务计划"
    kept = issue(book, project, "plan")  # by a program that knows it
    assert kept.values()["document"] == "plan" and spec.word("plan") == "plan（未知代码）"
    with pytest.raises(Refused, match="代码"):
        issue(book, project, "not a name")


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
    for absent in [name for name in values if name != "about"]:
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


def test_an_issue_is_kept_where_its_record_is(
    book: Book, project: str, values: dict[str, Any]
) -> None:
    assert "所属的项目" in no_add(book, "issued", values)
    customer = book.add("customer", {"name": "医院"}).id
    assert "所属的项目" in no_add(book, "issued", {**values, "about": customer}, project)
    made = book.add("issued", {**values, "about": customer})
    assert (made.project, book.space_of(made)) == (None, "company")
    of_week = book.add("issued", {**values, "about": project, "week": "2026-W47"}, project=project)
    assert book.space_of(of_week) == f"p:{project}"


def test_one_about_no_record_is_the_whole_companys(
    book: Book, project: str, values: dict[str, Any]
) -> None:
    del values["about"]
    assert "所据记录" in no_add(book, "issued", values, project)
    made = book.add("issued", {**values, "quarter": "2026-Q4"})
    assert (made.project, made.values()["about"]) == (None, None)
    assert book.space_of(made) == "company"
