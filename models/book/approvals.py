"""Approvals: a decision binds to what it saw; whatever differs since is told, never stored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from models.book.change_log import LoggedChange
from models.schema.record import Record
from models.storage.store import places

if TYPE_CHECKING:
    from models.book.book import Book


def changed_since(book: Book, record: Record) -> list[str]:
    """The registers that were filled when the record was last approved and differ now.

    Empty where there was no approval, or where the record was sent back behind it since.
    """
    entries = list(book.journal.history(record.id))
    last = next((entry for entry in reversed(entries) if _saw(entry)), None)
    if last is None or last.move is None:
        return []
    rank = record.kind.rank
    if rank.get(record.state, 0) < rank.get(str(last.move.get("to")), 0):
        return []
    now = book.ledger.base_of(type(record).registers(), record.dots)
    values = {(entry.device, entry.seq): entry.fields for entry in entries}
    found = []
    for register, versions in _saw(last).items():
        seen = [(str(device), int(seq)) for device, seq in versions]
        filled = any(values.get(version, {}).get(register) is not None for version in seen)
        if filled and register in now and now[register] != seen:
            found.append(register)
    return found


def changed_among(book: Book, cls: type[Record], ids: Sequence[str]) -> set[str]:
    """Which of these records were changed after their approval; cheap where none was approved."""
    approving = [move.id for move in cls.kind.moves if move.four_eyes]
    if not approving or not ids:
        return set()
    sql = (
        f"SELECT DISTINCT record FROM transition WHERE record IN ({places(ids)})"
        f" AND move IN ({places(approving)})"
    )
    approved = [str(row[0]) for row in book.store.rows(sql, (*ids, *approving))]
    return {id for id in approved if changed_since(book, book.get(id))}


def _saw(entry: LoggedChange) -> dict[str, Any]:
    return dict(entry.move.get("saw") or {}) if entry.move is not None else {}
