"""A version of a company procedure 制度与流程 as people follow it: who does what, how soon, how."""

from __future__ import annotations

from typing import Any

from models.book.tables import procedures
from models.records.tables.procedure_step import ProcedureStepRow
from models.text.words import W
from tui.documents import gathering, layout, row_tables
from tui.documents.frame import DocumentSubject
from tui.documents.layout import BASICS, STEPS, DocumentLayout, DocumentTable, FieldProse, Fields
from tui.documents.record_text import RecordText

LAYOUT = DocumentLayout(
    W("制度与流程", "Procedure"),
    (
        Fields(
            BASICS,
            (
                "subject",
                (W("版次", "Edition"), "edition_no"),
                *("used_at", "used_by"),
                (W("状态", "State"), "state"),
            ),
        ),
        DocumentTable(STEPS.title, STEPS.key, STEPS.columns),
        FieldProse("reason"),
        layout.ATTACHMENTS,
    ),
)


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """The steps in order, in the language of the document; `version` is that of the document."""
    found = row_tables.living(reading, subject.about, ProcedureStepRow)
    steps = procedures.steps_in(tuple(row.values() for row in found))
    edition = reading.text(subject.about, "version")
    return {STEPS.key: gathering.step_rows(steps), "edition_no": edition}
