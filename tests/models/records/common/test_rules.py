"""Rules of what every record has: a document is issued of what is settled."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.schema.record import Record
from models.text.words import Refused

SUM = "0" * 64


def issue(book: Book, about: Record, **more: object) -> Record:
    """The record that a document was issued."""
    sums = dict.fromkeys(("sha256", "data_sha256", "template_sha256"), SUM)
    values = {"name": "文件", "document": "record", "about": about.id, "version": 1, **sums}
    return book.add("issued", {**values, **more}, project=about.project)


@pytest.fixture
def in_conflict(book: Book, project: str) -> Record:
    """A fix with two values of one field, typed in two windows."""
    made = book.add("fix", {"phenomenon": "x"}, project=project)
    for text in ("电池", "电容"):
        book.edit(made.id, {"cause": text}, seen=made.dots)
    return book.get(made.id)


def test_what_is_in_conflict_is_not_issued(book: Book, project: str, in_conflict: Record) -> None:
    with pytest.raises(Refused, match="有未解决的冲突"):
        issue(book, in_conflict)
    assert book.store.rows("SELECT count(*) FROM issued") == [(0,)]
    book.edit(in_conflict.id, {"cause": "两者"}, seen=in_conflict.dots)
    whole = book.add("fix", {"phenomenon": "y"}, project=project)
    assert issue(book, whole).number


def test_a_projects_week_is_issued_whatever_is_in_conflict(
    book: Book, project: str, in_conflict: Record
) -> None:
    about = book.get(project)
    week = {"document": "week", "week": "2026-W47"}
    values = {"name": "周报", "about": about.id, "version": 1, **week}
    sums = dict.fromkeys(("sha256", "data_sha256", "template_sha256"), SUM)
    assert book.add("issued", {**values, **sums}, project=project).number


def test_a_document_about_nothing_that_is_here_is_recorded(book: Book, project: str) -> None:
    """What it is about may not have arrived yet."""
    sums = dict.fromkeys(("sha256", "data_sha256", "template_sha256"), SUM)
    values = {"name": "文件", "document": "record", "about": "elsewhere", "version": 1, **sums}
    assert book.add("issued", values, project=project).number


def attached(book: Book, about: str) -> Record:
    """A file attached to a record."""
    return book.add("attachment", {"about": about, "name": "复函.pdf", "sha256": SUM})


def test_the_evidence_of_a_decision_is_not_voided(book: Book, project: str) -> None:
    delivery = book.add("delivery", {"name": "备件"}, project=project)
    book.move(delivery.id, "deliver")
    early, file = attached(book, delivery.id), attached(book, delivery.id)
    accepted = book.move(delivery.id, "accept", {"accepted_by": "李主任", "evidence": file.id})
    with pytest.raises(Refused, match="凭据") as refused:
        book.void(file.id, "不想要")
    assert accepted.number in str(refused.value)
    assert book.get(file.id).void is None
    assert book.void(early.id, "重复").void == "重复"


def test_the_files_of_an_issued_document_are_not_voided(book: Book, project: str) -> None:
    fix = book.add("fix", {"phenomenon": "x"}, project=project)
    file = attached(book, issue(book, fix).id)
    with pytest.raises(Refused, match="凭据"):
        book.void(file.id, "不想要")
