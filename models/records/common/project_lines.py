"""Lines on the page of a project that belong to no area: what is on hold, what was issued."""

from __future__ import annotations

from collections.abc import Iterator

from models.derived.gates import HeldState
from models.queries.project_lines import (
    SHOWN,
    ProjectLine,
    ProjectLook,
    more,
    project_lines,
    project_section,
)
from models.records.common.issued_document import IssuedDocument
from models.schema.record import Record
from models.storage import rows
from models.text.words import W, say

HOLDS = W("挂起 {n} 项", "holds {n}")
WHY = W("{type} {number} {why}", "{type} {number} {why}")
VERSION = W("第 {n} 版", "version {n}")

project_section("held", W("挂起", "On hold"), 10)
project_section("papers", W("文件", "Papers"), 90, list="issued")


@project_lines("held")
def holders(look: ProjectLook) -> Iterator[ProjectLine]:
    """Each record that holds something, and how much.

    What is held for what its project lacks has no other holder: it stands in its place.
    """
    for one in HeldState(look.store, look.id).holders():
        record = _opened(look, one.record, one.held)
        text = say(WHY, type=record.kind.label, number=record.number, why=one.why)
        yield ProjectLine(text=text, record=record, state=say(HOLDS, n=len(one.held)), tone="warn")


def _opened(look: ProjectLook, holder: Record, held: tuple[str, ...]) -> Record:
    """The holder; what the project itself holds is opened in its place."""
    if holder.id != look.id:
        return holder
    return rows.many(look.store, held[:1]).get(held[0], holder)


@project_lines("papers")
def issued(look: ProjectLook) -> Iterator[ProjectLine]:
    """The documents issued last."""
    where = "WHERE project=? AND void IS NULL ORDER BY n DESC LIMIT ?"
    found = rows.fetch(look.store, IssuedDocument, where, (look.id, SHOWN))
    for one in found:
        state = say(VERSION, n=one.version or 1)
        yield look.line(one, text=one.name or one.number, state=state)
    sql = "SELECT COUNT(*) FROM issued WHERE project=? AND void IS NULL"
    left = int(look.store.rows(sql, (look.id,))[0][0]) - len(found)
    if left:
        yield more(IssuedDocument.kind.name, left)
