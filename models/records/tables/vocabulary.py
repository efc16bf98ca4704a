"""Vocabularies: the company's own words for what the program asks, in versions."""

from __future__ import annotations

from functools import partial

from models.book.derived_state import derived_state
from models.records.tables.table_life import KEEPERS, LIFE, Replaced, subject, table_fields
from models.schema.company_tables import WORDS, named_by
from models.schema.kind import Kind
from models.schema.record import Record, add_choice
from models.text.words import W


class Vocabulary(Record):
    """A version of a vocabulary; its terms are rows of its page. Clause: 5.3.1(2), 5.3.2(1)."""

    kind = Kind(
        name="vocabulary",
        label=W("词表", "Vocabulary"),
        code="VB",
        space="company",
        project="none",
        states=LIFE.states,
        moves=LIFE.moves,
        title="subject",
        columns=("subject", "version", "reason"),
        key=("subject", "version"),
        writers=KEEPERS,
        table=WORDS,
        menu=85,
    )

    subject = subject("词表", "Vocabulary")
    version, reason, content, used_at, used_by = table_fields()


named_by(WORDS, partial(add_choice, Vocabulary, "subject"))
derived_state("vocabulary")(Replaced)
