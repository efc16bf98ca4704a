"""Registry: every kind by its stable name, what it is made of, and who gathers its data."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple

from models.schema.record import Record
from models.text.words import Refused, W
from tui.documents.frame import DocumentSubject, Issue, frame
from tui.documents.layout import DocumentLayout
from tui.documents.record_text import RecordText, clean

Gather = Callable[[RecordText, DocumentSubject], dict[str, Any]]

WRONG_TYPE = W(
    "{number} 是{type}，不能导出为“{document}”。可用：record。",
    "{number} is a {type} and gives no “{document}”. Use: record.",
)
NO_EDITION = W(
    "“{document}”没有版别“{edition}”。请去掉 --edition，或写 internal、customer。",
    "“{document}” has no edition “{edition}”. Leave it out, or use internal or customer.",
)


class Document(NamedTuple):
    """A kind of document: the record type it is about, and the module that knows the rest."""

    name: str
    label: W
    type: str
    """The record type; '' for any."""
    module: str
    editions: tuple[str, ...] = ()


DOCUMENTS = {
    one.name: one
    for one in (
        Document("weekly", W("周报", "Weekly status"), "weekly", "tui.areas.weekly.entry_document"),
        Document(
            "week",
            W("项目进展周报", "Weekly project report"),
            "project",
            "tui.areas.weekly.project_week_document",
        ),
        Document(
            "problem",
            W("问题分析处理报告", "Problem report"),
            "problem_report",
            "tui.areas.problems.problem_report_document",
            ("internal", "customer"),
        ),
        Document(
            "concession",
            W("让步申请", "Concession application"),
            "concession",
            "tui.areas.problems.concession_document",
        ),
        Document(
            "checklist",
            W("检查记录表", "Checklist sheet"),
            "sheet",
            "tui.areas.checks.sheet_document",
        ),
        Document(
            "escalation",
            W("问题升级档案", "Escalation dossier"),
            "escalation",
            "tui.areas.problems.escalation_document",
        ),
        Document("record", W("记录", "Record"), "", "tui.documents.record_document"),
    )
}
BY_TYPE = {one.type: one for one in DOCUMENTS.values() if one.type and one.name != "week"}


def of_record(record: Record) -> Document:
    """The document that a record is printed as."""
    return BY_TYPE.get(record.type, DOCUMENTS["record"])


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
        layout = DocumentLayout(record.kind.label, layout.blocks)
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
    whole = {**found, **frame(reading, subject, issue)}
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
