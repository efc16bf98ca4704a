"""Checksums of rows: what they notice, and what they must not mind."""

from __future__ import annotations

import pytest

from models import rows
from models.book import Book
from models.record import Record
from models.records.fix import Fix


def _row(book: Book, project: str) -> dict[str, object]:
    made = book.add("fix", {"phenomenon": "风扇停转", "typical": True}, project=project)
    return dict(book.get(made.id).__data__)


def test_a_stored_row_matches_its_checksum(book: Book, project: str) -> None:
    row = _row(book, project)
    assert rows.row_digest(Fix, row) == row["digest"]
    raw = book.store.db.execute_sql("SELECT typical FROM fix WHERE id=?", (row["id"],)).fetchone()
    assert rows.row_digest(Fix, {**row, "typical": raw[0]}) == row["digest"]  # 1 as well as True


OTHER = {"phenomenon": "x", "typical": False, "state": "x", "author": "x", "dots": "x", "cause": ""}


@pytest.mark.parametrize("name", OTHER)
def test_any_other_content_is_noticed(book: Book, project: str, name: str) -> None:
    row = _row(book, project)
    assert rows.row_digest(Fix, {**row, name: OTHER[name]}) != row["digest"]


def test_an_empty_column_added_later_changes_no_checksum(
    book: Book, project: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = _row(book, project)
    monkeypatch.setattr(rows, "_sums", {}, raising=False)
    known: dict[type[Record], tuple[str, ...]] = rows._columns
    cls: type[Record] = Fix
    monkeypatch.setitem(known, cls, (*rows.columns(Fix), "added_by_a_newer_version"))
    row["added_by_a_newer_version"] = None
    assert rows.row_digest(Fix, row) == row["digest"]
    row["added_by_a_newer_version"] = "x"
    assert rows.row_digest(Fix, row) != row["digest"]


def test_place_and_receipt_are_not_content(book: Book, project: str) -> None:
    row = _row(book, project)
    assert rows.row_digest(Fix, {**row, "n": 1, "synced": 5}) == row["digest"]
