"""Spare parts as evaluated in a quarterly check."""

from __future__ import annotations

from models.schema.fields import choice, count, line, link, number
from models.schema.kind import Kind
from models.schema.record import Record
from models.schema.roles import ENGINEER, PROJECT_MANAGER
from models.text.words import W

VERDICTS = (
    ("enough", "满足", "enough"),
    ("short", "不足", "too few"),
    ("aged", "老化待更换", "aged, to replace"),
    ("surplus", "积压", "surplus"),
)


class SparePart(Record):
    """A spare part: how many there are and are needed, and what follows. Clause: 5.1.2."""

    kind = Kind(
        name="spare_part",
        label=W("备件评估", "Spare part"),
        code="PT",
        row="Q-512",
        clause="5.1.2",
        title="part",
        columns=(
            *("part", "stock", "safety", "used", "lead_days", "failure_rate", "years"),
            *("verdict", "action"),
        ),
        parent="check",
        writers=(PROJECT_MANAGER, ENGINEER),
        menu=0,
    )

    check = link("定期质量检查", "Quarterly check", "quarterly_check", required=True, at_birth=True)
    part = line("备件", "Part", required=True)
    stock = count("库存", "In stock", low="0")
    safety = count("安全库存", "Safety stock", low="0")
    used = count("本季用量", "Used this quarter", low="0")
    lead_days = count("到货天数", "Lead time (days)", low="0")
    failure_rate = number("故障率（%）", "Failure rate (%)", low="0", high="100")
    years = number("已用年限", "Age (years)", low="0")
    verdict = choice("评估结论", "Verdict", VERDICTS)
    action = line("处置", "Action")
