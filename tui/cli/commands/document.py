"""Documents on the command line: exported, issued, checked; templates written out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from models.book import permissions
from models.calendar.business_dates import business_day, quarter_of, week_of
from models.queries import lookup
from models.records.common import issued_documents
from models.schema.record import Record, kinds
from models.schema.roles import ROLES
from models.storage.atomic_file import CANNOT_WRITE, whole
from models.text.os_errors import why
from models.text.words import Lang, Refused, W, listed, say, several
from tui.areas import contributions as _  # noqa: F401  (reads what the areas register)
from tui.cli.command_context import CommandContext, pass_desk
from tui.cli.options import argument, command, option
from tui.cli.root import CommandEntry, Lazy
from tui.cli.streams import output
from tui.cli.streams.output import shares
from tui.documents import issue as issuing
from tui.documents import produce, registry
from tui.documents.document import DOCUMENTS, RECORD, Document, by_type, compiled, offered_by
from tui.documents.frame import EDITIONS, DocumentSubject, version_text
from tui.documents.record_text import RecordText
from tui.documents.registry import of_period, subject_of
from tui.documents.word import template_builder
from tui.documents.word.template_files import FOLDER as OWN

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace

DRAFTED = W(
    "已导出{title}（{number}）的草稿到 {file}。", "Draft of {title} ({number}) exported to {file}."
)
ISSUED = W(
    "已签发{title}（{number}）{version}，登记为 {record}，文件在 {file}。",
    "{title} ({number}) {version} is issued as {record}; the file is {file}.",
)
WHICH = W(
    "要导出哪一条记录？请写编号，如 sitebook export {document} FX-2026-A-0001 -o {file}。",
    "Which record? Give its number, as in sitebook export {document} FX-2026-A-0001 -o {file}.",
)
ONLY_WORD = W(
    "只能签发 .docx 文件。请把 {file} 改成 .docx。",
    "Only .docx files can be issued. Rename {file} to .docx.",
)
NO_DOCUMENT = W(
    "没有“{name}”这种文件。可用：{known}。", "There is no document “{name}”. Known: {known}."
)
WROTE = W(
    "已写出 {count} 个模板到 {folder}。修改后放进 {home}，即代替内置模板。",
    "{count} templates were written to {folder}. A changed template in {home} replaces"
    " the built-in one.",
)
SAME = W(
    "{number} 核对无误：用保存的数据和模板得到同一文件。",
    "{number} is unchanged: its saved data and template give the same file.",
)
NOT_ISSUED = W("{number} 不是已签发文件。", "{number} is not an issued document.")
EMPTY = W("（空）", "(empty)")
AFTER = W("“{moves}”之后", "after “{moves}”")
PER = {
    "record": W("一条记录", "a record"),
    "project": W("项目", "a project"),
    "company": W("全公司", "the company"),
}
WHOSE = W(
    "请写记录编号，或用 --document 写文件种类（见 sitebook paper list）。",
    "Give a record's number, or a document by --document (sitebook paper list names them).",
)
PERIODS = {"week": W("周", "week"), "quarter": W("季度", "quarter")}
ABOUT = W("{what}的一{period}", "{what}, a {period}")
NO_PERIOD = W(
    "“{document}”不分周或季度，请去掉 --week 和 --quarter。",
    "“{document}” is of no week or quarter; leave out --week and --quarter.",
)
OTHER_PERIOD = W(
    "“{document}”按{period}编制，请写 --{name}。",
    "“{document}” is made for a {period}: use --{name}.",
)
FOLDER = W("文件夹", "a folder")

ENTRIES = {
    "list": CommandEntry(
        "tui.cli.commands.document:list_documents",
        W("有哪些文件，由谁签发", "which documents there are, and who issues them"),
    ),
    "templates": CommandEntry(
        "tui.cli.commands.document:templates",
        W("把内置模板写到文件夹", "write the built-in templates to a folder"),
    ),
    "names": CommandEntry(
        "tui.cli.commands.document:names", W("模板中可用的名称", "names that templates may use")
    ),
    "check": CommandEntry(
        "tui.cli.commands.document:check", W("核对已签发文件", "check an issued document")
    ),
}


class DocumentRequest(NamedTuple):
    """A document that was asked for."""

    name: str
    """A document's or a record type's name."""
    id: str | None
    file: Path
    week: str | None = None
    quarter: str | None = None
    project: str | None = None
    edition: str | None = None
    issue: bool = False
    reason: str = ""
    to: str = ""
    force: bool = False


def paper() -> Lazy:
    """The group of commands about documents."""
    return Lazy("paper", W("文件与模板。", "Documents and their templates."), ENTRIES)


def put_out(workspace: Workspace, wanted: DocumentRequest) -> None:
    """Export a draft, or issue a version and write its file."""
    reading = RecordText(workspace)
    subject = _subject(reading, wanted)
    told = {"title": subject.layout.title, "number": subject.number, "file": wanted.file}
    if not wanted.issue:
        produce.export(reading, subject, wanted.file, force=wanted.force, progress=shares())
        output.put(say(DRAFTED, **told))
        return
    if wanted.file.suffix.lower() != ".docx":
        raise Refused(ONLY_WORD, file=wanted.file.name)
    with whole(wanted.file, force=wanted.force) as fresh:
        ready = issuing.prepare(reading, subject, wanted.reason, wanted.to, shares())
        fresh.write_bytes(ready.made.content)  # what cannot be written is not issued
        record = issuing.keep(reading, ready)
    version = version_text(ready.version)
    output.put(say(ISSUED, **told, version=version, record=record.number))


def _subject(reading: RecordText, wanted: DocumentRequest) -> DocumentSubject:
    book, document = reading.book, _document(wanted)
    edition = wanted.edition or ""
    if document.per != "record" and (wanted.id is None or document.name == wanted.name):
        return _of_period(reading, document, wanted)
    if wanted.id is None:
        raise Refused(WHICH, document=wanted.name, file=wanted.file.name)
    record = lookup.record(book, wanted.id)
    for one in offered_by(record.type):
        if document.name != RECORD.name and by_type(record.type) is None:
            about = book.get(str(record.project)) if one.per == "project" else None
            return of_period(reading, one, about, str(record.values()[one.period]), edition)
    if wanted.week or wanted.quarter:
        raise Refused(NO_PERIOD, document=document.name)
    return subject_of(reading, document, record, edition=edition)


def _of_period(reading: RecordText, document: Document, wanted: DocumentRequest) -> DocumentSubject:
    """One about a project (named by its number, `--project`, or the usual one) or the company."""
    about = _project(reading, wanted) if document.per == "project" else None
    given = {"week": wanted.week, "quarter": wanted.quarter}
    period = given.pop(document.period, None) or ""
    if any(given.values()):
        if not document.period:
            raise Refused(NO_PERIOD, document=document.name)
        word = PERIODS[document.period]
        raise Refused(OTHER_PERIOD, document=document.name, period=word, name=document.period)
    if document.period and not period:
        today = business_day(reading.book.change_log.now(), reading.zone)
        period = week_of(today) if document.period == "week" else quarter_of(today)
    return of_period(reading, document, about, period, wanted.edition or "")


def _project(reading: RecordText, wanted: DocumentRequest) -> Record:
    """Which project a document is about."""
    book, usual = reading.book, reading.workspace.settings.project
    if wanted.id is not None:
        return lookup.record(book, wanted.id)
    if wanted.project is not None:
        return lookup.project(book, wanted.project)
    return book.get(lookup.usual_project(book, usual))


def _document(wanted: DocumentRequest) -> Document:
    """The document that a name on the command line means."""
    for one in offered_by(wanted.name):
        if wanted.id is None or by_type(wanted.name) is None:
            return one
    found = DOCUMENTS.get(wanted.name) or by_type(wanted.name)
    if found is None and wanted.name in kinds:
        found = RECORD
    if found is None:
        known = ", ".join(DOCUMENTS)
        raise Refused(NO_DOCUMENT, name=wanted.name, known=known)
    return found


@command(
    "list",
    W(
        "列出可以导出和签发的文件：名称、所据内容、由谁签发。",
        "List the documents that can be exported and issued: name, what it is about, who issues"
        " it.",
    ),
    examples=("paper list",),
)
def list_documents() -> None:
    """Every document, one a line."""
    for one in DOCUMENTS.values():
        output.row((one.name, 14), (str(one.label), 26), (about(one), 26), (conditions(one), 0))


def about(document: Document) -> str:
    """What a document is about, in words."""
    if document.type in kinds:
        what = str(kinds[document.type].kind.label)
    else:
        what = str(PER[document.per])
    if document.period:
        what = say(ABOUT, what=what, period=PERIODS[document.period])
    if document.editions:
        what = f"{what} ({several(EDITIONS[one] for one in document.editions)})"
    return what


def conditions(document: Document) -> str:
    """Who issues it, after what."""
    if document.by:
        return str(listed(ROLES[role] for role in document.by))
    if document.type in kinds:
        kind = kinds[document.type].kind
        if document.states:
            return str(listed(kind.state(name).label for name in document.states))
        if document.after:
            moves = listed(permissions.label_of(kind, move) for move in document.after)
            return say(AFTER, moves=moves)
    return ""


@command(
    "templates",
    W(
        "把内置的 Word 模板写到一个文件夹，供修改。",
        "Write the built-in Word templates to a folder, to adapt them.",
    ),
    examples=("paper templates ~/templates",),
)
@argument("folder", FOLDER)
@pass_desk
def templates(desk: CommandContext, folder: str) -> None:
    """Every template in both languages."""
    from typing import get_args

    to = Path(folder).expanduser()
    try:
        to.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(CANNOT_WRITE, path=to, reason=why(error)) from error
    count = 0
    for document in DOCUMENTS.values():
        for edition in document.editions or ("",):
            layout = registry.layout_of(document, edition)
            name = f"{document.name}.{edition}" if edition else document.name
            for lang in get_args(Lang):
                with whole(to / f"{name}.{lang}.docx", force=False) as fresh:
                    fresh.write_bytes(template_builder.template(layout, lang))
                count += 1
    output.put(say(WROTE, count=count, folder=to, home=desk.home / OWN))


@command(
    "names",
    W(
        "列出一条记录的文件模板中可用的名称及其当前值。",
        "List the names that a template may use for a record's document, with their current"
        " values.",
    ),
    examples=(
        "paper names FX-2026-A-0001",
        "paper names PJ-2026-A-0001 --document week --week 2026-W47",
    ),
)
@argument("id", W("记录编号，或项目", "a record's number, or a project's"), required=False)
@option(
    "--document", metavar="NAME", words=W("文件种类（见 paper list）", "a document (paper list)")
)
@option("--week", metavar="WEEK", words=W("周", "the week"))
@option("--quarter", metavar="QUARTER", words=W("季度", "the quarter"))
@option("--edition", metavar="EDITION", default="", words=W("版别", "the edition"))
@pass_desk
def names(
    desk: CommandContext,
    id: str | None,
    document: str | None,
    week: str | None,
    quarter: str | None,
    edition: str,
) -> None:
    """Names and values; a list shows its first row."""
    with desk.open() as workspace:
        reading = RecordText(workspace)
        name = document
        if name is None and id is not None:
            record = lookup.record(workspace.book, id)
            name = registry.of_record(record).name
            if week is not None and record.type == "project":
                name = next(one.name for one in compiled() if one.period == "week")
        if name is None:
            raise Refused(WHOSE)
        wanted = DocumentRequest(name, id, Path(), week, quarter, edition=edition or None)
        data = registry.gather(reading, _subject(reading, wanted))
    for name, value in sorted(data.items()):
        if isinstance(value, dict):
            for key, text in value.items():
                _tell(f"{name}.{key}", str(text))
        elif isinstance(value, list):
            _tell(name, f"[{len(value)}]")
            for key, text in (value[0] if value else {}).items():
                _tell(f"  .{key}", text)
        else:
            _tell(name, str(value))


def _tell(name: str, value: str) -> None:
    output.row((name, 24), (value.partition("\n")[0] or str(EMPTY), 0))


@command(
    "check",
    W(
        "核对一份已签发文件：内容未改，用保存的数据和模板可重新得到。",
        "Check that an issued document is unchanged and can be made again from its saved data"
        " and template.",
    ),
    examples=("paper check IS-2026-A-0001",),
)
@argument("id", W("已签发文件的编号", "the number of an issued document"))
@pass_desk
def check(desk: CommandContext, id: str) -> None:
    """One issued document."""
    with desk.open() as workspace:
        record = lookup.record(workspace.book, id)
        version = issued_documents.as_version(record)
        if version is None:
            raise Refused(NOT_ISSUED, number=record.number)
        issuing.check(RecordText(workspace), version)
        output.put(say(SAME, number=record.number))
