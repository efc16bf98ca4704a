"""The concession application 让步申请, with room for the decision, a signature and a seal."""

from __future__ import annotations

from typing import Any, cast

from models.book.log import transitions
from models.records.problems.concessions.concession import Concession
from models.text.words import W, say
from tui.documents import layout
from tui.documents.frame import DocumentSubject
from tui.documents.layout import BASICS, CUSTOMER, PROJECT, DocumentLayout, DocumentProse, Facts
from tui.documents.record_text import RecordText

WITNESSED = W(
    "客户或监理单位的决定由 {who} 见证登记，凭据见附件。",
    "The decision of the customer or supervising party was recorded by {who} as a witness; the"
    " evidence is attached.",
)

LAYOUT = DocumentLayout(
    W("让步申请", "Concession application"),
    (
        Facts(
            BASICS,
            (
                (PROJECT, "project"),
                (CUSTOMER, "customer"),
                (W("合同或 SLA 条款", "Contract or SLA clause"), "contract_clause"),
                (W("所处阶段", "Stage"), "stage"),
                (W("提交对象", "Addressee"), "addressee"),
                (W("单位与联系人", "Name"), "addressee_name"),
                (W("制约因素", "Constraint"), "cause_kind"),
                (W("有效期至", "Valid to"), "valid_to"),
                (W("数量", "Quantity"), "quantity"),
                (W("状态", "State"), "state"),
            ),
        ),
        DocumentProse(W("要求及未满足的情况", "Requirement not met"), "requirement"),
        DocumentProse(W("实际情况", "Actual situation"), "situation"),
        DocumentProse(W("原因及不可控的理由", "Why beyond control"), "why_uncontrollable"),
        DocumentProse(W("影响", "Impact"), "impact"),
        DocumentProse(W("风险", "Risk"), "risk"),
        DocumentProse(W("临时措施", "Interim measures"), "interim"),
        DocumentProse(W("后续解决方案", "Follow-up solution"), "follow_up"),
        Facts(
            W("完成日期与让步范围", "Date and scope"),
            (
                (W("计划完成日期", "Solution by"), "follow_up_by"),
                (W("让步范围", "Scope"), "scope"),
            ),
        ),
        Facts(
            W("内部意见", "Opinion of the department"),
            (
                (W("申请人", "Applicant"), "person"),
                (W("报部门经理时间", "Manager informed"), "informed_at"),
                (W("部门经理意见", "Manager's opinion"), "opinion"),
            ),
        ),
        Facts(
            W("客户或监理单位决定", "Decision of the customer or supervising party"),
            (
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
        DocumentProse(W("落实与关闭情况", "Follow-through and closure"), "outcome"),
        layout.MOVES,
        layout.ATTACHMENTS,
    ),
)
BLANK = W("□ 批准   □ 附条件批准   □ 不批准", "□ approve   □ with conditions   □ refuse")
DECIDED = {
    "approve": W("批准", "approved"),
    "approve_with_conditions": W("附条件批准", "approved with conditions"),
    "refuse": W("不批准", "refused"),
}


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """The application, and the decision once it is recorded: a witness's statement, worded so."""
    record = cast(Concession, subject.about)
    passed = transitions.made_by(reading.store, record.id)
    decided = next((m.move for m in reversed(passed) if m.move in DECIDED), "")
    who = reading.text(record, "witness")
    return {
        "stage": reading.named(record.milestone or record.next_milestone),
        "decision": str(DECIDED.get(decided, BLANK)),
        "signature": "",
        "seal": "",
        "witnessed": say(WITNESSED, who=who) if decided and who else "",
    }
