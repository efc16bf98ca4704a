"""The record of a contact with a customer 客户沟通记录, with what was promised."""

from __future__ import annotations

from typing import Any

from models.text.words import W
from tui.documents import layout as blocks
from tui.documents.frame import DocumentSubject
from tui.documents.gathering import procedure_of
from tui.documents.layout import (
    BASICS,
    PROJECT,
    DocumentLayout,
    FieldProse,
    Fields,
    RowColumns,
)
from tui.documents.record_text import RecordText

LAYOUT = DocumentLayout(
    W("客户沟通记录", "Record of communication"),
    (
        Fields(
            BASICS,
            (
                (PROJECT, "project"),
                "customer",
                "subject",
                "channel",
                "form",
                "due",
                "held_on",
                "place",
                "with_whom",
                "contact",
                "present",
                (W("状态", "State"), "state"),
                blocks.FOLLOWED,
            ),
        ),
        FieldProse("topics"),
        FieldProse("agreed"),
        RowColumns("promise", W("承诺事项", "Promises"), ("text", "owner", "due", "result")),
        blocks.STEPS,
        blocks.NOTES,
        blocks.ATTACHMENTS,
    ),
)


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """The rules that the contact follows."""
    return procedure_of(reading, subject.about)
