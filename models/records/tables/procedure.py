"""Procedures: who does what how soon with complaints, communication and measures, in versions."""

from __future__ import annotations

from functools import partial

from models.book.derived_state import derived_state
from models.records.tables import shipped_procedures as _  # noqa: F401  (declares them)
from models.records.tables.table_life import KEEPERS, LIFE, Replaced, subject, table_fields
from models.schema.company_tables import STEPS, named_by
from models.schema.kind import Kind
from models.schema.record import Record, add_choice
from models.text.words import W


class Procedure(Record):
    """A version of a procedure; its steps are rows of its page. Clause: 5.3.2(3), 5.3.2(4), 5.5."""

    kind = Kind(
        name="procedure",
        label=W("制度与流程", "Procedure"),
        code="PC",
        row="Q-532d",
        clause="5.3.2(4), 5.5",
        space="company",
        project="none",
        states=LIFE.states,
        moves=LIFE.moves,
        title="subject",
        columns=("subject", "version", "reason"),
        key=("subject", "version"),
        writers=KEEPERS,
        table=STEPS,
        menu=87,
    )

    subject = subject("制度或流程", "Procedure")
    version, reason, content, used_at, used_by = table_fields()


named_by(STEPS, partial(add_choice, Procedure, "subject"))
derived_state("procedure")(Replaced)
