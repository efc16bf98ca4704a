"""Reports: rows refused for one reason are named together, and the memory they take is bounded."""

from __future__ import annotations

import json

import pytest

import models.records  # noqa: F401  declares the types
from models.text.words import Refused, W, language
from tui.spreadsheets.importing import report
from tui.spreadsheets.importing.report import ImportReport, Refusal

WHY = W("“{text}”不对", "“{text}” is wrong")


def refused(text: str = "x") -> Refused:
    """A reason."""
    return Refused(WHY, text=text)


def test_neighbours_are_named_as_runs() -> None:
    one = Refusal("现象", refused())
    for row in (2, 3, 4, 9, 9, 11):
        one.add(row)
    assert one.spans == [(2, 4), (9, 9), (11, 11)] and one.count == 6
    assert list(one.rows()) == [2, 3, 4, 9, 11]
    assert str(one) == "第 2–4, 9, 11 行，“现象”列：“x”不对"
    language.now = "en"
    assert str(one) == "Row 2–4, 9, 11, column “现象”: “x” is wrong"


def test_a_fault_of_the_whole_row_names_no_column() -> None:
    one = Refusal("", refused())
    one.add(5)
    assert str(one) == "第 5 行：“x”不对"


def test_very_many_runs_are_counted_and_not_all_named() -> None:
    one = Refusal("", refused())
    for row in range(0, 4 * report.SPANS, 2):
        one.add(row)
    assert len(one.spans) == report.SPANS and one.count == 2 * report.SPANS
    said = str(one)
    assert said.count(",") == report.NAMED - 1 and f"共 {one.count}" in said


def test_the_same_reason_in_the_same_column_is_kept_once() -> None:
    made = ImportReport()
    for row, column, text in ((1, "a", "x"), (2, "a", "x"), (2, "b", "x"), (3, "a", "y")):
        made.refuse(row, column, refused(text))
    assert [(one.column, list(one.rows())) for one in made.refusals] == [
        *(("a", [1, 2]), ("b", [2]), ("a", [3])),
    ]
    assert made.refused == 4 and made.unnamed == 0


def test_reasons_beyond_the_limit_are_counted_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "REASONS", 3)
    made = ImportReport()
    for row in range(10):
        made.refuse(row, "", refused(str(row)))
    made.refuse(10, "", refused("0"))
    assert (len(made.refusals), made.refused, made.unnamed) == (3, 11, 7)


def test_a_kept_reason_holds_no_frames() -> None:
    made = ImportReport()
    try:
        raise refused() from ValueError("the chunk of rows")
    except Refused as error:
        made.refuse(1, "", error)
        assert (error.__traceback__, error.__cause__, error.__context__) == (None, None, None)


def test_what_happened_is_said_in_order_and_without_noughts() -> None:
    made = ImportReport(rows=9, last=12, refused=2, left_out=("备注", "x"), dry=True, stopped=True)
    made.added.update(fix=3)
    made.made.update(site=1)
    made.updated.update(fix=0)
    made.same.update(fix=3)
    said = list(made.lines())
    assert [line.split("条")[0] for line in said[:4]] == [
        *("读了 9 行。", "新增 3 ", "一并新建 1 ", "3 "),
    ]
    assert "现场处置" in said[1] and "更新" not in "".join(said)
    for word in ("2 行", "备注, x", "试运行", "第 12 行"):
        assert any(word in line for line in said[4:]), word


def test_a_file_that_brings_nothing_new_says_so() -> None:
    made = ImportReport(rows=2)
    made.same.update(fix=2)
    assert str(report.NOTHING_NEW) in list(made.lines())
    made.added.update(fix=1)
    assert str(report.NOTHING_NEW) not in list(made.lines())


def test_scripts_read_the_same_as_json() -> None:
    made = ImportReport(rows=3, left_out=("x",))
    made.added.update(fix=1)
    made.refuse(4, "a", refused())
    made.refuse(5, "", refused("y"))
    found = json.loads(json.dumps(made.plain(), ensure_ascii=True))
    assert found["rows"] == 3 and found["added"] == {"fix": 1} and found["refused"] == 2
    assert found["refusals"][0] == {"rows": [4], "column": "a", "reason": "“x”不对"}
    assert found["refusals"][1]["column"] is None and found["left_out"] == ["x"]
    assert (found["dry"], found["stopped"], found["updated"]) == (False, False, {})
