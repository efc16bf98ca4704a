"""Opening a table: the reader by the file's name, closed at the end, refused by a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.text.words import Refused
from tests.tui.spreadsheets.makers import csv_file, jsonl_file, xlsx_file
from tui.spreadsheets.reading import open_table
from tui.spreadsheets.reading.table import LIMITS, Limits

ROWS = (("编号", "现象"), ("FX-1", "泵停"))


def made(path: Path) -> Path:
    """A small table in the format of its name."""
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return xlsx_file(path, ROWS)
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        return jsonl_file(path, [{"编号": "FX-1", "现象": "泵停"}])
    mark = "\t" if path.suffix.lower() == ".tsv" else ","
    return csv_file(path, "".join(f"{mark.join(row)}\n" for row in ROWS))


@pytest.mark.parametrize("name", ["a.csv", "a.CSV", "a.tsv", "a.txt", "a.xlsx", "a.jsonl"])
def test_the_name_chooses_the_reader(tmp_path: Path, name: str) -> None:
    with open_table.table(made(tmp_path / name)) as table:
        (row,) = table.rows
        assert dict(row.cells) == {"编号": "FX-1", "现象": "泵停"} and table.name == name
        assert 0 <= table.share() <= 1


@pytest.mark.parametrize("name", ["a.xls", "a.et", "a.ods", "a.pdf", "a", ".xlsx"])
def test_another_format_is_refused_with_the_files_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(Refused, match=name.replace(".", r"\.")), open_table.table(tmp_path / name):
        pass


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.jsonl"])
def test_a_file_that_is_not_there_or_is_a_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused, match="请核对路径"), open_table.table(tmp_path / name):
        pass
    (tmp_path / name).mkdir()
    with pytest.raises(Refused, match=name.replace(".", r"\.")), open_table.table(tmp_path / name):
        pass


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.jsonl"])
def test_a_file_beyond_the_limit_is_refused(tmp_path: Path, name: str) -> None:
    small = Limits(file=8, packed=8)
    assert small.rows == LIMITS.rows
    with (
        pytest.raises(Refused, match="太大"),
        open_table.table(made(tmp_path / name), limits=small) as table,
    ):
        list(table.rows)


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.jsonl"])
def test_it_is_closed_when_its_reader_fails(tmp_path: Path, name: str) -> None:
    path = made(tmp_path / name)
    with pytest.raises(ValueError, match="mine"), open_table.table(path) as table:
        next(iter(table.rows))
        raise ValueError("mine")
    path.unlink()
    assert not path.exists()


def test_the_sheet_and_the_encoding_may_be_chosen(tmp_path: Path) -> None:
    xlsx_file(tmp_path / "a.xlsx", ROWS, title="一月")
    with open_table.table(tmp_path / "a.xlsx", sheet="一月") as table:
        assert table.columns == ("编号", "现象")
    with pytest.raises(Refused, match="一月"), open_table.table(tmp_path / "a.xlsx", sheet="二月"):
        pass
    csv_file(tmp_path / "b.csv", "編號,現象\n1,泵\n", "big5")
    with open_table.table(tmp_path / "b.csv", charset="big5") as table:
        assert table.columns == ("編號", "現象")
    unknown = open_table.table(tmp_path / "b.csv", charset="nonsense")
    with pytest.raises(Refused, match="不认识编码"), unknown:
        pass
