"""Registry: what a document is about, what it is made of, and who gathers its data."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from models.calendar.business_dates import first_day, quarter_span
from models.schema.record import Record
from models.text.words import Refused, W
from tui.documents import gathering
from tui.documents.document import ANY, RECORD, Document, by_type
from tui.documents.frame import DocumentSubject, Issue, frame
from tui.documents.general import record_document
from tui.documents.layout import DocumentLayout
from tui.documents.record_text import RecordText, clean

WRONG_TYPE = W(
    "{number} 是{type}，不能导出为“{document}”。可用：record。",
    "{number} is a {type} and cannot be exported as “{document}”. Use: record.",
)
NO_EDITION = W(
    "“{document}”没有版别“{edition}”。请去掉 --edition，或写 internal、customer。",
    "“{document}” has no edition “{edition}”. Leave out --edition, or use internal or customer.",
)


def of_record(record: Record) -> Document:
    """The document that a record is printed as."""
    return by_type(record.type) or RECORD


def subject_of(
    reading: RecordText,
    document: Document,
    record: Record | None,
    *,
    edition: str = "",
    week: str = "",
    quarter: str = "",
) -> DocumentSubject:
    """What a document is about: a record, a project, or the company (None).

    Raises `Refused` when the record is of another type, or the edition or period does not exist.
    """
    wanted = "project" if document.per == "project" else document.type
    if record is not None and wanted and record.type != wanted:
        label = record.kind.label
        raise Refused(WRONG_TYPE, number=record.number, type=label, document=document.name)
    if edition and edition not in document.editions:
        raise Refused(NO_EDITION, document=document.name, edition=edition)
    edition = edition or next(iter(document.editions), "")
    if week:
        first_day(week)
    if quarter:
        quarter_span(quarter)
    project = None
    if record is not None:
        project = reading.project(record.id if record.type == "project" else record.project)
    number = document.numbered(record.number if record is not None else "", week or quarter)
    if document.name == ANY and record is not None:
        layout = declared = record_document.layout_for(reading, record)
    else:
        declared = declared_layout(document, edition)
        layout = gathering.printed(declared, document.type)
    return DocumentSubject(
        document, layout, declared, record, number, project, edition, week, quarter
    )


def of_period(
    reading: RecordText,
    document: Document,
    record: Record | None,
    period: str = "",
    edition: str = "",
) -> DocumentSubject:
    """The same for a document of its kind of period."""
    if document.period == "quarter":
        return subject_of(reading, document, record, edition=edition, quarter=period)
    return subject_of(reading, document, record, edition=edition, week=period)


def declared_layout(document: Document, edition: str = "") -> DocumentLayout:
    """The parts of a document as its area declares them."""
    if document.layout is not None:
        return document.layout
    module = import_module(document.module)
    if document.editions:
        chosen: DocumentLayout = module.layout(edition or document.editions[0])
        return chosen
    given: DocumentLayout = module.LAYOUT
    return given


def layout_of(document: Document, edition: str = "") -> DocumentLayout:
    """The parts of a document as they are printed."""
    return gathering.printed(declared_layout(document, edition), document.type)


def gather(
    reading: RecordText, subject: DocumentSubject, issue: Issue | None = None
) -> dict[str, Any]:
    """A document's data: text, lists and mappings only, in the language of now."""
    document = subject.document
    own = getattr(import_module(document.module), "data", None) if document.module else None
    found: dict[str, Any] = own(reading, subject) if own is not None else {}
    as_issued = found.pop("frame", {})
    found = {**gathering.gathered(reading, subject, found), **found}
    whole = {"period": subject.period, **found, **frame(reading, subject, issue), **as_issued}
    return {name: _cleaned(value) for name, value in whole.items()}


def _cleaned(value: Any) -> Any:
    """Texts of every depth as a document holds them: numbers and checksums come from others too."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {name: _cleaned(member) for name, member in value.items()}
    return [_cleaned(member) for member in value] if isinstance(value, list) else value


def template_name(subject: DocumentSubject) -> str:
    """What the file of its template is called: 'weekly', 'problem.customer', 'record.fix'."""
    name, record = subject.document.name, subject.record
    if name == ANY and record is not None:
        return f"{name}.{record.type}"
    return f"{name}.{subject.edition}" if subject.edition else name


def file_name(subject: DocumentSubject) -> str:
    """What its file is called, without a suffix: letters, digits, and `-`, `_`, `.` between."""
    said = {"title": subject.layout.title, "number": subject.number, "edition": subject.edition}
    plain = subject.document.file.format(**said).strip("-")
    return "".join(char if char.isalnum() or char in "-_." else "_" for char in plain)
