"""The milestone plan 一级进度计划: milestones, deliverables, payments."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from models.records.preparation.plans.milestone_plan import MilestonePlan
from models.records.preparation.plans.plan_milestones import milestones_of, planned
from models.text.money import Money, money_of
from models.text.words import W
from tui.areas.preparation import plan_parts
from tui.documents import layout
from tui.documents.frame import DocumentSubject
from tui.documents.layout import DocumentColumn, DocumentLayout, DocumentTable, FieldProse
from tui.documents.record_text import RecordText, numbered

LAYOUT = DocumentLayout(
    W("一级进度计划", "Milestone plan"),
    (
        plan_parts.head("contract", (W("收款合计", "Total of the payments"), "total")),  # type: ignore[arg-type]
        FieldProse("basis"),
        DocumentTable(
            W("里程碑", "Milestones"),
            "milestones",
            (
                DocumentColumn(W("序号", "No."), "no", 2),
                DocumentColumn(W("里程碑", "Milestone"), "name", 6),
                DocumentColumn(W("计划日期", "Due"), "due", 4),
                DocumentColumn(W("可交付物成果", "Deliverable"), "deliverable", 9),
                DocumentColumn(W("合同收款", "Payment"), "payment", 4),
                DocumentColumn(W("金额", "Amount"), "amount", 5),
                DocumentColumn(W("收款日期", "Payment due"), "payment_due", 4),
                DocumentColumn(W("提供部门和负责人", "Department and lead"), "department", 5),
                DocumentColumn(W("现状", "State"), "state", 4),
            ),
        ),
        *plan_parts.CHANGE,
        plan_parts.ANSWER,
        layout.MOVES,
        layout.ATTACHMENTS,
    ),
    wide=True,
)
FIELDS = ("name", "due", "deliverable", "payment", "amount", "payment_due")


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """The milestones of the version, with how each stands in the project now."""
    plan = cast(MilestonePlan, subject.about)
    known = milestones_of(reading.store, plan.project or "")
    rows = planned(reading.store, plan)
    told = []
    for row in rows:
        there = known.get(row.milestone or "") or known.get(row.code or row.number)
        lead = reading.person(row.lead) if row.lead else ""
        told.append(
            {
                **reading.texts(row, type(row), *FIELDS),
                "department": " ".join(
                    part for part in (reading.text(row, "department"), lead) if part
                ),
                "state": reading.state(there) if there is not None else "",
            }
        )
    return {
        **plan_parts.versions(reading, plan),
        "total": _total([row.amount for row in rows]),
        "milestones": numbered(told),
    }


def _total(amounts: list[str | None]) -> str:
    """The sum of each currency."""
    sums: dict[str, Decimal] = {}
    for amount in amounts:
        found = money_of(amount)
        if found is not None:
            sums[found.currency] = sums.get(found.currency, Decimal(0)) + found.amount
    return " + ".join(str(Money(currency, total)) for currency, total in sums.items())
