"""Registry: what a document is about, what it is made of, and who gathers its data."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from models.schema.record import Record
from models.text.words import Refused, W
from tui.documents.document import DOCUMENTS, RECORD, Document, by_type
from tui.documents.frame import DocumentSubject, Issue, frame
from tui.documents.layout import DocumentLayout
from tui.documents.record_text import RecordText, clean

Gather = Callable[[RecordText, DocumentSubject], dict[str, Any]]

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
    reading: RecordText, document: Document, record: Record, *, edition: str = "", week: str = ""
) -> DocumentSubject:
    """What a document is about. Raises `Refused` when the record is of another type."""
    if document.type and record.type != document.type:
        label = record.kind.label
        raise Refused(WRONG_TYPE, number=record.number, type=label, document=document.name)
    if edition and edition not in document.editions:
        raise Refused(NO_EDITION, document=document.name, edition=edition)
    edition = edition or next(iter(document.editions), "")
    project = reading.project(record.id if record.type == "project" else record.project)
    number = f"{record.number}-{week}" if week else record.number
    layout = layout_of(document, edition)
    if document.name == "record":
        layout = import_module(document.module).layout_for(reading, record)
    return DocumentSubject(document.name, layout, record, number, project, edition, week)


def layout_of(document: Document, edition: str = "") -> DocumentLayout:
    """The parts of a document."""
    module = import_module(document.module)
    if document.editions:
        chosen: DocumentLayout = module.layout(edition or document.editions[0])
        return chosen
    given: DocumentLayout = module.LAYOUT
    return given


def gather(
    reading: RecordText, subject: DocumentSubject, issue: Issue | None = None
) -> dict[str, Any]:
    """A document's data: text, lists and mappings only, in the language of now."""
    module = import_module(DOCUMENTS[subject.document].module)
    found: dict[str, Any] = module.data(reading, subject)
    as_issued = found.pop("frame", {})
    whole = {**found, **frame(reading, subject, issue), **as_issued}
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
    if subject.document == "record":
        return f"record.{subject.record.type}"
    return f"{subject.document}.{subject.edition}" if subject.edition else subject.document
