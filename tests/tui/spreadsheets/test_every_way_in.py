"""Every way in: a number, a day or a time means the same whatever way it comes, or is refused in
the same words: in a form, on a checklist, by a command, from JSON lines, a text or a workbook.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from models.records.checks import answering
from models.schema.record import kinds
from models.text.words import Refused
from sync.workspace.setup import begin
from sync.workspace.workspace import Workspace
from tests.support.new_area import tours_area
from tests.tui.spreadsheets.makers import csv_file, jsonl_file, take, xlsx_file
from tui.cli.commands.add import added
from tui.forms.value_input import ValueReading
from tui.spreadsheets.importing.column_mapping import Wishes
from tui.spreadsheets.importing.importer import ImportOptions

HALF_PAST_EIGHT = 1_772_670_600_000
"""2026-03-05 08:30 in Shanghai."""
DAY_ORDER, YEAR, COMMA = "看不出日和月的先后", "没有写年份", "逗号可能是千位"

WAYS = ("form", "command", "jsonl", "csv", "xlsx")
CASES: tuple[tuple[str, str, Any], ...] = (
    ("length", "23.5", "23.5"),
    ("length", "23,5", "23.5"),
    ("length", "２３．５", "23.5"),
    ("length", "23。5", "23.5"),
    ("length", "1,234", COMMA),
    ("length", "+1，234", COMMA),
    ("length", "0,234", "0.234"),
    ("length", "1,234.5", "超出允许范围"),
    ("length", "NaN", "应为数字"),
    ("stops", "7", 7),
    ("stops", "1,234", "应为整数"),
    ("stops", "7.0", "应为整数"),
    ("cost", "1,234.50", "CNY 1234.5"),
    ("cost", "3.5万", "CNY 35000"),
    ("cost", "1,2", "应为金额"),
    ("lit", "是", True),
    ("lit", "maybe", "应为 是/否"),
    ("until", "2026/3/5", "2026-03-05"),
    ("until", "2026.3.5", "2026-03-05"),
    ("until", "20260305", "2026-03-05"),
    ("until", "2026年3月5日", "2026-03-05"),
    ("until", "2026-03-05 23:59:00", "2026-03-05"),
    ("until", "2026-03-05T23:59:00Z", "2026-03-06"),
    ("until", "2026-2-30", "应为日期"),
    ("until", "05/03/2026", DAY_ORDER),
    ("until", "46082", "是数字；如果是日期"),
    ("begun_at", "2026/3/5 8:30", HALF_PAST_EIGHT),
    ("begun_at", "2026.3.5 8.30", HALF_PAST_EIGHT),
    ("begun_at", "2026.3.5 8:30:15", HALF_PAST_EIGHT + 15_000),
    ("begun_at", "2026年3月5日 8时30分", HALF_PAST_EIGHT),
    ("begun_at", "2026/3/5 上午8:30", HALF_PAST_EIGHT),
    ("begun_at", "2026-03-05T00:30:00Z", HALF_PAST_EIGHT),
    ("begun_at", "2026-03-05 0830", HALF_PAST_EIGHT),
    ("begun_at", "2026/3/5", HALF_PAST_EIGHT - 8 * 3_600_000 - 1_800_000),
    ("begun_at", "5/3/26 8:30", DAY_ORDER),
    ("begun_at", "2026-03-05 25:00", "应为时间"),
    ("period", "2026-W10", "2026-W10"),
    ("period", "2026年第10周", "2026-W10"),
    ("period", "2026/3/5", "2026-W10"),
    ("period", "2026-W60", "应为周"),
    ("quarter", "2026-Q1", "2026-Q1"),
    ("quarter", "2026年第1季度", "2026-Q1"),
    ("quarter", "2026-Q5", "应为季度"),
)
TYPED: tuple[tuple[str, str, str], ...] = (
    ("until", "3月5日", YEAR),
    ("until", "11-22", YEAR),
    ("begun_at", "3-5 8:30", YEAR),
    ("begun_at", "8:30", "应为时间"),
    ("begun_at", "8.30", YEAR),
    ("period", "47", "应为周"),
    ("quarter", "Q4", "应为季度"),
)
"""Short ways: a form and a command take them as of now; in a file they say too little."""


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Mapping[Any, Any]]]:
    """Way -> (field, text) -> the value it came to, or the reason against it."""
    with tours_area():
        home = begin(tmp_path_factory.mktemp("home") / "home", name="甲", project="P")
        folder = tmp_path_factory.mktemp("lists")
        asked = [case[:2] for case in (*CASES, *TYPED)]
        yield {way: _ANSWER[way](home, folder, asked) for way in WAYS}
        home.close()


def _form(workspace: Workspace, _folder: Path, asked: Any) -> dict[Any, Any]:
    specs = kinds["tour"].specs()

    def read(field: str, text: str) -> Any:
        try:
            return ValueReading(workspace).read(specs[field], text)
        except Refused as refused:
            return str(refused)

    return {(field, text): read(field, text) for field, text in asked}


def _command(workspace: Workspace, _folder: Path, asked: Any) -> dict[Any, Any]:
    def add(field: str, text: str) -> Any:
        try:
            made = added(workspace, {"type": "tour", "route": "x", field: text})
        except Refused as refused:
            return str(refused)
        return made.values()[field]

    return {(field, text): add(field, text) for field, text in asked}


def _list(workspace: Workspace, path: Path, asked: Any) -> dict[Any, Any]:
    """Each row of a file has one of the texts; its `ref` says which."""
    refusals: dict[str, str] = {}
    way = ImportOptions(refused=lambda row, _, why: refusals.update({row.cells["ref"]: str(why)}))
    take(workspace, path, "tour", wishes=Wishes(), way=way)
    found = {}
    for number, (field, text) in enumerate(asked):
        ref = f"{path.suffix}{number}"
        sql = f'SELECT "{field}" FROM tour WHERE ref=?'
        held = workspace.store.row(sql, (ref,))
        value = held[0] if held else refusals[ref]
        found[field, text] = bool(value) if field == "lit" and held else value
    return found


def _rows(form: str, asked: Any) -> list[dict[str, str]]:
    return [
        {"route": "x", "ref": f"{form}{number}", field: text}
        for number, (field, text) in enumerate(asked)
    ]


def _table(form: str, asked: Any) -> list[list[str]]:
    names = ["route", "ref", *dict.fromkeys(field for field, _ in asked)]
    return [names, *([row.get(n, "") for n in names] for row in _rows(form, asked))]


def _csv(workspace: Workspace, folder: Path, asked: Any) -> dict[Any, Any]:
    lines = (",".join(f'"{cell}"' for cell in row) for row in _table(".csv", asked))
    return _list(workspace, csv_file(folder / "a.csv", "\n".join(lines)), asked)


def _xlsx(workspace: Workspace, folder: Path, asked: Any) -> dict[Any, Any]:
    return _list(workspace, xlsx_file(folder / "a.xlsx", _table(".xlsx", asked)), asked)


def _jsonl(workspace: Workspace, folder: Path, asked: Any) -> dict[Any, Any]:
    return _list(workspace, jsonl_file(folder / "a.jsonl", _rows(".jsonl", asked)), asked)


_ANSWER = {"form": _form, "command": _command, "jsonl": _jsonl, "csv": _csv, "xlsx": _xlsx}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("field", "text", "meant"), CASES)
def test_it_means_the_same_whatever_way_it_comes_in(
    answers: Mapping[str, Mapping[Any, Any]], way: str, field: str, text: str, meant: Any
) -> None:
    found = answers[way][field, text]
    same = type(found) is type(meant) and found == meant
    assert same or (isinstance(meant, str) and meant in str(found)), found


@pytest.mark.parametrize(("field", "text", "reason"), TYPED)
def test_what_leaves_the_year_out_is_taken_where_it_is_typed_and_from_no_file(
    answers: Mapping[str, Mapping[Any, Any]], field: str, text: str, reason: str
) -> None:
    assert answers["form"][field, text] == answers["command"][field, text]
    assert reason not in str(answers["form"][field, text])
    for way in ("jsonl", "csv", "xlsx"):
        assert reason in str(answers[way][field, text]), way


@pytest.mark.parametrize(
    ("text", "meant"),
    [case[1:] for case in CASES if case[0] == "length" and case[2] != "超出允许范围"],
)
def test_a_checklist_reads_numbers_as_every_other_way(text: str, meant: str) -> None:
    try:
        found = answering.number_of(text)
    except Refused as refused:
        found = str(refused)
    assert meant in found
