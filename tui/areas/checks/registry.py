"""What the checks add to the app: pages, documents, forms."""

from __future__ import annotations

from models.text.words import W
from tui.documents.document import Document

PAGES = {
    "sheet": "tui.areas.checks.checklist_page:sheet_page",
    "answer": "tui.areas.checks.checklist_page:answer_page",
}
DOCUMENTS = (
    Document(
        "checklist", W("检查记录表", "Checklist sheet"), "sheet", "tui.areas.checks.sheet_document"
    ),
)
SIGNED = {"sheet": (("submit",), ("review",), ())}
ISSUED_AFTER = {"sheet": ("submit",)}
DRAFT_PAGES = {"typed:": "tui.areas.checks.checklist_page:page_of"}
