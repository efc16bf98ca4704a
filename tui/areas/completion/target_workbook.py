"""The assessment of the quality targets as a workbook: goal and measured value, drawn natively.

Targets of one unit stand in one chart. A target that was not measured has no column in it, and its
verdict says so in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from models.derived import compiled
from models.records.completion.targets import target_content
from models.records.completion.targets.target_content import VERDICTS, TargetContent, TargetPart
from models.text.words import W, say
from tui.areas.completion import target_document
from tui.documents.frame import DocumentSubject
from tui.documents.layout import DocumentTable
from tui.documents.record_text import RecordText
from tui.spreadsheets.exporting.charted_workbook import Cell, ChartedSheet, charted

TITLE = W("{project} 质量目标 {first} – {last}", "{project}, quality targets, {first} – {last}")
DRAWN = W("目标与实测", "Goal and measured")
OF_UNIT = W("目标与实测 {unit}", "Goal and measured, {unit}")
COLUMNS = (
    *((W("指标", "Target"), 34), (W("目标", "Goal"), 12), (W("实测值", "Measured"), 12)),
    *((W("相差", "Difference"), 12), (W("件数", "Cases"), 8), (W("结果", "Verdict"), 16)),
)
WIDE = 6
"""Characters of a sheet's column for each part of the paper's width."""


def write(path: Path, reading: RecordText, subject: DocumentSubject) -> None:
    """Write the assessment to a file."""
    told: TargetContent = compiled.content(reading.book, subject.about).data
    said = {"project": told.project.name, "first": told.first, "last": told.service_to}
    with charted(path, say(TITLE, **said)) as made:
        for unit, some in groupby(sorted(told.targets, key=_unit), key=_unit):
            made.columns(_drawn(unit, list(some)), 1, 2)
        paper = target_document.data(reading, subject)
        for part in target_document.LAYOUT.blocks:
            if isinstance(part, DocumentTable) and paper.get(part.key):
                made.table(_printed(part, paper[part.key]))


def _unit(one: TargetPart) -> str:
    return one.unit


def _drawn(unit: str, targets: Sequence[TargetPart]) -> ChartedSheet:
    """Goal and value of the targets of one unit, side by side."""
    name = W(OF_UNIT.zh.format(unit=unit), OF_UNIT.en.format(unit=unit)) if unit else DRAWN
    rows: list[Sequence[Cell]] = []
    for one in targets:
        goal, value = target_content.amount(one.goal), target_content.amount(one.value)
        apart = value - goal if value is not None and goal is not None else None
        verdict = str(VERDICTS.get(one.verdict, one.verdict))
        rows.append([str(one.name), goal, value, apart, one.n or None, verdict])
    return ChartedSheet(name, COLUMNS, rows)


def _printed(part: DocumentTable, found: Sequence[dict[str, Any]]) -> ChartedSheet:
    """A table of the paper."""
    columns = [(one.label, WIDE * one.share) for one in part.columns]
    return ChartedSheet(
        part.title, columns, [[row[one.key] for one in part.columns] for row in found]
    )
