"""`import`: lists in from spreadsheets and other files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from models.calendar.written_times import ORDERS
from models.queries import lookup
from models.text.words import Refused, W, say
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.completion import TYPES
from tui.cli.exit_codes import DONE, FAILED, INTERRUPTED
from tui.cli.options import argument, command, json_option, option, wrong
from tui.cli.streams import output
from tui.cli.streams.output import shares
from tui.spreadsheets.importing import column_mapping, import_undo, recipe_file
from tui.spreadsheets.importing.column_mapping import Mapped, Wishes
from tui.spreadsheets.importing.importer import ImportOptions, load
from tui.spreadsheets.importing.refused_rows import keeping
from tui.spreadsheets.importing.row_draft import CellPlace
from tui.spreadsheets.reading import open_table
from tui.spreadsheets.reading.table import SourceTable, TableRow

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace
    from tui.spreadsheets.importing.recipe import Recipe
    from tui.spreadsheets.importing.report import ImportReport

Keep = Callable[[TableRow, str, Refused], None]

AS_OR_RECIPE = W(
    "请写 --as 类型 或 --recipe 配方（二选一）。", "Give either --as TYPE or --recipe."
)
NO_FILE = W("请写要导入的文件（FILE）。", "Name the FILE to import.")
UNDO_ALONE = W("--undo 不与文件、--as、--recipe 同用。", "--undo takes no file, --as or --recipe.")
WITH_AS = W(
    "--map、--set、--make、--group、--order、--ref 只与 --as 同用；配方中已包含这些。",
    "--map, --set, --make, --group, --order and --ref are used with --as only; a recipe"
    " contains these.",
)
PAIR = W('--{option} 应写成 --{option} "{form}"。', 'Write --{option} as --{option} "{form}".')
MORE = W("……另有 {count} 处没有列出。", "… and {count} more that are not listed.")
REFUSED = W(
    "{count} 行没有导入，原因见上。改正后再导入一次；已保存的行不会重复。",
    "Rows not imported: {count}, reasons above. Correct them and import again; rows"
    " already saved are not added twice.",
)
KEPT_IN = W(
    "没有导入的行已写入 {file}。", "The rows that were not imported were written to {file}."
)


@command(
    "import",
    W(
        "从 .xlsx、.csv 或 .jsonl 导入记录。合格的行会保存，其余各行说明原因。"
        "同一文件再次导入不会重复。",
        "Import records from .xlsx, .csv or .jsonl. Good rows are saved; for each other row"
        " the reason is shown. Importing the same file again adds nothing twice.",
    ),
    examples=(
        "import sites.xlsx --as site --dry-run",
        'import faults.csv --as fix --map "Location=site" --make site --set found_during=customer',
        "import incidents.csv --recipe incidents.toml",
        "import --undo",
    ),
)
@argument(
    "file",
    W("要导入的文件", "the file to import"),
    type=click.Path(path_type=Path),
    required=False,
)
@option("--as", "type", metavar="TYPE", words=W("记录类型", "record type"), shell_complete=TYPES)
@option(
    "--map",
    "maps",
    metavar="COLUMN=FIELD",
    multiple=True,
    words=W("列=字段；字段为空则跳过这一列", "column=field; an empty field skips the column"),
)
@option(
    "--set",
    "sets",
    metavar="FIELD=VALUE",
    multiple=True,
    words=W("每一行都用的 字段=值", "field=value for every row"),
)
@option(
    "--make",
    "makes",
    metavar="FIELD",
    multiple=True,
    words=W(
        "关联的记录不存在时新建（如 site）", "create linked records that do not exist, such as site"
    ),
)
@option(
    "--group",
    metavar="COLUMN",
    multiple=True,
    words=W(
        "此列相同的各行合为一条（事件日志）",
        "rows with the same value here become one record (event log)",
    ),
)
@option(
    "--order",
    metavar="COLUMN",
    default="",
    words=W(
        "组内各行按此列排序，取最后的值", "order of the rows in a group; the last value is used"
    ),
)
@option(
    "--ref",
    metavar="COLUMN",
    default="",
    words=W("标识一行的列", "column that identifies a row"),
)
@option("--recipe", type=click.Path(path_type=Path), metavar="TOML", words=W("配方", "a recipe"))
@option("--project", metavar="P", words=W("导入到此项目", "into this project"))
@option("--sheet", metavar="NAME", default="", words=W("工作表", "sheet of a workbook"))
@option(
    "--header",
    "names",
    type=click.IntRange(min=1),
    metavar="N",
    default=None,
    words=W("列名所在的行", "row with the column names"),
)
@option(
    "--dates",
    type=click.Choice(ORDERS),
    metavar="ORDER",
    default=None,
    words=W("文件中日期的顺序：d/m/y 或 m/d/y", "order of days in the file: d/m/y or m/d/y"),
)
@option("--encoding", metavar="NAME", default="", words=W("文字编码", "encoding of the text"))
@option(
    "--source",
    metavar="NAME",
    default="",
    words=W("文件改名后，用它识别各行", "identifies the rows when the file was renamed"),
)
@option(
    "--update",
    is_flag=True,
    words=W(
        "已有记录与文件不同时，按文件修改", "update existing records that differ from the file"
    ),
)
@option(
    "--undo",
    is_flag=True,
    words=W("撤销最近一次导入：作废它新增的记录", "undo the last import: void what it added"),
)
@option("--dry-run", "dry", is_flag=True, words=W("试运行，不保存", "trial run, save nothing"))
@option(
    "--refused",
    type=click.Path(path_type=Path),
    metavar="CSV",
    words=W(
        "把没有导入的行连同原因写入此文件",
        "write rows that were not imported, with reasons, to this file",
    ),
)
@json_option
@pass_desk
def import_command(
    desk: CommandContext,
    /,
    file: Path | None,
    type: str | None,
    recipe: Path | None,
    project: str | None,
    sheet: str,
    names: int | None,
    dates: str | None,
    encoding: str,
    update: bool,
    dry: bool,
    undo: bool,
    refused: Path | None,
    as_json: bool,
    **wished: Any,
) -> int:
    """A file's rows become records."""
    if undo:
        if file or type or recipe:
            raise wrong(UNDO_ALONE, click.get_current_context())
        return _undo(desk, as_json=as_json)
    if file is None:
        raise wrong(NO_FILE, click.get_current_context())
    if (type is None) is (recipe is None):
        raise wrong(AS_OR_RECIPE, click.get_current_context())
    if recipe is not None and any(value for name, value in wished.items() if name != "source"):
        raise wrong(WITH_AS, click.get_current_context())

    with (
        desk.open() as workspace,
        open_table.table(file, sheet=sheet, charset=encoding, names=names or 0) as table,
    ):
        mapped = _mapped(table, type, recipe, _wishes(wished))
        with _keeping(refused, table) as keep:
            way = ImportOptions(update=update, dry=dry, refused=keep, progress=_progress())
            report = _load(workspace, table, mapped, project, way, dates or "")
    return _tell(report, refused, as_json=as_json)


