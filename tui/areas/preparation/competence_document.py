"""The competence sheet 人员能力确认表: for those who read the file, and part of no other paper."""

from __future__ import annotations

from models.text.words import W
from tui.documents import layout
from tui.documents.layout import BASICS, DocumentLayout, FieldProse, Fields, RowColumns

LAYOUT = DocumentLayout(
    W("人员能力确认表", "Competence sheet"),
    (
        Fields(
            BASICS,
            (
                *("member", "post", "recruited_on", "education", "school"),
                (W("状态", "State"), "state"),
            ),
        ),
        FieldProse("resume"),
        RowColumns(
            "qualification",
            W("教育、培训与资质证书", "Education, trainings and certificates"),
            ("sort", "name", "document_no", "issuer", "issued_on", "valid_to"),
        ),
        FieldProse("conclusion"),
        Fields(W("确认", "Confirmation"), ("confirmed_by", "confirmed_at")),
        FieldProse("remark"),
        layout.MOVES,
        layout.ATTACHMENTS,
    ),
)
