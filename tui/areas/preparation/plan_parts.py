"""Parts of plan documents that both levels have: what is said of a change, and of the customer."""

from __future__ import annotations

from models.derived import revisions
from models.schema.record import Record
from models.text.words import W
from tui.documents.layout import (
    BASICS,
    CUSTOMER,
    PROJECT,
    Block,
    Facts,
    FieldProse,
    Fields,
)
from tui.documents.record_text import RecordText, clean

REVISION = W("计划版本", "Version of the plan")
CHANGED = W("变更自", "Changed from")


def head(*fields: str) -> Fields:
    """What a plan is: whose, which version, of which period."""
    return Fields(
        BASICS,
        (
            (PROJECT, "project"),
            (CUSTOMER, "customer"),
            "name",
            (REVISION, "revision"),
            "period_from",
            "period_to",
            *fields,
            (CHANGED, "before"),
            (W("状态", "State"), "state"),
        ),
    )


CHANGE: tuple[Block, ...] = (FieldProse("cause"), FieldProse("impact"))
ANSWER = Facts(
    W("提交客户与答复", "Sent to the customer, and the answer"),
    (
        (W("收件人", "Sent to"), "sent_to"),
        (W("提交日期", "Sent on"), "sent_on"),
        (W("提交方式", "By way of"), "sent_channel"),
        (W("提交凭据", "Proof of sending"), "sent_evidence"),
        (W("答复人", "Answered by"), "answered_by"),
        (W("答复日期", "Answered on"), "answered_on"),
        (W("答复凭据", "Evidence of the answer"), "evidence"),
        (W("客户意见", "Objections"), "objection"),
    ),
)


def versions(reading: RecordText, plan: Record) -> dict[str, str]:
    """Which version a plan is, and which one it follows."""
    look = revisions.versions(reading.store, plan.type)
    before = reading.book.find(str(getattr(plan, "follows", None) or ""))
    return {
        "revision": clean(str(look.version(plan).name)),
        "before": clean(str(look.version(before).name)) if before is not None else "",
    }
