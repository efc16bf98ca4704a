"""Issued documents: each version is recorded once, with its files, and found again in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from models.records.common.issued_document import IssuedDocument
from models.schema.record import Record
from models.storage import rows
from models.storage.blobs import StoredBlob

if TYPE_CHECKING:
    from models.book.book import Book
    from models.storage.store import Store

IssuedVersion: TypeAlias = IssuedDocument
"""One version of a document, as it was issued."""


def versions(
    store: Store, about: str, document: str, edition: str = "", week: str = "", quarter: str = ""
) -> list[IssuedVersion]:
    """The versions of a document that were issued, the first one first.

    `about` is '' for a document of the whole company. One that was voided since is among them: its
    number is not used again.
    """
    absent = "AND project IS NULL " if not about else ""
    where = (
        f"WHERE COALESCE(about, '')=? {absent}AND document=? AND COALESCE(edition, '')=?"
        " AND COALESCE(week, '')=? AND COALESCE(quarter, '')=? ORDER BY version, n"
    )
    return rows.fetch(store, IssuedDocument, where, (about, document, edition, week, quarter))


def of_record(store: Store, about: str) -> list[IssuedVersion]:
    """Every version in use that was issued about a record, of whatever document, in order."""
    where = "WHERE about=? AND void IS NULL ORDER BY document, version, n"
    return rows.fetch(store, IssuedDocument, where, (about,))


def record_version(
    book: Book,
    values: Mapping[str, Any],
    project: str | None,
    files: Sequence[tuple[str, StoredBlob]],
) -> IssuedVersion:
    """Record a version and attach its files, which are in their place already: all or nothing."""
    with book.saving():
        record = book.add(IssuedDocument.kind.name, values, project=project)
        for name, stored in files:
            about = {"about": record.id, "name": name, "sha256": stored.sha256}
            book.add("attachment", {**about, "size": stored.size})
    assert isinstance(record, IssuedDocument)
    return record


def as_version(record: Record) -> IssuedVersion | None:
    """The record as an issued version; None where it is another type of record."""
    return record if isinstance(record, IssuedDocument) else None
