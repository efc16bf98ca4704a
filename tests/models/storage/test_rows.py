"""Checksums of rows: what they notice, and what they must not mind."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.book.book import Book
from models.records.problems.fix import Fix
from models.schema.record import Record, kinds
from models.storage import rows


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


@st.composite
def columns(draw: st.DrawFn) -> tuple[type[Record], dict[str, list[object]]]:
    """Some columns of a type with values for a few rows, also empty ones and flags."""
    cls = draw(st.sampled_from(sorted(kinds.values(), key=lambda cls: cls.kind.name)))
    flags = {name for name, spec in cls.specs().items() if spec.kind == "flag"}
    names = {"id", *draw(st.lists(st.sampled_from(rows.columns(cls))))}
    count = draw(st.integers(1, 4))
    texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
    found: dict[str, list[object]] = {}
    for name in sorted(names):
        some: st.SearchStrategy[object] = st.booleans() if name in flags else texts | st.integers()
        some = some if draw(st.booleans()) else some | st.none()
        found[name] = draw(st.lists(some, min_size=count, max_size=count))
    return cls, found


@settings(derandomize=True, database=None, deadline=None, max_examples=200)
@given(columns())
def test_many_at_once_have_the_checksums_of_each(
    some: tuple[type[Record], dict[str, list[object]]],
) -> None:
    cls, told = some
    empty = dict.fromkeys(rows.columns(cls))
    whole = [
        {**empty, **dict(zip(told, row, strict=True))} for row in zip(*told.values(), strict=True)
    ]
    assert rows.digests(cls, told) == [rows.row_digest(cls, row) for row in whole]
