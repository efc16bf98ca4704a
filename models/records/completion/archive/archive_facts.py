"""Facts about archives: which documents are missing, what came after the filing. Clause: 6.1"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from models.book.derived_state import StateView
from models.derived import compiled
from models.queries.facts import RecordFact, facts, json_facts
from models.records.completion.archive.archive_content import project_of
from models.records.completion.archive.holdings import holdings
from models.records.completion.archive.lacking import LACKS, said
from models.records.completion.archive.project_archive import FILED, ProjectArchive
from models.records.registers.project import Project
from models.storage import rows
from models.text.words import Refused, W, say

if TYPE_CHECKING:
    from models.book.book import Book

DOCUMENTS = W("文件", "Documents")
COUNTED = W("{done}/{all} 项齐全", "{done} of {all} there")
LATER = W("归档后的变化", "Since the filing")
CHANGE = W("{what}（{number}）", "{what} ({number})")


@facts("project_archive")
def documents(book: Book, archive: ProjectArchive, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """How many documents are there, and each that is lacking."""
    if archive.state == FILED:
        for later in compiled.news(book, archive):
            text = say(CHANGE, what=later.what, number=later.number)
            yield RecordFact(text, "warn", LATER, records=(later.record,))
        return
    try:
        found = holdings(book.store, project_of(book, archive))
    except Refused:
        return
    lacking = found.lacking()
    every = len(found.entries)
    told = say(COUNTED, done=every - len(lacking), all=every)
    yield RecordFact(told, "warn" if lacking else "good", DOCUMENTS, short=told)
    for one in lacking:
        first = (one.first.id,) if one.first is not None else ()
        yield RecordFact(str(said(LACKS, one)), "warn", DOCUMENTS, records=first)


@json_facts("project_archive", keys=("documents",))
def documents_json(states: StateView, archive: ProjectArchive) -> dict[str, Any]:
    """`documents`: code -> how it stands now."""
    project = rows.one(states.store, Project, str(archive.project))
    if project is None:
        return {"documents": {}}
    found = holdings(states.store, project)
    return {"documents": {one.paper.code: one.standing for one in found.entries}}
