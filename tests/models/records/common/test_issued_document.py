"""Issued documents: the kinds that can be issued, those that areas add among them."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.records.common.issued_document import DOCUMENTS, IssuedDocument, document_kind
from models.schema.record import Record
from models.text.words import Refused
from tests.support.new_area import new_area
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


def test_an_issued_document_is_never_edited(book: Book, project: str) -> None:
    made = issue(book, project, "record")
    with pytest.raises(Refused):
        book.edit(made.id, {"version": 2})
