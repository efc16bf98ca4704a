"""Required: which documents a project has to have, by the version of the list in force.

The kinds of its service are those of its proposal that the customer approved. Clause: 6.1
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from models.book.tables import versions
from models.book.tables.versions import Rows
from models.records.completion.archive.shipped_documents import PROJECT_ARCHIVE
from models.records.preparation.reconfirmations import environment
from models.schema import company_tables
from models.schema.company_tables import PAPERS, RequiredPaper
from models.schema.record import Record, kinds
from models.text.lists import names_of
from models.text.words import W

if TYPE_CHECKING:
    from models.storage.store import Store


def papers(store: Store) -> tuple[RequiredPaper, ...]:
    """The documents in force, in their order."""
    found = versions.in_force(store, PAPERS).get(PROJECT_ARCHIVE)
    if found is None:
        return company_tables.document_lists[PROJECT_ARCHIVE].papers
    return tuple(papers_in(found.rows))


def of_project(store: Store, project: str) -> list[RequiredPaper]:
    """Those that a project has to have; one in records of an unknown type is left out."""
    proposal = environment.proposal_in_force(store, project)
    served = set(names_of(proposal.service_kinds)) if proposal is not None else set[str]()
    return [
        one
        for one in papers(store)
        if (not one.source or one.source in kinds) and (not one.kinds or served & set(one.kinds))
    ]


def papers_in(rows: Rows) -> Iterator[RequiredPaper]:
    """The documents that the rows of a version are; odd ones left out."""
    for row in rows:
        if all(isinstance(row.get(name), str) for name in ("code", "name_zh", "name_en")):
            yield RequiredPaper(
                code=row["code"],
                name=W(row["name_zh"], row["name_en"]),
                source=_text(row, "source"),
                states=tuple(_text(row, "states").split()),
                how_many=_text(row, "how_many") or "once",
                kinds=tuple(names_of(_text(row, "service_kinds"))),
                before=_text(row, "before") or "handover",
                issued=row.get("issued") is True,
            )


def rows_of(found: tuple[RequiredPaper, ...]) -> tuple[Mapping[str, Any], ...]:
    """The same as the rows of a new draft."""
    return tuple(
        {
            "code": one.code,
            "name_zh": one.name.zh,
            "name_en": one.name.en,
            "source": one.source or None,
            "states": " ".join(one.states) or None,
            "how_many": one.how_many,
            "service_kinds": ",".join(sorted(one.kinds)) or None,
            "before": one.before,
            "issued": one.issued or None,
        }
        for one in found
    )


def source_of(name: str) -> type[Record] | None:
    """The record type of a source: one that everybody on a project may read, and no row."""
    cls = kinds.get(name)
    fits = cls is not None and cls.kind.space == "project" and not cls.kind.parent
    return cls if fits else None


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""
