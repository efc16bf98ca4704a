"""`figures`: the figures of projects over some weeks, or one figure with the records behind it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from models.book.projects import all_projects
from models.calendar.business_dates import first_day, last_day, week_of
from models.derived import figures as registry
from models.derived.figures import Figure, Scope
from models.queries import lookup
from models.storage import rows
from models.text.words import Refused, W, say
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.options import argument, command, json_option, option
from tui.cli.streams import output
from tui.display import value_text
from tui.display.views import figure_text
from tui.spreadsheets.exporting import figure_file

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace

BACKWARDS = W("{last} 在 {first} 之前。", "{last} is before {first}.")
NONE_HERE = W(
    "“{name}”没有这个范围的值：需要一个项目和一周。",
    "“{name}” has no value of this: it needs one project and one week.",
)
EXPORTED = W("{n} 项指标已导出到 {file}", "{n} figures exported to {file}")
CASES = W("件数 {n}", "cases: {n}")
BEHIND = W("所据记录：", "Records behind:")


@command(
    "figures",
    W(
        "列出项目各项指标的值和件数；写明名称时，给出算法和所据记录。",
        "List the figures of projects with their cases. With a name, print its formula and the"
        " records behind it.",
    ),
    examples=(
        "figures --project P --week 2026-W47",
        "figures week.solved --project P --week 2026-W47",
        "figures --project P --week 2026-W47 -o figures.xlsx",
        "figures trends.passed --week 2026-W40 --to 2026-W47 --json",
    ),
)
@argument("name", W("指标的名称", "the name of a figure"), required=False)
@option("--project", metavar="P", words=W("只算此项目", "only this project"))
@option("--week", metavar="WEEK", words=W("哪一周（默认本周）", "which week (default: this one)"))
@option("--to", metavar="WEEK", words=W("到哪一周为止", "up to which week"))
@option(
    "-o",
    "--output",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    words=W("写入 .xlsx 或 .csv 文件", "write them to an .xlsx or .csv file"),
)
@option("--force", is_flag=True, words=W("覆盖已有文件", "overwrite the file"))
@json_option
@pass_desk
def figures(
    desk: CommandContext,
    name: str | None,
    project: str | None,
    week: str | None,
    to: str | None,
    file: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """The figures of a scope, or one of them."""
    with desk.open() as workspace:
        scope = _scope(workspace, project, week, to)
        if name is None:
            every = registry.figures(workspace.book, scope).values()
            found = [one for family in every for one in family]
        else:
            found = [_one(workspace, scope, name)]
        if file is not None:
            figure_file.write(file, found, force=force)
            output.put(say(EXPORTED, n=len(found), file=file))
            return
        for one in found:
            if as_json:
                output.emit(_plain(one))
            elif name is None:
                output.row(
                    (one.kind.name, 20), (str(one.kind.label), 22), (figure_text.said(one), 0)
                )
            else:
                _tell(workspace, one)


def _scope(workspace: Workspace, project: str | None, week: str | None, to: str | None) -> Scope:
    book = workspace.book
    if project is not None:
        ids = [lookup.project(book, project).id]
    else:
        ids = [one.id for one in all_projects(book.store)]
    first = week or week_of(book.today)
    last = to or first
    if last_day(last) < first_day(first):
        raise Refused(BACKWARDS, first=first, last=last)
    return Scope(tuple(ids), first_day(first), last_day(last))


def _one(workspace: Workspace, scope: Scope, name: str) -> Figure:
    found = registry.figure_of(workspace.book, scope, name)
    if found is None:
        raise Refused(NONE_HERE, name=name)
    return found


def _tell(workspace: Workspace, one: Figure) -> None:
    """One figure: value, cases, formula, records."""
    output.put(f"{one.kind.label}  {figure_text.said(one)}")
    output.put(f"  {say(CASES, n=one.n)}")
    output.put(f"  {figure_text.formula(one)}")
    if one.records:
        output.put(str(BEHIND))
    found = rows.many(workspace.store, one.records)
    for id in one.records:
        record = found.get(id)
        output.put(f"  {value_text.named(record) if record is not None else id}")


def _plain(one: Figure) -> dict[str, Any]:
    """A figure for scripts; `value` is null where it cannot be assessed."""
    kind = one.kind
    return {
        "name": kind.name,
        "label": {"zh": kind.label.zh, "en": kind.label.en},
        "formula": {"zh": kind.formula.zh, "en": kind.formula.en},
        "version": one.version,
        "unit": kind.unit,
        "value": one.value,
        "n": one.n,
        "records": list(one.records),
    }
