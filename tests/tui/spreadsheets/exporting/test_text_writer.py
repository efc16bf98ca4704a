"""Text files: CSV that Excel reads and runs nothing of, and exact lines of JSON."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from models.book.book import Book
from models.records.problems.fix import Fix
from models.schema.record import Record
from tui.spreadsheets.exporting import text_writer

ZONE = "Asia/Shanghai"
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)")


@pytest.fixture
def records(book: Book, project: str) -> list[Record]:
    """Fixes with formulas and line breaks in them."""
    return [
        book.add("fix", {"phenomenon": f"{text}\n第二行"}, project=project) for text in FORMULAS
    ]


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_csv_file_has_its_mark_and_stable_names(
    book: Book, records: list[Record], tmp_path: Path
) -> None:
    written = text_writer.csv_file(tmp_path / "a.csv", Fix, records, book, ZONE)
    assert written.count == len(records) and written.cut == []
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfnumber,state,")
    assert [row["number"] for row in table(tmp_path / "a.csv")] == [one.number for one in records]


def test_no_cell_of_a_csv_file_is_a_formula(
    book: Book, records: list[Record], tmp_path: Path
) -> None:
    text_writer.csv_file(tmp_path / "a.csv", Fix, records, book, ZONE)
    for row in table(tmp_path / "a.csv"):
        assert row["phenomenon"].startswith("'") and row["phenomenon"].endswith("第二行")
        assert not any(value.startswith(("=", "+", "-", "@")) for value in row.values())


def test_an_empty_list_has_its_names_still(book: Book, tmp_path: Path) -> None:
    assert text_writer.csv_file(tmp_path / "a.csv", Fix, [], book, ZONE).count == 0
    assert table(tmp_path / "a.csv") == [] and (tmp_path / "a.csv").read_bytes().count(b"\n") == 1
    assert text_writer.json_lines(tmp_path / "a.jsonl", [], book, ZONE).count == 0
    assert (tmp_path / "a.jsonl").read_bytes() == b""


def test_lines_of_json_are_exact_and_ascii(
    book: Book, records: list[Record], tmp_path: Path
) -> None:
    written = text_writer.json_lines(tmp_path / "a.jsonl", records, book, ZONE)
    raw = (tmp_path / "a.jsonl").read_bytes()
    assert written.count == len(records) and raw.isascii() and b"\r" not in raw
    found = [json.loads(line) for line in raw.splitlines()]
    assert [one["phenomenon"] for one in found] == [f"{text}\n第二行" for text in FORMULAS]
    assert {one["state"] for one in found} == {"open"}
