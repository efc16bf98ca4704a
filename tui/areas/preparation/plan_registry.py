"""What the plans add to the app: documents of both levels."""

from __future__ import annotations

from models.text.words import W
from tui.documents.document import Document

DOCUMENTS = (
    Document(
        "milestone_plan",
        W("一级进度计划", "Milestone plan"),
        "milestone_plan",
        "tui.areas.preparation.milestone_plan_document",
        after=("approve",),
        mailed=True,
        sheets=True,
    ),
    Document(
        "service_plan",
        W("二级进度计划", "Detailed plan"),
        "service_plan",
        "tui.areas.preparation.service_plan_document",
        after=("approve",),
        mailed=True,
        sheets=True,
    ),
)
