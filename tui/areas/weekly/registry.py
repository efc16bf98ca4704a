"""What the weekly status adds to the app: pages and documents."""

from __future__ import annotations

from models.text.words import W
from tui.documents.document import Document

PAGES = {
    "weekly": "tui.areas.weekly.entry_page:entry_page",
    "weekly_report": "tui.areas.weekly.project_week_page:report_page",
}
DOCUMENTS = (
    Document("weekly", W("周报", "Weekly status"), "weekly", "tui.areas.weekly.entry_document"),
    Document(
        "week",
        W("项目进展周报", "Weekly project report"),
        "project",
        "tui.areas.weekly.project_week_document",
        of_type=False,
        weeks=("weekly", "weekly_report"),
    ),
)
SIGNED = {"weekly": (("submit",), ("accept",), ())}
ISSUED_AFTER = {"weekly": ("submit",)}
