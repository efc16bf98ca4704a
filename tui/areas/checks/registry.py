"""What the checks add to the app: pages, documents, forms."""

from __future__ import annotations

from models.text.words import W
from tui.documents.document import Document
from tui.pages.registry import Place

PAGES = {
    "sheet": "tui.areas.checks.checklist_page:sheet_page",
    "answer": "tui.areas.checks.checklist_page:answer_page",
}
PLACES = (
    Place(
        "checklist",
        "2",
        W("检查", "Checklist"),
        W("今天的日常检查", "today's checklists"),
        "tui.areas.checks.checklist_page:ChecklistPage",
        rank=20,
    ),
)
ACTIONS = (("today", "tui.areas.checks.today_actions:BeginChecklist"),)
DOCUMENTS = (
    Document(
        "checklist",
        W("检查记录表", "Checklist sheet"),
        "sheet",
        "tui.areas.checks.sheet_document",
        signed=(("submit",), ("review",), ()),
        after=("submit",),
    ),
)
DRAFT_PAGES = {"typed:": "tui.areas.checks.checklist_page:page_of"}
