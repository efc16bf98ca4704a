"""Document lists: which documents a project has to have, in versions of the company's own."""

from __future__ import annotations

from functools import partial

from models.book.derived_state import derived_state
from models.records.completion.archive import shipped_documents as _  # noqa: F401  (declares them)
from models.records.tables.table_life import KEEPERS, LIFE, Replaced, subject, table_fields
from models.schema.company_tables import PAPERS, named_by
from models.schema.kind import Kind
from models.schema.record import Record, add_choice
from models.text.words import W


class DocumentList(Record):
    """A version of a list; the documents are rows of its page. Clause: 6.1."""

    kind = Kind(
        name="document_list",
        label=W("归档文件清单", "List of documents"),
        code="DX",
        row="Q-61a",
        clause="6.1",
        space="company",
        project="none",
        states=LIFE.states,
        moves=LIFE.moves,
        title="subject",
        columns=("subject", "version", "reason"),
        key=("subject", "version"),
        writers=KEEPERS,
        table=PAPERS,
        menu=88,
    )

    subject = subject("清单", "List")
    version, reason, content, used_at, used_by = table_fields()


named_by(PAPERS, partial(add_choice, DocumentList, "subject"))
derived_state("document_list")(Replaced)
