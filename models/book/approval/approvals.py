"""Approvals: a binding move is about certain versions; what differs since is computed and shown.

A record is whole with its rows (`models.book.approval.parts`). The table `approval` holds, for
every record with a binding move that still counts, who made it last and what was added, edited or
taken out of use since. It is worked out anew when the record or one of its rows is written, in the
transaction of that write; what it holds follows from the log alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from models.book.approval import coverage, parts
from models.book.log.change_log import ChangeLog, Dot, LoggedChange
from models.book.permissions import CONFIRM, IMPORT
from models.book.rows import child_rows
from models.frozen import NamedTuple
from models.schema.kind import Kind
from models.schema.record import Record, kinds
from models.schema.versions import LocalDot
from models.storage import rows
from models.storage.store import Store, places
from models.text.words import W

ADDED = ""
"""The register of a place that is a whole row: it was added since, or went back to what it was."""
Name = tuple[str, str]
"""(type, record id)."""
PUT = (
    "INSERT INTO approval(record, type, move, author, changed) VALUES(?,?,?,?,?)"
    " ON CONFLICT(record) DO UPDATE SET move=excluded.move, author=excluded.author,"
    " changed=excluded.changed"
)


class ChangedPlace(NamedTuple):
    """Where a record differs from what was approved."""

    type: str
    record: str
    """The record itself, or one of its rows."""
    register: str
    """`ADDED` for a whole row."""

    def json(self) -> dict[str, str | None]:
        """The place for scripts: type and id of the record or row, the field or null."""
        return {"type": self.type, "record": self.record, "field": self.register or None}


class Binding(NamedTuple):
    """The binding move that a record was brought on by last."""

    move: str
    author: str
    changed: tuple[ChangedPlace, ...]


def binding(store: Store, id: str) -> Binding | None:
    """The binding move that counts for a record; None where there is none."""
    row = store.row("SELECT move, author, changed FROM approval WHERE record=?", (id,))
    return Binding(row[0], row[1], _places(row[2])) if row is not None else None


def changed_since(store: Store, record: Record) -> tuple[ChangedPlace, ...]:
    """Where the record differs from what was approved last; empty where nothing was."""
    found = binding(store, record.id)
    return found.changed if found is not None else ()


def changed_among(store: Store, ids: Sequence[str]) -> set[str]:
    """Which of these records were changed after their approval."""
    if not ids:
        return set()
    sql = f"SELECT record FROM approval WHERE record IN ({places(ids)}) AND changed<>''"
    return {str(row[0]) for row in store.rows(sql, ids)}


def changed_after(store: Store, person: str) -> list[Name]:
    """The records that were changed after this person approved them."""
    sql = "SELECT type, record FROM approval WHERE author=? AND changed<>'' ORDER BY record"
    return [(str(type), str(id)) for type, id in store.rows(sql, (person,))]


def _places(text: str) -> tuple[ChangedPlace, ...]:
    return tuple(ChangedPlace(*one) for one in json.loads(text)) if text else ()


MOST = 6
"""Places that are named; the others are counted."""
MORE = W("另有 {n} 处", "{n} more")
ROW_ADDED = W("新增或还原", "added or put back")


def place_names(store: Store, found: Sequence[ChangedPlace]) -> list[W]:
    """What people call the places: the field, and before it the row where it is one of a row."""
    named = [_place_name(store, place) for place in found[:MOST]]
    rest = len(found) - len(named)
    return [*named, W(MORE.zh.format(n=rest), MORE.en.format(n=rest))] if rest else named


def _place_name(store: Store, place: ChangedPlace) -> W:
    cls = kinds[place.type]
    label = parts.label(cls, place.register) if place.register else ROW_ADDED
    if not cls.kind.parent:
        return label
    row = rows.one(store, cls, place.record)
    name = parts.row_name(store, row) if row is not None else place.record
    return W(f"{name}（{label.zh}）", f"{name} ({label.en})")


# -- kept up to date -------------------------------------------------------------------------------


def recheck(store: Store, change_log: ChangeLog, touched: Iterable[Name]) -> None:
    """Work out anew what concerns the records that were written, inside the running transaction."""
    by_type: dict[str, list[str]] = {}
    for type, id in parts.owners_of(store, touched):
        by_type.setdefault(type, []).append(id)
    for type in sorted(by_type.keys() & kinds.keys()):
        if binding_moves(kinds[type].kind):
            for id in _bound(store, kinds[type].kind, sorted(by_type[type])):
                _keep(store, type, id, _work_out(store, change_log, kinds[type], id))


def _bound(store: Store, kind: Kind, ids: Sequence[str]) -> Iterator[str]:
    """Those of these records that made a binding move, or have one noted that may count no more."""
    moves = binding_moves(kind)
    for some in child_rows.chunks(ids):
        sql = (
            f"SELECT record FROM transition WHERE record IN ({places(some)})"
            f" AND move IN ({places(moves)})"
            f" UNION SELECT record FROM approval WHERE record IN ({places(some)})"
        )
        for (id,) in store.rows(sql, (*some, *moves, *some)):
            yield str(id)


def binding_moves(kind: Kind) -> tuple[str, ...]:
    """The ids of the moves that bind, the marked ones among them; none without a declared one."""
    own = tuple(move.id for move in kind.moves if move.binding)
    return (*own, CONFIRM, IMPORT) if own else ()


def _keep(store: Store, type: str, id: str, found: Binding | None) -> None:
    if found is None:
        store.db.execute_sql("DELETE FROM approval WHERE record=?", (id,))
        return
    changed = json.dumps(found.changed, separators=(",", ":")) if found.changed else ""
    store.db.execute_sql(PUT, (id, type, found.move, found.author, changed))


def _work_out(store: Store, change_log: ChangeLog, cls: type[Record], id: str) -> Binding | None:
    record = rows.one(store, cls, id)
    made = _last(store, change_log, id)
    if record is None or made is None:
        return None
    entry, author = made
    said = entry.move or {}
    rank = cls.kind.rank
    if rank.get(record.state, 0) < rank.get(str(said.get("to")), 0):
        return None  # it was sent back since
    local = _Local(store)
    changed = list(_own(record, said, local, local([(entry.device, entry.seq)])))
    if said.get("move") != IMPORT:
        changed += _of_rows(store, record, said, local)
    return Binding(str(said.get("move")), author, tuple(changed))


def _last(store: Store, change_log: ChangeLog, id: str) -> tuple[LoggedChange, str] | None:
    """The last binding move of a record that counts, and who made it."""
    sql = "SELECT device, seq, author FROM transition WHERE record=?"
    counted = {(str(device), int(seq)): str(who) for device, seq, who in store.rows(sql, (id,))}
    bound = [
        one
        for one in change_log.history(id)
        if (one.device, one.seq) in counted and (one.move or {}).get("saw")
    ]
    if not bound:
        return None
    last = max(bound, key=lambda one: (one.at, one.device, one.seq))
    return last, counted[last.device, last.seq]


class _Local:
    """Versions under the local numbers of their devices."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._known: dict[str, int] = {}

    def __call__(self, dots: Iterable[Dot]) -> frozenset[LocalDot]:
        return frozenset((self._idx(device), seq) for device, seq in dots)

    def _idx(self, device: str) -> int:
        if device not in self._known:
            row = self.store.row("SELECT idx FROM device WHERE id=?", (device,))
            self._known[device] = int(row[0]) if row is not None else 0
        return self._known[device]


