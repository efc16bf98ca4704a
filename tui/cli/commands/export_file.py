"""`export`: lists out to spreadsheets and other files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from models.book.rows.child_rows import child_types
from models.queries import lookup
from models.text.words import Refused, W, say
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.completion import TYPES
from tui.cli.options import argument, command, option
from tui.cli.streams import output
from tui.cli.streams.output import shares
from tui.spreadsheets.exporting.exporter import ExportRequest, write

if TYPE_CHECKING:
    from models.schema.record import Record
    from sync.workspace.workspace import Workspace

DOCUMENT_SUFFIXES = (".docx", ".md", ".eml", ".pdf")
"""What the name of a document ends in; every other file is a list of records."""
EXPORTED = W("已导出 {count} 条{type}到 {file}。", "{type}: {count} exported to {file}.")
CUT = W(
    "有文字超过 Excel 每格 32767 字的上限，已截断：{numbers}。导出为 .jsonl 可保留全文。",
    "Texts beyond the 32,767 characters of an Excel cell were cut: {numbers}. Export to .jsonl"
    " to keep them whole.",
)
NEEDS_WORD = W(
    "编号、--week、--quarter、--edition、--issue 和 --reason 只用于导出文件："
    "请把 {file} 改成 .docx 或 .md。",
    "A number, --week, --quarter, --edition, --issue and --reason apply to documents: name the file"
    " .docx or .md instead of {file}.",
)
NO_ROWS = W(
    "{type}不是 {number} 的明细行。请写它的明细类型：{known}。",
    "A {type} is no row of {number}. Its types of rows: {known}.",
)
SHOWN = 5


@command(
    "export",
    W(
        "导出一类记录到 .xlsx、.csv 或 .jsonl（可原样再导入），或导出一份文件到"
        " .docx、.pdf（须有 LibreOffice）、.md、.xlsx 或 .eml。文件种类见 sitebook paper list。"
        "weekly 不写编号时为项目进展周报。",
        "Export the records of a type to .xlsx, .csv or .jsonl (import reads them back"
        " unchanged), or a document to .docx, .pdf (with LibreOffice), .md, .xlsx or .eml (sitebook"
        " paper list says which there are; weekly without a number is the project's week).",
    ),
    examples=(
        "export fix -o fixes.xlsx --state open",
        "export site -o sites.xlsx --blank",
        "export template_item --of TP-2026-A-0001 -o items.xlsx",
        "export weekly --week 2026-W47 -o week.docx",
        "export problem PR-2026-A-0001 --edition customer --issue -o report.docx",
    ),
)
@argument("type", W("记录类型或文件种类", "a record type or a document"), shell_complete=TYPES)
@argument("id", W("记录编号（文件）", "a record's number (documents)"), required=False)
@option(
    "-o",
    "--output",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    required=True,
    words=W("写入的文件", "the file to write"),
)
@option(
    "--state",
    "states",
    metavar="STATE",
    multiple=True,
    words=W("只导出此状态（可重复）", "only this state (may be repeated)"),
)
@option("--project", metavar="P", words=W("只导出此项目", "only this project"))
@option(
    "--of",
    metavar="ID",
    words=W("只导出这条记录的明细行，按次序", "only the rows of this record, in their order"),
)
@option("--void", is_flag=True, words=W("包括作废的", "include void records"))
@option("--blank", is_flag=True, words=W("只要列名，供填写", "column names only, to fill in"))
@option("--week", metavar="WEEK", words=W("按周编制的文件：哪一周", "documents of a week: which"))
@option(
    "--quarter",
    metavar="QUARTER",
    words=W("按季度编制的文件：哪一季度", "documents of a quarter: which"),
)
@option(
    "--edition",
    type=click.Choice(("internal", "customer")),
    metavar="internal|customer",
    words=W("内部版或客户版", "internal or customer edition"),
)
@option(
    "--issue",
    is_flag=True,
    words=W("签发（不写时导出草稿）", "issue it (without this option: a draft)"),
)
@option("--reason", metavar="TEXT", default="", words=W("变更说明", "why it is issued again"))
@option("--to", metavar="TEXT", default="", words=W("发放范围", "who receives the issued document"))
@option("--force", is_flag=True, words=W("覆盖已有文件", "overwrite the file"))
@pass_desk
def export_command(
    desk: CommandContext,
    type: str,
    id: str | None,
    file: Path,
    states: tuple[str, ...],
    project: str | None,
    of: str | None,
    void: bool,
    blank: bool,
    week: str | None,
    quarter: str | None,
    edition: str | None,
    issue: bool,
    reason: str,
    to: str,
    force: bool,
) -> None:
    """Records go out to a file, or one document does."""
    of_one = file.suffix.lower() == ".xlsx" and (id is not None or week or quarter)
    if file.suffix.lower() in DOCUMENT_SUFFIXES or of_one:
        from tui.cli.commands import document

        wanted_paper = document.DocumentRequest(
            type, id, file, week, quarter, project, edition, issue, reason, to, force
        )
        with desk.open() as workspace:
            document.put_out(workspace, wanted_paper)
        return
    if id is not None or week or quarter or edition or issue or reason or to:
        raise Refused(NEEDS_WORD, file=file.name)
    with desk.open() as workspace:
        cls = lookup.kind(type)
        meant = lookup.states([cls], states)[cls.kind.name]
        within = lookup.project(workspace.book, project).id if project else None
        wanted = ExportRequest(
            states=meant, project=within, void=void, blank=blank, of=_parent(workspace, cls, of)
        )
        tell = shares()
        written = write(
            workspace.book,
            workspace.settings.zone,
            cls,
            file,
            wanted,
            force=force,
            progress=(lambda done, total: tell(done / total)) if tell else None,
        )
    output.put(say(EXPORTED, count=written.count, type=cls.kind.label, file=file))
    if written.cut:
        more = "…" if len(written.cut) > SHOWN else ""
        output.complain(say(CUT, numbers=", ".join(written.cut[:SHOWN]) + more))


def _parent(workspace: Workspace, cls: type[Record], text: str | None) -> str:
    """The id of the record whose rows go out; '' where none is named."""
    if text is None:
        return ""
    record = lookup.record(workspace.book, text)
    types = child_types(record.type)
    if cls not in types:
        known = ", ".join(one.kind.name for one in types) or "-"
        raise Refused(NO_ROWS, type=cls.kind.label, number=record.number, known=known)
    return record.id
