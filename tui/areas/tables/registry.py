"""What the company's tables add to the app: the document of a procedure."""

from __future__ import annotations

from models.text.words import W
from tui.documents.document import Document

DOCUMENTS = (
    Document(
        "procedure",
        W("制度与流程", "Procedure"),
        "procedure",
        "tui.areas.tables.procedure_document",
        signed=((), (), ("use",)),
        after=("use",),
    ),
)
