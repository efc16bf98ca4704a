"""The acceptance paper 项目验收单: what is accepted item by item, signed by both sides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from models.book.rows import child_rows
from models.records.checks import remedies
from models.records.completion.acceptance.acceptance import PASSED, Acceptance
from models.records.completion.acceptance.acceptance_item import AcceptanceItem
from models.records.completion.acceptance.items import named
from models.text.words import W
from tui.documents import layout
from tui.documents.frame import DocumentSubject
from tui.documents.layout import (
    BASICS,
    CUSTOMER,
    PROJECT,
    DocumentColumn,
    DocumentLayout,
    DocumentProse,
    DocumentTable,
    Facts,
    FieldProse,
    Fields,
)
from tui.documents.record_text import RecordText, Row

DECIDED = (*PASSED, "refused")
"""In other states the result is left empty, to be written by hand."""
SIGNED_BY = W("客户签字（盖章）", "Customer's signature and seal")
OURS = W("我方签字（盖章）", "Our signature and seal")
LAYOUT = DocumentLayout(
    W("项目验收单", "Acceptance"),
    (
        Fields(
            BASICS,
            (
                (PROJECT, "project"),
                (W("项目代号", "Code"), "project_code"),
                (CUSTOMER, "customer"),
                (W("服务期", "Service period"), "service_period"),
                *("planned_on", "party"),
                (W("验收结论", "Result"), "result"),
            ),
        ),
        FieldProse("basis"),
        FieldProse("attended"),
        DocumentTable(
            W("验收内容", "Items"),
            "items",
            (
                DocumentColumn(W("序号", "No."), "no", 2),
                DocumentColumn(W("类别", "Sort"), "sort", 3),
                DocumentColumn(W("验收内容", "What"), "what", 6),
                DocumentColumn(W("可交付物", "Deliverable"), "expected", 6),
                DocumentColumn(W("计划日期", "Due"), "due", 4),
                DocumentColumn(W("结果", "Result"), "result", 3),
            ),
        ),
        DocumentTable(
            W("遗留与整改", "Left-overs"),
            "rest",
            (
                DocumentColumn(W("验收内容", "What"), "what", 5),
                DocumentColumn(W("遗留或问题", "What is left"), "finding", 7),
                DocumentColumn(W("后续措施", "Followed up by"), "remedy", 5),
                DocumentColumn(W("负责人", "Owner"), "owner", 3),
                DocumentColumn(W("期限", "Due"), "due", 3),
            ),
        ),
        FieldProse("conclusion"),
        DocumentProse(W("客户确认原话", "Customer's words"), "said"),
        Facts(
            W("签收", "Signatures"),
            (
                (W("签收人", "Signed by"), "decided_by"),
                (W("签收日期", "Signed on"), "decided_on"),
                (SIGNED_BY, "their_seal"),
                (OURS, "our_seal"),
                (W("见证登记人", "Witnessed by"), "witness"),
            ),
            tall=("their_seal", "our_seal"),
        ),
        layout.MOVES,
        layout.ATTACHMENTS,
    ),
)


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """The items with their results, and what follows from those that were not accepted."""
    made = subject.about
    assert isinstance(made, Acceptance)
    found = child_rows.rows_of(reading.book.store, made, AcceptanceItem)
    items = [one for one in found if one.void is None and isinstance(one, AcceptanceItem)]
    names = ("decided_by", "decided_on", "witness")
    return {
        **{name: reading.text(made, name) for name in names},
        "items": [_item(reading, at, one) for at, one in enumerate(items, 1)],
        "rest": [row for one in items for row in _rest(reading, one)],
        "said": made.statement or "",
        "result": str(made.kind.state(made.state).label) if made.state in DECIDED else "",
        "their_seal": "",
        "our_seal": "",
    }


def _item(reading: RecordText, at: int, one: AcceptanceItem) -> Row:
    told = {name: reading.text(one, name) for name in ("sort", "expected", "due")}
    result = reading.state(one) if one.state != "open" else ""
    return {**told, "what": str(named(reading.book.store, one)), "no": str(at), "result": result}


def _rest(reading: RecordText, one: AcceptanceItem) -> Iterator[Row]:
    """What is left of an item, with each remedy; one line where there is none yet."""
    if one.state not in ("refused", "left_over"):
        return
    said = {"what": str(named(reading.book.store, one)), "finding": reading.text(one, "finding")}
    found = remedies.remedies(reading.book.store, one)
    for remedy in found:
        had = remedy.values()
        owner = reading.person(remedy.owner_id) if remedy.owner_id else ""
        due = str(had.get("due") or "")
        yield {**said, "remedy": remedy.number, "owner": owner, "due": due}
    if not found:
        yield {**said, "remedy": "", "owner": "", "due": ""}
