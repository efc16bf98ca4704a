"""The service proposal 技术服务方案: its sections, methods and discussion, then the decision."""

from __future__ import annotations

from typing import Any

from models.book.log import transitions
from models.text.words import W, say
from tui.documents import layout
from tui.documents.frame import DocumentSubject
from tui.documents.layout import (
    BASICS,
    CUSTOMER,
    PROJECT,
    DocumentLayout,
    Facts,
    FieldProse,
    Fields,
    RowColumns,
)
from tui.documents.record_text import RecordText

WITNESSED = W(
    "客户的决定由 {who} 见证登记，凭据见附件。",
    "The customer's decision was recorded by {who} as a witness; the evidence is attached.",
)
BLANK = W("□ 批准   □ 附条件批准   □ 不批准", "□ approve   □ with conditions   □ refuse")
DECIDED = {
    "approve": W("批准", "approved"),
    "approve_with_conditions": W("附条件批准", "approved with conditions"),
    "refuse": W("不批准", "refused"),
}
SENDS = ("send", "rework", "take_back", "return")
"""Moves after which an earlier decision is about something else."""
LAYOUT = DocumentLayout(
    W("技术服务方案", "Service proposal"),
    (
        Fields(
            BASICS,
            (
                (PROJECT, "project"),
                (CUSTOMER, "customer"),
                "name",
                (W("方案版本", "Version of the proposal"), "edition_no"),
                "service_kinds",
                (W("状态", "State"), "state"),
            ),
        ),
        FieldProse("change_reason"),
        FieldProse("background"),
        FieldProse("objects"),
        FieldProse("scope"),
        FieldProse("sla"),
        FieldProse("methods"),
        RowColumns(
            "proposal_method",
            W("采用的方法与程序（按版本）", "Methods and procedures, by version"),
            ("position", "method", "version", "applies"),
        ),
        FieldProse("people"),
        FieldProse("tools"),
        FieldProse("risks"),
        FieldProse("schedule"),
        FieldProse("quality_measures"),
        Fields(
            W("可行性讨论", "Discussion of the feasibility"),
            ("discussed_on", "participants", "feasibility", "feasibility_note", "opinion"),
        ),
        RowColumns(
            "discussion_point",
            W("讨论意见及答复", "Points of the discussion, and answers"),
            ("section", "finding", "answer", "settled_by"),
        ),
        Facts(
            W("客户决定", "Decision of the customer"),
            (
                (W("提交单位与联系人", "Submitted to"), "addressee"),
                (W("提交时间", "Sent at"), "sent_at"),
                (W("决定", "Decision"), "decision"),
                (W("附加条件", "Conditions"), "conditions"),
                (W("决定人", "Decided by"), "decided_by"),
                (W("决定日期", "Date"), "decided_on"),
                (W("决定方式", "Given by"), "decision_channel"),
                (W("凭据", "Evidence"), "evidence"),
                (W("签字", "Signature"), "signature"),
                (W("盖章", "Seal"), "seal"),
                (W("登记说明", "Record"), "witnessed"),
            ),
            tall=("signature", "seal"),
        ),
        layout.MOVES,
        layout.ATTACHMENTS,
    ),
)


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """The customer's decision: a witness's statement, worded so; blank before it is given."""
    record = subject.about
    decided = ""
    for move in transitions.made_by(reading.store, record.id):
        decided = move.move if move.move in DECIDED else "" if move.move in SENDS else decided
    who = reading.text(record, "witness")
    return {
        "edition_no": reading.text(record, "version") or "1",
        "decision": str(DECIDED.get(decided, BLANK)),
        "signature": "",
        "seal": "",
        "witnessed": say(WITNESSED, who=who) if decided and who else "",
    }