def _own(
    record: Record, said: Mapping[str, Any], local: _Local, itself: frozenset[LocalDot]
) -> Iterator[ChangedPlace]:
    """The registers of the record itself that differ; what the move itself wrote is part of it.

    One that was empty and is filled since counts too, unless a move from here on asks for it or a
    rule fills it along with a move: a measure that is noted once the solution was approved is the
    work, not a change of it.
    """
    now, saw = parts.versions(record), said.get("saw") or {}
    specs = type(record).specs().items()
    noted = {name for name, spec in specs if spec.by_move and spec.computed}
    later = planned(record.kind, str(said.get("to"))) | noted
    for register, fields in type(record).registers().items():
        seen = local((device, seq) for device, seq in saw.get(register, ()))
        if now.get(register) == itself:
            continue
        if now.get(register, frozenset()) != seen and (seen or later.isdisjoint(fields)):
            yield ChangedPlace(record.type, record.id, register)


def planned(kind: Kind, state: str) -> frozenset[str]:
    """The fields that the moves from a state on ask for, need or fill."""
    rank = kind.rank
    here = rank.get(state, 0)
    found = set[str]()
    for move in kind.moves:
        ahead = rank[move.to] > here
        if ahead and any(rank[origin] >= here for origin in move.from_):
            found |= {*move.asks, *move.needs, *move.fills}
            found |= {need.field for need in move.needs_when}
    return frozenset(found)


def _of_rows(
    store: Store, record: Record, said: Mapping[str, Any], local: _Local
) -> Iterator[ChangedPlace]:
    """The rows that were added, changed or taken out of use; what is not named counts as empty."""
    covered = coverage.decode(said[coverage.ROWS]) if coverage.ROWS in said else {}
    for row in parts.rows_of(store, record):
        seen = local(covered.get(row.id, ()))
        if not seen:
            if row.void is None:
                yield ChangedPlace(row.type, row.id, ADDED)
            continue
        now = parts.versions(row)
        standing = frozenset().union(*now.values())
        if standing == seen:
            continue
        differ = [register for register, dots in now.items() if not dots <= seen]
        work = planned_of_row(row.kind)
        told = [register for register in differ if register not in work]
        if not differ:
            told = [ADDED]
        for register in told:
            yield ChangedPlace(row.type, row.id, register)


def planned_of_row(kind: Kind) -> frozenset[str]:
    """The registers of a row that its own moves change: work on it, not a change of the parent."""
    found = {"state"} if kind.moves else set[str]()
    cls = kinds[kind.name]
    owners = cls.register_of()
    for move in kind.moves:
        found |= {owners[name] for name in (*move.asks, *move.fills) if name in owners}
    return frozenset(found)
