"""Losses of an incident, each with its amount and what that rests on."""

from __future__ import annotations

from models.schema.fields import choice, line, link, money
from models.schema.kind import Kind
from models.schema.record import Record
from models.text.words import W

BEARERS = (("customer", "客户", "the customer"), ("company", "公司", "the company"))
SORTS = (
    ("business", "业务损失", "business lost"),
    ("data", "数据损失", "data lost"),
    ("equipment", "设备维修或更换", "equipment repaired or replaced"),
    ("labour", "人工与差旅", "labour and travel"),
    ("compensation", "赔偿或违约金", "compensation or penalty"),
    ("contract", "合同减少", "contract lost"),
    ("other", "其他", "other"),
)


class IncidentLoss(Record):
    """A loss of the customer or of the company. Clause: 5.4.

    What the level was set by are the estimates of the incident itself; the rows say what it came
    to, and the incident's page where the two would make another level.
    """

    kind = Kind(
        name="incident_loss",
        label=W("事故损失", "Loss"),
        code="QO",
        row="Q-54",
        clause="5.4",
        parent="incident",
        apart=True,
        title="item",
        columns=("bearer", "sort", "item", "amount", "basis"),
        menu=0,
    )

    incident = link("质量事故", "Quality incident", "incident", required=True, at_birth=True)
    bearer = choice("由谁承担", "Borne by", BEARERS, required=True)
    sort = choice("类别", "Kind of loss", SORTS)
    item = line("内容", "What", required=True)
    amount = money("金额", "Amount", required=True, low="0")
    basis = line("依据", "Basis", hint=W("发票、对账单、客户函件", "invoice, account, letter"))
