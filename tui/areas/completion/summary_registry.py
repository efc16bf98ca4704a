"""What summaries and quality targets add to the app: documents, and a key to their figures."""

from __future__ import annotations

from models.text.words import W
from tui.documents.document import Document

ACTIONS = (("record", "tui.areas.completion.report_figures:ReportFigures"),)
DOCUMENTS = (
    Document(
        "project_summary",
        W("项目总结", "Project summary"),
        "project_summary",
        "tui.areas.completion.summary_document",
        signed=(("submit",), (), ("review",)),
        after=("submit",),
        sheets=True,
    ),
    Document(
        "quality_targets",
        W("质量目标考核表", "Quality target assessment"),
        "target_assessment",
        "tui.areas.completion.target_document",
        signed=(("assess",), (), ("confirm",)),
        after=("assess",),
        sheets=True,
    ),
)
