"""Any bytes at all: rows or one sentence, never anything else, and never a cell made up."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.text.words import Refused
from tests.tui.spreadsheets.makers import rows_of
from tui.spreadsheets.reading import encoding
from tui.spreadsheets.reading.table import Limits, storable

SMALL = Limits(line=400, rows=200, columns=20)
RELAXED = settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
PIECES = st.sampled_from(
    [*(b.encode() for b in ',;\t|"\n\r\\{}[]:='), b"a", b"1", b"\xff", b"\xc4\xe3", b"\0", b"sep="]
)
BYTES = st.one_of(
    st.binary(max_size=300),
    st.lists(PIECES, max_size=150).map(b"".join),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
)


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.xlsx"])
@given(data=BYTES)
@RELAXED
def test_any_bytes_give_rows_or_a_sentence(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    try:
        rows = rows_of(path, limits=SMALL)
    except Refused as refused:
        assert "\n" not in str(refused)
        return
    assert [row.number for row in rows] == sorted({row.number for row in rows})
    for row in rows:
        assert row.fault is not None or all(row.cells.values())
        if row.fault is None and name == "a.csv":
            assert not any(encoding.broken(cell) for cell in row.cells.values())


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@given(
    table=st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=12),
    delimiter=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n"]),
)
@RELAXED
def test_what_a_proper_writer_wrote_is_read_as_it_was(
    tmp_path: Path, table: list[list[str]], delimiter: str, end: str
) -> None:
    """Every cell, quotes, delimiters and line breaks in it included."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
    rows.writerow(["alpha", "beta", "gamma"])
    rows.writerows(table)
    path = tmp_path / "a.csv"
    path.write_bytes(text.getvalue().encode())
    found = rows_of(path)
    assert [row.fault for row in found] == [None] * len(table)
    cells = [[row.cells.get(name, "") for name in ("alpha", "beta", "gamma")] for row in found]
    assert cells == table
    assert all(storable(cell) for row in cells for cell in row)
