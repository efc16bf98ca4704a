"""The targets as a workbook: the numbers of the paper, with native charts by unit."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from models.book.book import Book
from models.text.words import Lang, language
from sync.workspace.workspace import Workspace
from tests.support.completions import assessment, measured
from tui.areas import contributions as _  # noqa: F401  (reads what the areas register)
from tui.documents import produce, registry
from tui.documents.document import DOCUMENTS
from tui.documents.record_text import RecordText


@pytest.mark.shows("Q-62b", 55)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_goal_and_value_stand_side_by_side_for_each_unit(
    workspace: Workspace, book: Book, project: str, tmp_path: Path, lang: Lang
) -> None:
    language.now = lang
    made = assessment(book, project)
    measured(book, made, reliability="99.95")
    reading, path = RecordText(workspace), tmp_path / "made.xlsx"
    subject = registry.subject_of(reading, DOCUMENTS["quality_targets"], book.get(made.id))
    produce.export(reading, subject, path, force=True)
    found = load_workbook(path)
    drawn = [sheet for sheet in found if sheet._charts]
    assert [sheet.title[-1] for sheet in drawn if "%" in sheet.title] == ["%"]
    rows = {row[0]: row for sheet in drawn for row in sheet.iter_rows(2, values_only=True)}
    assert len(rows) == 4  # every target is in one chart
    names = ("系统可靠性", "客户满意度") if lang == "zh" else ("reliability", "satisfaction")
    reliability, satisfaction = (
        next(row for name, row in rows.items() if words in name.lower()) for words in names
    )
    goal = reliability[1]
    assert reliability[2] == 99.95 and round(reliability[3], 6) == round(99.95 - goal, 6)
    assert satisfaction[2] is None and satisfaction[5] in ("不可评定", "not assessable")
    for sheet in drawn:
        (chart,) = sheet._charts
        assert [one.val.numRef.f.partition("!")[2][:2] for one in chart.series] == ["$B", "$C"]
    printed = {"zh": "各项目标", "en": "Targets"}[lang]
    assert [row[0] for row in found[printed].iter_rows(2, values_only=True)]
