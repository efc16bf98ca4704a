"""Totals of a workbook, and a workbook as LibreOffice reads it."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from models.book.book import Book
from models.schema.record import kinds
from sync.workspace.workspace import Workspace
from tests.tui.spreadsheets.makers import take, told
from tui.spreadsheets.exporting.exporter import ExportRequest, write

RISKY = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")', "温度<5℃ & 湿度", "'=1")


@pytest.fixture
def file(workspace: Workspace, book: Book, project: str, tmp_path: Path) -> Path:
    """Fixes whose texts look like formulas, two of them put right, and a week's hours."""
    for at, text in enumerate(RISKY):
        values = {"phenomenon": text, "place": text, "cause_class": "software"}
        made = book.add("fix", values, project=project)
        if at < 2:
            book.move(made.id, "fix", {"correction": text})
    path = tmp_path / "fixes.xlsx"
    write(book, workspace.settings.zone, kinds["fix"], path, ExportRequest())
    return path


def totals(path: Path, *, formulas: bool) -> list[tuple[object, ...]]:
    """The rows of the second sheet."""
    sheet = load_workbook(path, data_only=not formulas)["汇总"]
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def test_they_are_formulas_with_their_results(file: Path) -> None:
    said = {(row[0], row[1]): row[2] for row in totals(file, formulas=False)}
    assert said["记录数", None] == len(RISKY) == said["筛选后显示的记录数", None]
    assert (said["状态", "待处理"], said["状态", "待验证"]) == (len(RISKY) - 2, 2)
    assert said["原因类别", "软件缺陷"] == len(RISKY)
    told_ = [str(row[2]) for row in totals(file, formulas=True)[1:]]
    assert all(text.startswith("=") for text in told_)
    last = len(RISKY) + 2
    assert told_[0] == f"=COUNTA('现场处置'!$A$3:$A${last})"


def test_hours_are_added_up_and_limits_are_not(
    workspace: Workspace, book: Book, project: str, tmp_path: Path
) -> None:
    for week, hours in (("2026-W46", "40"), ("2026-W47", "2.5")):
        book.add("weekly", {"week": week, "person": book.me, "hours": hours}, project=project)
    path = tmp_path / "weeks.xlsx"
    write(book, workspace.settings.zone, kinds["weekly"], path, ExportRequest())
    assert ("工时", "合计", 42.5) in totals(path, formulas=False)


def test_an_import_reads_the_list_and_not_the_totals(workspace: Workspace, file: Path) -> None:
    report = take(workspace, file, "fix")
    assert told(report) == [] and report.same["fix"] == len(RISKY)


def test_an_empty_list_has_none(workspace: Workspace, book: Book, tmp_path: Path) -> None:
    path = tmp_path / "none.xlsx"
    write(book, workspace.settings.zone, kinds["fix"], path, ExportRequest())
    assert load_workbook(path).sheetnames == ["现场处置"]


@pytest.mark.long
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_in_libreoffice_text_stays_text_and_totals_are_right(file: Path, tmp_path: Path) -> None:
    filter_ = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless"]
    command += ["--convert-to", filter_, "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    first, second = (tmp_path / f"fixes-{name}.csv" for name in ("现场处置", "汇总"))
    with first.open(encoding="utf-8", newline="") as rows:
        _, heads, *found = list(csv.reader(rows))
    column = heads.index("具体位置")
    assert sorted(row[column] for row in found) == sorted(RISKY)
    with second.open(encoding="utf-8", newline="") as rows:
        said = {(row[0], row[1]): row[2] for row in csv.reader(rows)}
    assert said["记录数", ""] == str(len(RISKY)) and said["状态", "待验证"] == "2"
