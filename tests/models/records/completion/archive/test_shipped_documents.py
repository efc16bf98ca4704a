"""The documents that are shipped as required."""

from __future__ import annotations

from models.records.completion.archive import required
from models.records.completion.archive.shipped_documents import PROJECT_ARCHIVE
from models.schema import company_tables


def test_what_is_shipped_names_types_and_states_that_there_are() -> None:
    for paper in company_tables.document_lists[PROJECT_ARCHIVE].papers:
        if paper.source:
            cls = required.source_of(paper.source)
            assert cls is not None and set(paper.states) <= set(cls.kind.by_state), paper.code
