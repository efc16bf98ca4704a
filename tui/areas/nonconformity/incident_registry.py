"""What quality incidents add to the app: the report, and the decision of a restricted file."""

from __future__ import annotations

from models.text.words import W
from tui.documents import layout as blocks
from tui.documents.document import Document, record_of
from tui.documents.layout import BASICS, PROJECT, DocumentLayout, FieldProse, Fields

DOCUMENTS = (
    Document(
        "incident",
        W("质量事故报告", "Quality incident report"),
        "incident",
        "tui.areas.nonconformity.incident_document",
        editions=("internal", "customer"),
        signed=(("conclude",), ("review",), ("close",)),
        after=("review",),
        mailed=True,
    ),
    Document(
        "incident_decision",
        W("质量事故处理决定", "Decision on an incident"),
        "incident_file",
        layout=DocumentLayout(
            W("质量事故处理决定", "Decision on a quality incident"),
            (
                Fields(
                    BASICS,
                    (
                        (PROJECT, "project"),
                        *("incident", "duty", "concerned", "provider", "share", "gravity"),
                        *("penalty", "amount", "basis", "clause", "appeal_until"),
                        (W("状态", "State"), "state"),
                    ),
                ),
                FieldProse("facts"),
                FieldProse("statement"),
                FieldProse("decision"),
                FieldProse("appeal"),
                Fields(W("申诉结果", "Outcome"), ("outcome", "answered_at", "answered_by")),
                FieldProse("answer"),
                blocks.ATTACHMENTS,
            ),
        ),
        signed=(("propose",), (), ("give_decision",)),
        after=("give_decision",),
    ),
    record_of(
        "witness_statement", signed=(("give", "take_down"), (), ()), after=("give", "take_down")
    ),
)