def _undo(desk: CommandContext, *, as_json: bool) -> int:
    """Take the last import back."""
    with desk.open() as workspace:
        back = import_undo.undo(workspace.book)
        lines = list(back.lines(workspace.settings.zone))
    if as_json:
        output.emit({"file": back.note.file, "voided": list(back.voided), "left": list(back.left)})
    else:
        for line in lines:
            output.put(line)
    return DONE


def _wishes(wished: Mapping[str, Any]) -> Wishes:
    return Wishes(
        maps=dict(_pair(one, "map", "COLUMN=FIELD", last=True) for one in wished["maps"]),
        sets=dict(_pair(one, "set", "FIELD=VALUE") for one in wished["sets"]),
        makes=wished["makes"],
        group=wished["group"],
        order=wished["order"],
        ref=wished["ref"],
        source=wished["source"],
    )


def _pair(text: str, option: str, form: str, *, last: bool = False) -> tuple[str, str]:
    """Both halves of COLUMN=FIELD; a column's name may itself hold '='."""
    left, mark, right = text.rpartition("=") if last else text.partition("=")
    if not mark or not left.strip():
        raise wrong(PAIR, click.get_current_context(), option=option, form=form)
    return " ".join(left.split()), right.strip() if last else right


def _mapped(table: SourceTable, type: str | None, recipe: Path | None, wishes: Wishes) -> Mapped:
    if recipe is None:
        assert type is not None
        cls = lookup.kind(type)
        return column_mapping.plain(cls, table.columns, table.name, wishes, loose=table.loose)
    found = recipe_file.load(recipe)
    if wishes.source:
        found = replace(found, source=wishes.source)
    used = set(found.columns())
    return column_mapping.Mapped(found, tuple(name for name in table.columns if name not in used))


def _load(
    workspace: Workspace,
    table: SourceTable,
    mapped: Mapped,
    project: str | None,
    way: ImportOptions,
    dates: str,
) -> ImportReport:

    recipe = mapped.recipe
    if project:  # options of the command replace what the file contains
        recipe = replace(recipe, blocks=tuple(replace(b, project=None) for b in recipe.blocks))
    within = _project(workspace, recipe, project)
    place = CellPlace(workspace.book, workspace.settings.zone, within, dates or recipe.dates)
    report = load(table, recipe, place, way)
    report.left_out = (*mapped.left_out, *report.left_out)
    report.notes += mapped.notes
    return report


def _project(workspace: Workspace, recipe: Recipe, text: str | None) -> str | None:
    """The project of rows that name none: the one asked for, the usual one or the only one."""
    book, usual = workspace.book, workspace.settings.project
    try:
        for block in recipe.blocks:
            found = lookup.home_project(book, lookup.kind(block.type), {}, text, usual)
            if found is not None:
                return found
    except Refused:
        said = all(b.project or lookup.kind(b.type).kind.parent in b.fields for b in recipe.blocks)
        if text or not said:
            raise
    return None


def _progress() -> Callable[[ImportReport, float], None] | None:
    tell = shares()
    return (lambda _report, share: tell(share)) if tell is not None else None


@contextmanager
def _keeping(
    path: Path | None, table: SourceTable
) -> Iterator[Callable[[TableRow, str, Refused], None] | None]:
    """Writes refused rows to a file of their own, if one is named."""
    if path is None:
        yield None
        return

    with keeping(path, table.columns) as keep:
        yield keep


def _tell(report: ImportReport, kept: Path | None, *, as_json: bool) -> int:
    """Say what happened; returns the exit code."""
    for note in report.notes:
        output.complain(str(note))
    if as_json:
        output.emit(report.plain())
    else:
        for line in report.lines():
            output.put(line)
        for refusal in report.refusals:
            output.complain(str(refusal))
        if report.unnamed:
            output.complain(say(MORE, count=report.unnamed))
    if report.refused and kept is not None:
        output.complain(say(KEPT_IN, file=kept))
    if report.fault is not None:
        raise report.fault
    if report.stopped:
        return INTERRUPTED
    if report.refused and not as_json:
        output.complain(say(REFUSED, count=report.refused))
    return FAILED if report.refused else DONE
