"""The record of a pre-service study 服务前问题研究讨论记录, with its risks and who was there."""

from __future__ import annotations

from typing import Any

from models.text.lists import names_of
from models.text.words import W, several
from tui.documents import layout
from tui.documents.frame import DocumentSubject
from tui.documents.layout import (
    BASICS,
    CUSTOMER,
    PROJECT,
    DocumentLayout,
    DocumentProse,
    FieldProse,
    Fields,
    RowColumns,
)
from tui.documents.record_text import RecordText

LAYOUT = DocumentLayout(
    W("服务前问题研究讨论记录", "Record of the pre-service study"),
    (
        Fields(
            BASICS,
            (
                (PROJECT, "project"),
                (CUSTOMER, "customer"),
                *("subject", "held_on", "place", "chair"),
                (W("状态", "State"), "state"),
            ),
        ),
        FieldProse("invited"),
        FieldProse("attended"),
        DocumentProse(W("缺席人员", "Absent"), "absent"),
        FieldProse("topics"),
        RowColumns(
            "study_risk",
            W("风险及措施", "Risks and measures"),
            ("position", "risk", "before", "measures", "after", "carrier"),
        ),
        Fields(W("会议结论", "Outcome"), ("outcome", "confirmed_by", "confirmed_at")),
        FieldProse("conclusion"),
        layout.MOVES,
        layout.ATTACHMENTS,
    ),
)


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """Who was invited and did not come."""
    values = subject.about.values()
    came = set(names_of(values["attended"]))
    absent = [one for one in names_of(values["invited"]) if one not in came]
    return {"absent": several(W(name, name) for name in map(reading.person, absent))}
