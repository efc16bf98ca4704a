"""Record documents: documents made from a page: which one, where to, in a thread that says how far
it is.

Words are gathered and files filled off the screen's thread; what issuing writes into the book is
written on it, where everything else is written.
"""

from __future__ import annotations

from pathlib import Path

from models.calendar.business_dates import quarter_of, shift_quarter, shift_week, week_of
from models.queries import value_parser
from models.schema.fields import quarter, spec_of, week
from models.schema.record import Record
from models.storage.atomic_file import whole
from models.text.os_errors import why
from models.text.typed_path import path_of
from models.text.words import Refused, W, say
from tui.documents import frame, produce
from tui.documents import issue as issuing
from tui.documents.document import (
    COMPARISON,
    DOCUMENTS,
    Document,
    DocumentChoice,
    by_type,
    compiled,
    offered_by,
)
from tui.documents.frame import EDITIONS, DocumentSubject
from tui.documents.record_text import RecordText
from tui.documents.registry import file_name, of_period, of_record
from tui.pages.dialogs.document_menu import DocumentMenu, ProgressDialog
from tui.widgets.app_context import AppContext, Asked

FOLDER = "exports"
DRAFT = W("{name}：Word 草稿", "{name}: Word, draft")
ISSUE = W("{name}：签发正式版…", "{name}: issue the final version…")
MAIL = W("{name}：邮件文本（Markdown）", "{name}: mail text (Markdown)")
TO_SEND = W(
    "{name}：待发邮件（.eml，附 Word 文件）", "{name}: mail to send (.eml with the Word file)"
)
SHEETS = W("{name}：表格（.xlsx）", "{name}: spreadsheet (.xlsx)")
PDF = W("{name}：PDF 草稿", "{name}: PDF, draft")
NAMED = W("{name} {of}", "{name} {of}")
EDITED = W("{name}（{edition}）", "{name} ({edition})")
DIGITS = 9
"""Lines of a menu that have a key of their own."""
ASKED = {"week": spec_of(week("周", "Week")), "quarter": spec_of(quarter("季度", "Quarter"))}
WHERE = W("写入的文件", "File to write")
ISSUE_WHERE = W("签发 {name}：写入的文件", "Issue {name}: file to write")
WHY = W(
    "已签发过 {version}，再次签发须写变更说明", "{version} was issued. Reason for issuing again"
)
DRAFTED = W("草稿已导出到 {path}", "Draft exported to {path}")
ISSUED = W(
    "已签发 {version}，登记为 {number}；文件在 {path}", "{version} issued as {number}: {path}"
)
EXISTS = W(
    "文件 {file} 已存在，没有覆盖。请换一个文件名。",
    "The file {file} exists and was not overwritten. Choose another name.",
)
NO_FOLDER = W(
    "不能建立文件夹 {path}：{reason}。请换一个位置。",
    "Cannot create the folder {path}: {reason}. Choose another folder.",
)


def offer(app: AppContext, record: Record) -> None:
    """Show what a record can be printed as; one of a week or quarter also offers the document of
    that, and a project what is compiled about it and about the company."""
    found: list[DocumentChoice] = []
    of_period = offered_by(record.type) if record.project else ()
    if not of_period or by_type(record.type) is not None:
        found += choices(record)
    for document in of_period:
        period = str(getattr(record, document.period, None) or "")
        found += period_choices(document, str(record.project), period)
    if record.type == "project":
        for document in compiled():
            found += period_choices(document, record.id)
    show(app, sorted(found, key=lambda one: one.suffix == ".pdf"))


def offer_period(app: AppContext, name: str, project: str, period: str) -> None:
    """Show the ways to put a project's week or quarter on paper."""
    show(app, period_choices(DOCUMENTS[name], project, period))


def choices(record: Record) -> list[DocumentChoice]:
    """The documents of one record."""
    document = of_record(record)
    found = []
    for edition in document.editions or ("",):
        name = document.label if document.type else record.kind.label
        if edition:
            name = both(EDITED, name=name, edition=EDITIONS[edition])
        found += _three(document, record.id, name, edition)
    return sorted(found, key=lambda one: (one.suffix == ".pdf", one.issue, one.suffix))


def comparison_choices(record: Record) -> list[DocumentChoice]:
    """The documents of what differs between a version and the one before it."""
    return _three(COMPARISON, record.id, both(NAMED, name=COMPARISON.label, of=record.number))


def period_choices(document: Document, project: str, period: str = "") -> list[DocumentChoice]:
    """The ways to print what is compiled; without its period, that is asked for."""
    about = project if document.per == "project" else ""
    name = both(NAMED, name=document.label, of=period) if period else document.label
    found = []
    for edition in document.editions or ("",):
        title = both(EDITED, name=name, edition=EDITIONS[edition]) if edition else name
        found += _three(document, about, title, edition, period)
    return found


def _three(
    document: Document, record: str, name: W, edition: str = "", period: str = ""
) -> list[DocumentChoice]:
    def one(word: W, suffix: str = ".docx", *, issue: bool = False) -> DocumentChoice:
        said = both(word, name=name)
        return DocumentChoice(document, record, said, suffix, issue, edition, period, name)

    more = [one(SHEETS, ".xlsx")] if document.sheets else []
    more += [one(TO_SEND, ".eml")] if document.mailed else []
    return [one(DRAFT), one(MAIL, ".md"), *more, one(ISSUE, issue=True), one(PDF, ".pdf")]


