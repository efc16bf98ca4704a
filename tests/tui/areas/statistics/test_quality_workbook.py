"""The quality overview as a workbook: the figures of the screen, native charts, no formulas."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from models.records.statistics.quality import open_items, quality_overview
from models.text.words import Lang, Refused, language
from sync.workspace.workspace import Workspace
from tui.areas.statistics import quality_workbook


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    """The rows below the head."""
    return list(sheet.iter_rows(min_row=2, values_only=True))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_has_the_figures_of_the_screen(
    workspace: Workspace, made: dict[str, Any], tmp_path: Path, lang: Lang
) -> None:
    language.now = lang
    book = workspace.book
    where = open_items.everywhere(book)
    found = quality_overview.overview(book, where)
    path = tmp_path / "a.xlsx"
    quality_workbook.write(workspace, where, path)
    made_book = load_workbook(path)
    assert [len(sheet._charts) for sheet in made_book.worksheets] == [1, 1, 1, 0, 0]
    kinds, weeks, projects, heat, figures = made_book.worksheets
    unknown = {"zh": "不可评定", "en": "not assessable"}[lang]
    for row, kind in zip(rows(kinds), found.kinds[1:], strict=True):
        values = [one.value for one in (kind.total, *kind.ages, kind.late)]
        assert list(row[1:]) == [unknown if one is None else one for one in values]
    for row, week in zip(rows(weeks), found.weeks, strict=True):
        assert row[0] == week.week and row[1] == week.figures[0].value
        assert row[4] in (unknown, week.figures[3].value)
    assert rows(projects) == [("测试项目", 4, 2, 2)]
    assert list(rows(heat)[0][1:]) == found.projects[0].open
    assert len(rows(figures)) == len(found.figures) + len(quality_overview.ROUNDS)


def test_a_name_is_no_formula_and_a_file_is_no_other_form(
    workspace: Workspace, project: str, tmp_path: Path
) -> None:
    book = workspace.book
    book.edit(project, {"name": "=1+1"})
    book.add("fix", {"phenomenon": "x"}, project=project)
    path = tmp_path / "a.xlsx"
    quality_workbook.write(workspace, (project,), path)
    cell = load_workbook(path).worksheets[2].cell(2, 1)
    assert cell.value == "=1+1" and cell.data_type == "s"
    with pytest.raises(Refused) as caught:
        quality_workbook.write(workspace, (project,), tmp_path / "a.csv")
    assert ".xlsx" in str(caught.value)
