"""Issued documents: versions in order, of one document only; files and record go together."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.records.common import issued_documents
from models.records.common.issued_documents import IssuedVersion
from models.schema.record import Record
from models.storage import blobs
from models.storage.blobs import StoredBlob
from models.text.words import Refused
from sync.workspace.workspace import Workspace

FILES = ("fix.docx", "data.json", "template.docx")


@pytest.fixture
def fix(book: Book, project: str) -> Record:
    """The record that the documents are about."""
    return book.add("fix", {"phenomenon": "泵"}, project=project)


def issue(workspace: Workspace, about: Record, version: int, **more: object) -> IssuedVersion:
    """Record a version whose three files say which they are."""
    stored: list[tuple[str, StoredBlob]] = [
        (name, blobs.keep_bytes(workspace.home, f"{name} {version} {more}".encode(), name))
        for name in FILES
    ]
    file, data, template = (one.sha256 for _, one in stored)
    values = {
        **{"name": f"记录 V{version}.0", "document": "record", "about": about.id},
        **{"version": version, "sha256": file, "data_sha256": data, "template_sha256": template},
        **more,
    }
    assert about.project is not None
    return issued_documents.record_version(workspace.book, values, about.project, stored)


def test_the_versions_of_a_document_come_in_order_and_without_others(
    workspace: Workspace, fix: Record
) -> None:
    second, first = issue(workspace, fix, 2), issue(workspace, fix, 1)
    customer = issue(workspace, fix, 1, document="problem", edition="customer")
    week = issue(workspace, fix, 1, document="week", week="2026-W47")

    def numbers(*which: str) -> list[str]:
        return [one.number for one in issued_documents.versions(workspace.store, fix.id, *which)]

    assert numbers("record") == [first.number, second.number]
    assert numbers("problem", "customer") == [customer.number]
    assert numbers("problem") == numbers("problem", "internal") == []
    assert numbers("week", "", "2026-W47") == [week.number]
    assert numbers("week", "", "2026-W46") == []
    every = issued_documents.of_record(workspace.store, fix.id)
    assert [one.number for one in every] == [one.number for one in (customer, first, second, week)]
    workspace.book.void(week.id, "发错了")
    assert week.id not in {one.id for one in issued_documents.of_record(workspace.store, fix.id)}


def test_a_voided_version_keeps_its_place(workspace: Workspace, fix: Record) -> None:
    made = issue(workspace, fix, 1)
    workspace.book.void(made.id, "发错了")
    (found,) = issued_documents.versions(workspace.store, fix.id, "record")
    assert found.id == made.id and found.void == "发错了"


def test_the_three_files_are_attached(workspace: Workspace, fix: Record) -> None:
    made = issue(workspace, fix, 1)
    sql = "SELECT name, sha256 FROM attachment WHERE about=?"
    found = dict(workspace.store.rows(sql, (made.id,)))
    sums = (made.sha256, made.data_sha256, made.template_sha256)
    assert found == dict(zip(FILES, sums, strict=True))


def test_a_version_whose_file_is_refused_is_not_recorded(workspace: Workspace, fix: Record) -> None:
    before = workspace.store.rows("SELECT COUNT(*) FROM change")
    values = {"name": "x", "document": "record", "about": fix.id, "version": 1}
    sums = dict.fromkeys(("sha256", "data_sha256", "template_sha256"), "a" * 64)
    broken = [("", StoredBlob("not a checksum", -1))]
    with pytest.raises(Refused):
        issued_documents.record_version(
            workspace.book, {**values, **sums}, str(fix.project), broken
        )
    assert issued_documents.versions(workspace.store, fix.id, "record") == []
    assert workspace.store.rows("SELECT COUNT(*) FROM change") == before


def test_another_record_is_no_version(workspace: Workspace, fix: Record) -> None:
    assert issued_documents.as_version(fix) is None
    made = issue(workspace, fix, 1)
    assert issued_documents.as_version(workspace.book.get(made.id)) == made


def test_every_version_about_a_record_but_void_ones(workspace: Workspace, fix: Record) -> None:
    first, second = issue(workspace, fix, 1), issue(workspace, fix, 2)
    other = issue(workspace, fix, 1, document="comparison")
    workspace.book.void(first.id, "签错")
    found = issued_documents.of_record(workspace.store, fix.id)
    assert [one.id for one in found] == [other.id, second.id]
