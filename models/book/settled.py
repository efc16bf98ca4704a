"""Settled: nothing binds over an open conflict, in the record or in one of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.book import parts
from models.book.conflicts import disputes_of
from models.schema.record import Record
from models.storage.store import places
from models.text.words import Refused, W, listed

if TYPE_CHECKING:
    from models.book.book import Book

UNSETTLED = W(
    "“{move}”之前须先解决冲突：{places}。按 x 或用命令 conflicts 查看。",
    "Resolve the conflicts before “{move}”: {places}. List them with: conflicts.",
)
MOST = 5
"""Conflicts that are named; the others are counted."""


def require_settled(book: Book, record: Record, move: W) -> None:
    """Raise `Refused` while versions stand beside each other in the record or its rows."""
    found = unsettled(book, record)
    if found:
        shown = found[:MOST] + ([W(f"另有 {n} 处", f"{n} more")] if (n := len(found) - MOST) > 0 else [])
        raise Refused(UNSETTLED, move=move, places=listed(shown))


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
