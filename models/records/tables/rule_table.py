"""Rule tables: by which rules the company decides what a record is, in versions."""

from __future__ import annotations

from functools import partial

from models.book.derived_state import derived_state
from models.records.tables.table_life import KEEPERS, LIFE, Replaced, subject, table_fields
from models.schema.company_tables import RULES, named_by
from models.schema.kind import Kind
from models.schema.record import Record, add_choice
from models.text.words import W


class RuleTable(Record):
    """A version of a rule table; its rules are rows of its page, tried from the top. Clause: 5.4"""

    kind = Kind(
        name="rule_table",
        label=W("判定规则", "Rule table"),
        code="RT",
        space="company",
        project="none",
        states=LIFE.states,
        moves=LIFE.moves,
        title="subject",
        columns=("subject", "version", "reason"),
        key=("subject", "version"),
        writers=KEEPERS,
        table=RULES,
        menu=86,
    )

    subject = subject("规则", "Rules")
    version, reason, content, used_at, used_by = table_fields()


named_by(RULES, partial(add_choice, RuleTable, "subject"))
derived_state("rule_table")(Replaced)
