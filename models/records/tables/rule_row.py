"""Rules: the rows of a rule table, each with its conditions and the outcome."""

from __future__ import annotations

from models.records.tables.table_life import KEEPERS
from models.schema.fields import count, line, link, prose
from models.schema.kind import Kind
from models.schema.record import Record
from models.text.words import W


class RuleRow(Record):
    """A rule: where all of its conditions hold, and no rule before it did, its outcome counts."""

    kind = Kind(
        name="rule_row",
        label=W("规则", "Rule"),
        code="RR",
        space="company",
        project="none",
        title="conditions",
        columns=("conditions", "outcome", "position"),
        parent="rule_table",
        order="position",
        writers=KEEPERS,
        menu=0,
    )

    rule_table = link("判定规则", "Rule table", "rule_table", required=True)
    conditions = prose(
        "条件",
        "Conditions",
        hint=W(
            "一行一个：字段 = 值；符号 = != > >= < <=；空着就总是适用",
            "one a line: field = value; signs = != > >= < <=; empty: always",
        ),
    )
    outcome = line("结果", "Outcome", required=True)
    position = count("次序", "Position")
