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
from tui.cli.completion import FILES, PROJECTS, TYPES
from tui.cli.exit_codes import DONE, FAILED, INTERRUPTED
from tui.cli.options import argument, command, json_option, option, wrong
from tui.cli.streams import output
from tui.cli.streams.output import shares
from tui.spreadsheets.importing import import_undo
from tui.spreadsheets.importing.import_undo import ImportNote
from tui.spreadsheets.importing.importer import ImportOptions, load
from tui.spreadsheets.importing.refused_rows import keeping
from tui.spreadsheets.importing.row_draft import CellPlace
from tui.spreadsheets.mapping import column_mapping, kept_mappings, mapping_file, proposal
from tui.spreadsheets.mapping.column_mapping import Mapped
from tui.spreadsheets.mapping.list_mapping import ListMapping
from tui.spreadsheets.reading import open_table
from tui.spreadsheets.reading.table import SourceTable, TableRow

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace
    from tui.spreadsheets.importing.report import ImportReport
    from tui.spreadsheets.mapping.recipe import Recipe

Keep = Callable[[TableRow, str, Refused], None]

AS_OR_MAPPING = W(
    "请写 --as 类型 或 --mapping 对应文件（二选一）。", "Give either --as TYPE or --mapping."
)
UNKNOWN_LIST = W(
    "还没有导入过列名相同的清单。请写 --as 类型{guess}。",
    "No list with these columns came in before. Give --as TYPE{guess}.",
)
LIKELY = W("（看来是 {type}）", " (it looks like {type})")
NO_FILE = W("请写要导入的文件（FILE）。", "Name the FILE to import.")
UNDO_ALONE = W(
    "--undo 不与文件、--as、--mapping 同用。", "--undo takes no file, --as or --mapping."
)
WITH_AS = W(
    "--map、--set、--make、--words、--fill、--bands、--group、--order、--ref 只与 --as 同用；"
    "对应文件中已包含这些。",
    "--map, --set, --make, --words, --fill, --bands, --group, --order and --ref are used with --as"
    " only; a mapping file contains these.",
)
AS_BEFORE = W(
    "列名与以前导入的清单相同，按当时的对应导入为{type}。",
    "The columns are those of a list imported before; it comes in the same way, as {type}.",
)
SHEET_OF = W("工作表“{sheet}”：", "Sheet “{sheet}”:")
ONE_FILE = W(
    "--refused 不与 --each-sheet 同用：各表的列可能不同。",
    "--refused is not used with --each-sheet: the sheets may have other columns.",
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
        "从 .xlsx、.xls、.ods、.et、.csv 或 .jsonl 导入记录。合格的行会保存，其余各行说明原因。"
        "同一文件再次导入不会重复。",
        "Import records from .xlsx, .xls, .ods, .et, .csv or .jsonl. Good rows are saved; for each"
        " other row the reason is shown. Importing the same file again adds nothing twice.",
    ),
    examples=(
        "import sites.xlsx --as site --dry-run",
        'import faults.csv --as fix --map "Location=site" --make site --set found_during=customer',
        "import checks.xlsx --as template_item --each-sheet --bands section_zh",
        "import incidents.csv --mapping incidents.toml",
        "import --undo",
    ),
)
@argument(
    "file",
    W("要导入的文件", "the file to import"),
    type=click.Path(path_type=Path),
    required=False,
    shell_complete=FILES,
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
@option(
    "--words",
    metavar="FIELD:WORD=CHOICE",
    multiple=True,
    words=W("清单中的词对应的选项", "what a word of the list means"),
)
@option(
    "--fill",
    "fills",
    metavar="COLUMN",
    multiple=True,
    words=W("此列空格取上一行的内容", "empty cells have the content of the cell above"),
)
@option(
    "--bands",
    metavar="FIELD",
    default="",
    words=W("只有标题的行给出以下各行的字段", "rows with a heading only give this field below"),
)
@option("--each-sheet", is_flag=True, words=W("逐个工作表导入", "import every sheet"))
@option(
    "--mapping",
    type=click.Path(path_type=Path),
    metavar="TOML",
    words=W("对应文件", "a mapping file"),
)
@option(
    "--project", metavar="P", words=W("导入到此项目", "into this project"), shell_complete=PROJECTS
)
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
    mapping: Path | None,
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
        if file or type or mapping:
            raise wrong(UNDO_ALONE, click.get_current_context())
        return _undo(desk, as_json=as_json)
    if file is None:
        raise wrong(NO_FILE, click.get_current_context())
    if type is not None and mapping is not None:
        raise wrong(AS_OR_MAPPING, click.get_current_context())
    if type is None and any(value for name, value in wished.items() if name != "source"):
        raise wrong(WITH_AS, click.get_current_context())
    if refused is not None and wished["each_sheet"]:
        raise wrong(ONE_FILE, click.get_current_context())

    given = _given(type, mapping, wished, sheet, names or 0, dates or "")
    note, worst = ImportNote(file.name), DONE
    with desk.open() as workspace:
        for one in _parts(workspace, file, given, encoding):
            sheets = isinstance(one, ListMapping) and one.each_sheet
            name, header = (one.sheet, one.header) if isinstance(one, ListMapping) else (sheet, 0)
            with open_table.table(
                file, sheet=name, charset=encoding, names=names or header
            ) as table:
                mapped = _mapped(table, one)
                with _keeping(refused, table) as keep:
                    way = ImportOptions(
                        update=update, dry=dry, refused=keep, progress=_progress(), note=note
                    )
                    report = _load(workspace, table, mapped, project, way, dates or "")
            if sheets:
                output.complain(say(SHEET_OF, sheet=table.sheet))
            if dry and not as_json:
                _show(table, mapped)
            if isinstance(one, ListMapping) and not dry and (report.added or report.updated):
                kept_mappings.keep(workspace.store, table.columns, replace(one, sheet=""))
            worst = max(worst, _tell(report, refused, as_json=as_json))
    return worst


def _given(
    type: str | None,
    mapping: Path | None,
    wished: Mapping[str, Any],
    sheet: str,
    names: int,
    dates: str,
) -> Recipe | ListMapping | None:
    """How the list comes in: by the options or by a file; None where neither says it."""
    if mapping is not None:
        found = mapping_file.load(mapping)
        changed = {"sheet": sheet, "header": names, "dates": dates, "source": wished["source"]}
        if isinstance(found, ListMapping):
            return replace(found, **{name: value for name, value in changed.items() if value})
        return replace(found, source=wished["source"]) if wished["source"] else found
    if type is None:
        return None
    return replace(_wishes(wished), type=type, sheet=sheet, header=names, dates=dates)


def _parts(
    workspace: Workspace, file: Path, given: Recipe | ListMapping | None, encoding: str
) -> list[Recipe | ListMapping]:
    """What comes in one after another: the sheets, or the one table there is. A list that came in
    before needs no word of how.
    """
    if isinstance(given, ListMapping) and not given.each_sheet:
        return [given]
    if given is not None and not isinstance(given, ListMapping):
        return [given]
    with open_table.table(file, charset=encoding) as table:
        found = given or kept_mappings.find(workspace.store, table.columns)
        if found is None:
            likely = proposal.likely_type(table.columns)
            guess = say(LIKELY, type=likely) if likely else ""
            raise Refused(UNKNOWN_LIST, guess=guess)
        if given is None:
            output.complain(say(AS_BEFORE, type=lookup.kind(found.type).kind.label))
        parent = lookup.kind(found.type).kind.parent or ""
        return [*found.by_sheet(table.sheets, parent)]


def _show(table: SourceTable, mapped: Mapped) -> None:
    """Which row has the names, and what each column gives."""
    for line in mapped.lines(table):
        output.put(line)


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


def _wishes(wished: Mapping[str, Any]) -> ListMapping:
    words = dict[str, dict[str, str]]()
    for one in wished["words"]:
        known, choice = _pair(one, "words", "FIELD:WORD=CHOICE", last=True)
        name, mark, word = known.partition(":")
        if not mark or not word:
            form = "FIELD:WORD=CHOICE"
            raise wrong(PAIR, click.get_current_context(), option="words", form=form)
        words.setdefault(name, {})[word] = choice
    return ListMapping(
        words=words,
        fills=wished["fills"],
        bands=wished["bands"],
        each_sheet=wished["each_sheet"],
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


def _mapped(table: SourceTable, given: Recipe | ListMapping) -> Mapped:
    if isinstance(given, ListMapping):
        cls = lookup.kind(given.type)
        return column_mapping.plain(cls, table.columns, table.name, given, loose=table.loose)
    used = set(given.columns())
    return Mapped(given, tuple(name for name in table.columns if name not in used))


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
