"""The irregular services' report as a workbook: same numbers, native charts, names for few."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from models.schema.record import Record
from models.schema.roles import ENGINEER
from models.text.words import Lang, language
from sync.workspace.workspace import Workspace
from tests.support.irregular_services import NOTED
from tests.support.team import acting, admit
from tui.areas import contributions as _  # noqa: F401  (reads what the areas register)
from tui.documents import produce, registry
from tui.documents.document import DOCUMENTS
from tui.documents.record_text import RecordText

PERIOD = {"first": "2026-10-01", "last": "2026-12-31"}


@pytest.fixture
def report(workspace: Workspace, project: str) -> Record:
    """Of four services, three of them one person's, one of them nobody's."""
    book = workspace.book
    person = admit(workspace, "小林", [ENGINEER])
    for at, name in enumerate(("permit", "permit", "permit", "dress")):
        values = {**NOTED, "category": name, "found_on": "2026-11-10"}
        made = book.add("irregular_service", values, project=project)
        if at < 3:
            book.add("irregular_person", {"service": made.id, "person": person}, project=project)
    report = book.add("irregular_report", PERIOD, project=project)
    values = {"subject": "夜间交接单", "source": report.id, "due": "2026-12-20"}
    book.add("corrective_action", values, project=project)
    return book.move(report.id, "submit", {"analysis": "集中在夜间"})


def made(workspace: Workspace, report: Record, path: Path) -> Any:
    """The workbook as it is read again."""
    reading = RecordText(workspace)
    subject = registry.subject_of(reading, DOCUMENTS["irregular"], report)
    produce.export(reading, subject, path, force=True)
    return load_workbook(path)


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    """The rows below the head."""
    return list(sheet.iter_rows(min_row=2, values_only=True))


@pytest.mark.shows("Q-532c", 41)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_grouping_is_a_sheet_with_a_native_chart(
    workspace: Workspace, report: Record, tmp_path: Path, lang: Lang
) -> None:
    language.now = lang
    book = made(workspace, report, tmp_path / "made.xlsx")
    names = {
        "zh": ("指标", "按类别", "按项目", "按发现方式", "按月份", "按人员"),
        "en": ("Figures", "By category", "By project", "By how they were found", "By month"),
    }[lang]
    assert tuple(book.sheetnames[: len(names)]) == names
    assert [len(sheet._charts) for sheet in book.worksheets] == [0, 1, 1, 1, 1, 1, 0, 0]
    together = {"zh": "其他（少于 3 项）", "en": "others (under three)"}[lang]
    category = {"zh": "无工作票或操作票", "en": "without a work permit"}[lang]
    assert rows(book.worksheets[1]) == [(category, 3, 75, 75), (together, 1, 25, 100)]
    assert rows(book.worksheets[5]) == [("小林", 3, 100, 100)]
    assert [row[1] for row in rows(book.worksheets[-1])] == ["夜间交接单"]


def test_who_may_not_read_names_gets_the_same_without_them(
    workspace: Workspace, report: Record, tmp_path: Path
) -> None:
    before = made(workspace, report, tmp_path / "all.xlsx")
    workspace.book = acting(workspace, admit(workspace, "小周", [ENGINEER]))
    book = made(workspace, workspace.book.get(report.id), tmp_path / "few.xlsx")
    assert "按人员" not in book.sheetnames
    for at in range(5):
        assert rows(book.worksheets[at]) == rows(before.worksheets[at])
    assert "小林" not in str([list(sheet.values) for sheet in book.worksheets])
