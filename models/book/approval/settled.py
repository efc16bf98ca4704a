"""Settled: nothing binds over an open conflict, in the record or in one of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from models.book.approval import approvals, parts
from models.book.rows.child_rows import chunks
from models.schema.record import Record
from models.storage.store import Store, places
from models.text.words import Refused, W, listed

VOID = "void"
UNSETTLED = W(
    "“{move}”之前须先解决冲突：{places}。可用 conflicts 列出全部冲突。",
    "Resolve the conflicts before “{move}”: {places}. List them with: conflicts.",
)
IN_CONFLICT = W(
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


def require_settled(store: Store, record: Record, move: W) -> None:
    """Raise `Refused` while the record or one of its rows has a conflict."""
    found = unsettled(store, record)
    if found:
        raise Refused(UNSETTLED, move=move, places=_named(found))


def require_settled_among(store: Store, ids: Mapping[str, Sequence[str]], move: W) -> None:
    """Raise `Refused` while one of some records (type -> ids), or of their rows, has a conflict."""
    found = _named_among(store, parts.with_rows(store, ids))
    if found:
        raise Refused(UNSETTLED, move=move, places=_named(found))


def require_as_approved(store: Store, record: Record) -> None:
    """Raise `Refused` unless the record is what was approved: only that is issued."""
    found = unsettled(store, record)
    if found:
        raise Refused(IN_CONFLICT, number=record.number, places=_named(found))
    changed = approvals.changed_since(store, record)
    if changed:
        names = listed(approvals.place_names(store, changed))
        raise Refused(CHANGED, number=record.number, places=names)


def _named(found: list[W]) -> W:
    rest = len(found) - MOST
    return listed(found[:MOST] + ([W(f"另有 {rest} 处", f"{rest} more")] if rest > 0 else []))


def unsettled(store: Store, record: Record) -> list[W]:
    """The fields in conflict, each with the number of its record."""
    return _named_among(store, [record, *parts.rows_of(store, record)])


def _named_among(store: Store, concerned: Iterable[Record]) -> list[W]:
    """The fields in conflict of some records."""
    records = {one.id: one for one in concerned}
    found = list[W]()
    for some in chunks([*records]):
        sql = (
            "SELECT DISTINCT record, register FROM sibling"
            f" WHERE record IN ({places(some)}) ORDER BY record, register"
        )
        for id, register in store.rows(sql, some):
            one = records[id]
            if register == VOID and one.void is not None:
                continue  # two reasons for voiding are no conflict
            label = parts.label(type(one), register)
            found.append(W(f"{one.number} {label.zh}", f"{one.number} {label.en}"))
    return found
