"""`quality`: what is open by kind and age, the last weeks, each project; or a workbook of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from models.derived.figures import NOT_ASSESSABLE, Figure
from models.queries import lookup
from models.records.statistics.quality import open_items, quality_overview
from models.records.statistics.quality.quality_figures import AGE_WORDS, LATE_WORD
from models.records.statistics.quality.quality_overview import ROUNDS, SERIES, QualityOverview
from models.text.words import W
from tui.areas.statistics import quality_workbook
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.options import command, json_option, option
from tui.cli.streams import output

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace

KIND, OPEN, PROJECT, WEEK = (
    *(W("种类", "Kind"), W("未结", "Open")),
    *(W("项目", "Project"), W("周", "Week")),
)


@command(
    "quality",
    W(
        "列出全部未结事项：按种类和天数、近 12 周、各项目；可写成带图表的工作簿。",
        "List all that is open by kind and age, the last 12 weeks and each project, or write a"
        " workbook with charts.",
    ),
    examples=("quality", "quality --project P --json", "quality -o quality.xlsx"),
)
@option("--project", metavar="P", words=W("只算此项目", "only this project"))
@option(
    "-o",
    "--output",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    words=W("写入 .xlsx 文件", "write an .xlsx file"),
)
@option("--force", is_flag=True, words=W("覆盖已有文件", "overwrite the file"))
@json_option
@pass_desk
def quality(
    desk: CommandContext, project: str | None, file: Path | None, force: bool, as_json: bool
) -> None:
    """The overview of all projects that this person looks at, or of one."""
    with desk.open() as workspace:
        book = workspace.book
        where = open_items.everywhere(book)
        if project is not None:
            where = open_items.alone(book, lookup.project(book, project).id)
        if file is not None:
            output.put(quality_workbook.write(workspace, where, file, force=force))
            return
        found = quality_overview.overview(book, where)
        _, rounds = quality_overview.rounds(book, where)
        if as_json:
            for one in _plain(workspace, found, rounds):
                output.emit(one)
            return
        _tell(workspace, found, rounds)


def _tell(workspace: Workspace, found: QualityOverview, rounds: list[Figure]) -> None:
    """Three tables, as the page has them."""
    heads = [str(KIND), str(OPEN), *map(str, AGE_WORDS), str(LATE_WORD)]
    lines = [[str(one.label), *map(_said, _of_kind(one))] for one in found.kinds]
    output.table([heads, *lines])
    output.put()
    output.table([[str(one.kind.label), _said(one)] for one in rounds])
    output.put()
    first = found.weeks[0].figures
    heads = [str(WEEK), *(str(one.kind.label) for one in first)]
    output.table([heads, *([week.week, *map(_said, week.figures)] for week in found.weeks)])
    names = _names(workspace)
    output.put()
    rows = [[_called(names, one.project), str(one.now), str(one.late)] for one in found.projects]
    output.table([[str(PROJECT), str(OPEN), str(LATE_WORD)], *rows])


def _plain(
    workspace: Workspace, found: QualityOverview, rounds: list[Figure]
) -> Iterator[dict[str, Any]]:
    """One object for each kind, the rounds, each week and each project; null: not assessable."""
    for kind in found.kinds:
        yield {
            "kind": kind.name,
            "label": {"zh": kind.label.zh, "en": kind.label.en},
            "open": kind.total.value,
            "ages": [one.value for one in kind.ages],
            "late": kind.late.value,
            "with_due": kind.late.n,
        }
    yield {"rounds": dict(zip(ROUNDS, (one.value for one in rounds), strict=True))}
    for week in found.weeks:
        values = (one.value for one in week.figures)
        yield {"week": week.week, **dict(zip(SERIES, values, strict=True))}
    numbers = {one.id: one.number for one in open_items.projects(workspace.book)}
    for line in found.projects:
        yield {
            "project": numbers.get(line.project),
            "open": line.now,
            "late": line.late,
            "open_by_week": line.open,
        }


def _of_kind(one: quality_overview.KindLine) -> list[Figure]:
    return [one.total, *one.ages, one.late]


def _said(one: Figure) -> str:
    return str(NOT_ASSESSABLE) if one.value is None else f"{one.value}{one.kind.unit}"


def _names(workspace: Workspace) -> dict[str, str]:
    return {one.id: one.name or one.number for one in open_items.projects(workspace.book)}


def _called(names: dict[str, str], project: str) -> str:
    return names.get(project, str(open_items.OF_NONE))
