"""Settled: nothing binds over an open conflict, in the record or in one of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.book import approvals, parts
from models.book.conflicts import disputes_of
from models.schema.record import Record
from models.storage.store import places
from models.text.words import Refused, W, listed

if TYPE_CHECKING:
    from models.book.book import Book

UNSETTLED = W(
    "“{move}”之前须先解决冲突：{places}。可用 conflicts 列出全部冲突。",
    "Resolve the conflicts before “{move}”: {places}. List them with: conflicts.",
)
DISPUTED = W(
    "{number} 有未解决的冲突（{places}），不能签发。请先解决冲突。",
    "{number} has conflicts ({places}) and cannot be issued. Resolve them first.",
)
CHANGED = W(
    "{number} 批准后改过（{places}），不能签发。请先由批准人确认现有内容，或退回。",
    "{number} was changed after its approval ({places}) and cannot be issued. Whoever approved it "
    "confirms it as it stands, or takes it back, first.",
)
MOST = 5
"""Conflicts that are named; the others are counted."""


def require_settled(book: Book, record: Record, move: W) -> None:
    """Raise `Refused` while the record or one of its rows has a conflict."""
    found = unsettled(book, record)
    if found:
        raise Refused(UNSETTLED, move=move, places=_named(found))


def require_as_approved(book: Book, record: Record) -> None:
    """Raise `Refused` unless the record is as it was approved: only such a one is issued."""
    found = unsettled(book, record)
    if found:
        raise Refused(DISPUTED, number=record.number, places=_named(found))
    changed = approvals.changed_since(book, record)
    if changed:
        names = listed(approvals.place_names(book.store, changed))
        raise Refused(CHANGED, number=record.number, places=names)


def _named(found: list[W]) -> W:
    rest = len(found) - MOST
    return listed(found[:MOST] + ([W(f"另有 {rest} 处", f"{rest} more")] if rest > 0 else []))


def unsettled(book: Book, record: Record) -> list[W]:
    """The fields in conflict, each with the number of its record."""
    found = list[W]()
    for one in _disputed(book, [record, *parts.rows_of(book.store, record)]):
        for dispute in disputes_of(book, one):
            label = parts.label(type(one), dispute.field)
            found.append(W(f"{one.number} {label.zh}", f"{one.number} {label.en}"))
    return found


def _disputed(book: Book, records: list[Record]) -> list[Record]:
    """Those of these records that have siblings."""
    found = set[str]()
    for some in parts.chunks([one.id for one in records]):
        sql = f"SELECT DISTINCT record FROM sibling WHERE record IN ({places(some)})"
        found |= {str(row[0]) for row in book.store.rows(sql, some)}
    return [one for one in records if one.id in found]