def both(word: W, **values: W | str) -> W:
    """A sentence in both languages, filled in with words."""
    pairs = {k: value if isinstance(value, W) else W(value, value) for k, value in values.items()}
    zh = {name: pair.zh for name, pair in pairs.items()}
    en = {name: pair.en for name, pair in pairs.items()}
    return W(word.zh.format(**zh), word.en.format(**en))


def show(app: AppContext, found: list[DocumentChoice]) -> None:
    """Ask which of these, then where to, then do it; of many, first ask which document."""
    names = {one.name: one._replace(word=one.name) for one in reversed(found)}
    many = len(found) > DIGITS
    lines = list(reversed(names.values())) if many else found

    def chosen(id: str | None) -> None:
        choice = next((one for one in lines if one.id == id), None)
        if choice is not None and many:
            show(app, [one for one in found if one.name == choice.name])
        elif choice is not None:
            _which(app, choice)

    app.push_screen(DocumentMenu(lines), chosen)


def _which(app: AppContext, choice: DocumentChoice) -> None:
    """What is made for a period asks which: the last one that is over is given."""
    kind = choice.document.period
    if choice.period or not kind:
        _why(app, choice)
        return
    day = app.workspace.book.today
    over = shift_week(week_of(day), -1) if kind == "week" else shift_quarter(quarter_of(day), -1)

    def given(typed: str) -> None:
        period = value_parser.typed(app.workspace.book, ASKED[kind], typed) or ""
        _why(app, choice._replace(period=str(period)))

    app.ask(_asked(choice, "period"), choice.name, given, given=over, label=ASKED[kind].label)


def _why(app: AppContext, choice: DocumentChoice) -> None:
    """A second issue says why."""
    reading, subject = _subject(app, choice)
    before = frame.earlier(reading, subject) if choice.issue else []
    if not before:
        _where(app, choice, subject, "")
        return
    version = frame.version_text(before[-1].version or 1)
    asked = W(*(half.format(version=version) for half in WHY))
    app.ask(_asked(choice, "reason"), asked, lambda reason: _where(app, choice, subject, reason))


def _where(app: AppContext, choice: DocumentChoice, subject: DocumentSubject, reason: str) -> None:
    offered = str(free(app.workspace.home / FOLDER, subject, choice.suffix))
    name = f"{subject.layout.title} {subject.number}"
    asked = W(*(half.format(name=name) for half in (ISSUE_WHERE if choice.issue else WHERE)))

    def given(typed: str) -> None:
        start(app, choice, path_of(typed), reason)

    app.ask(_asked(choice, "path"), asked, given, path=True, given=offered)


def _asked(choice: DocumentChoice, what: str) -> Asked:
    """Names a question about a document."""
    place = "" if choice.record else "today"
    return Asked("record.paper", choice.record or "", f"{choice.document.name} {what}", place)


def free(folder: Path, subject: DocumentSubject, suffix: str) -> Path:
    """A name in a folder that no file has yet."""
    plain = file_name(subject)
    path, count = folder / f"{plain}{suffix}", 1
    while path.exists():
        count += 1
        path = folder / f"{plain}-{count}{suffix}"
    return path


def start(app: AppContext, choice: DocumentChoice, path: Path, reason: str = "") -> None:
    """Make the document in a thread; its dialog may be left, it goes on."""
    if path.exists():
        raise Refused(EXISTS, file=path.name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(NO_FOLDER, path=path.parent, reason=why(error)) from error
    working = ProgressDialog(choice.word)
    app.push_screen(working)
    app.run_worker(lambda: _work(app, choice, path, reason, working), thread=True, group="paper")


def _work(
    app: AppContext, choice: DocumentChoice, path: Path, reason: str, working: ProgressDialog
) -> None:
    """In the thread, on a connection of its own."""
    bad = False
    try:
        with app.workspace.store.db.connection_context():
            told = _made(app, choice, path, reason, working)
    except Refused as refused:
        told, bad = str(refused), True
    app.call_from_thread(working.ended)
    app.call_from_thread(app.tell, told, bad=bad)


def _made(
    app: AppContext, choice: DocumentChoice, path: Path, reason: str, working: ProgressDialog
) -> str:
    """Make it and write it; what is to be told then."""
    reading, subject = _subject(app, choice)

    def tell(share: float) -> None:
        app.call_from_thread(working.tell, share)

    if not choice.issue:
        produce.export(reading, subject, path, progress=tell)
        return say(DRAFTED, path=path)
    with whole(path, force=False) as fresh:
        ready = issuing.prepare(reading, subject, reason, progress=tell)
        fresh.write_bytes(ready.made.content)
        record = app.call_from_thread(issuing.keep, reading, ready)
    return say(ISSUED, version=frame.version_text(ready.version), number=record.number, path=path)


def _subject(app: AppContext, choice: DocumentChoice) -> tuple[RecordText, DocumentSubject]:
    reading = RecordText(app.workspace)
    record = reading.book.get(choice.record) if choice.record else None
    document, edition = choice.document, choice.edition
    return reading, of_period(reading, document, record, choice.period, edition)
