"""The quality overview as a workbook: the figures of the screen, with native charts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from models.derived import figures
from models.derived.figures import NOT_ASSESSABLE, Figure
from models.records.statistics.quality import open_items, quality_overview
from models.records.statistics.quality.open_items import OF_NONE
from models.records.statistics.quality.quality_figures import AGE_WORDS, LATE_WORD
from models.records.statistics.quality.quality_overview import QualityOverview
from models.storage.atomic_file import whole
from models.text.words import Refused, W, say
from tui.areas.statistics.quality_view import SERIES_WORDS
from tui.spreadsheets.exporting.charted_workbook import Cell, ChartedSheet, charted, figure_sheet

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace

TITLE = W("质量总览 {day}", "Quality overview {day}")
NAME = W("质量总览-{day}.xlsx", "quality-{day}.xlsx")
WRITTEN = W("质量总览已写入 {path}。", "Quality overview written to {path}.")
OPEN = W("未结", "Open")
FORM = W(
    "质量总览只写成 .xlsx 文件，“{file}”不是。请以 .xlsx 结尾。",
    "The quality overview is written as .xlsx only, and “{file}” is none; end its name in .xlsx.",
)


def name_of(day: date) -> str:
    """The file name that is offered."""
    return say(NAME, day=day)


def write(workspace: Workspace, where: Sequence[str], path: Path, *, force: bool = False) -> str:
    """Write the overview of these projects; what is said of it. Raises `Refused`."""
    if path.suffix.lower() != ".xlsx":
        raise Refused(FORM, file=path.name)
    book = workspace.book
    found = quality_overview.overview(book, where)
    _, rounds = quality_overview.rounds(book, where)
    names = {one.id: one.name or one.number for one in open_items.projects(book)}
    with whole(path, force=force) as fresh, charted(fresh, say(TITLE, day=book.today)) as made:
        kinds = _kinds(found)
        made.stacked_bars(kinds, *range(2, 2 + len(AGE_WORDS)))
        made.columns(_weeks(found), 1, 2, line=3)
        made.stacked_bars(_projects(found, names), 2, 3)
        made.table(_heat(found, names))
        every = figures.keep([*found.figures, *rounds])
        made.table(figure_sheet(W("指标", "Figures"), every))
    return say(WRITTEN, path=path)


def _value(one: Figure) -> Cell:
    return str(NOT_ASSESSABLE) if one.value is None else one.value


def _kinds(found: QualityOverview) -> ChartedSheet:
    """The kinds without the line of all: its bar would hide theirs."""
    ages = [(age, 12) for age in AGE_WORDS]
    columns = ((W("种类", "Kind"), 20), (OPEN, 10), *ages, (LATE_WORD, 12))
    rows = [
        [str(one.label), *map(_value, (one.total, *one.ages, one.late))] for one in found.kinds[1:]
    ]
    return ChartedSheet(W("未结事项", "Open items"), columns, rows)


def _weeks(found: QualityOverview) -> ChartedSheet:
    columns = ((W("周", "Week"), 12), *((word, 12) for word in SERIES_WORDS))
    rows = [[week.week, *map(_value, week.figures)] for week in found.weeks]
    return ChartedSheet(W("每周", "By week"), columns, rows)


def _projects(found: QualityOverview, names: dict[str, str]) -> ChartedSheet:
    columns = (
        *((W("项目", "Project"), 34), (OPEN, 10)),
        *((LATE_WORD, 10), (W("未逾期", "not late"), 10)),
    )
    rows: list[list[Cell]] = [
        [names.get(one.project, str(OF_NONE)), one.now, one.late, one.now - one.late]
        for one in found.projects
    ]
    return ChartedSheet(W("各项目", "By project"), columns, rows)


def _heat(found: QualityOverview, names: dict[str, str]) -> ChartedSheet:
    columns = ((W("项目", "Project"), 34), *((W(one.week, one.week), 10) for one in found.weeks))
    rows: list[list[Cell]] = [
        [names.get(one.project, str(OF_NONE)), *one.open] for one in found.projects
    ]
    return ChartedSheet(W("各项目每周未结", "Open by week"), columns, rows)
