"""Rebuild: records made anew from the log by the plain rule, one after another.

After a revocation, an adoption or an upgrade of the program other changes count than before.
What comes out is what would stand if they had always counted: the merge asks for no order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from models.book import rules
from models.book.approval import approvals
from models.book.writing.record_writer import groups, whole
from models.schema import natural_keys
from models.schema.record import kinds
from models.schema.versions import FieldVersions
from models.search import engine
from sync.apply.rows.record_state import RecordState, born
from sync.apply.rows.row_batch import RowBatch, clear_siblings
from sync.apply.transaction import Transaction
from sync.changes import pruned
from sync.changes.change import Change, Dot
from sync.changes.merge import VOID, Register, merge, passed
from sync.log import logged_changes, transitions
from sync.log.version_lookup import VersionLookup


def rebuild(tx: Transaction, records: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Make these (type, record) anew; returns those whose type is known here."""
    names = tx.names
    wanted = [one for one in dict.fromkeys(records) if one[0] in kinds and _here(names, *one)]
    fresh, moved = RowBatch(tx), list[tuple[Change, str | None]]()
    made = [_made(names, type, record) for type, record in wanted]
    synced = _synced(names, wanted)
    _clear(names, wanted)
    for one, (held, moves) in zip(wanted, made, strict=True):
        if held is not None:
            held.row["synced"] = synced.get(one, names.now)
            fresh.begin(held)
            moved += [(c, held.project) for c in moves]
    fresh.flush()
    transitions.put(names, moved)
    for type, record in wanted:
        engine.mark(tx.store.db, type, record)
    approvals.recheck(tx.store, tx.log, wanted)
    rules.merged(tx.store, wanted)
    return set(wanted)


def _here(names: VersionLookup, type: str, id: str) -> bool:
    """Whether a row may be made anew from this space's log: none is there, or it lives here.

    Somebody else's space may hold a refused creation under an id that belongs to a record of ours.
    """
    found = names.db.execute(f'SELECT project, dots FROM "{type}" WHERE id=?', (id,)).fetchone()
    if found is None:
        return True
    kind, (project, dots) = kinds[type].kind, found
    if (kind.space == "parent" and project is not None) or kind.beside:
        return names.record(FieldVersions(dots).default) == id
    return natural_keys.space_of(kind, project, id) == names.space


def _made(names: VersionLookup, type: str, id: str) -> tuple[RecordState | None, list[Change]]:
    """The record and the moves that count, from all that the log has of it."""
    found = [
        pruned.change(names.space, names.device(idx), seq, at, kind, id, body)
        for idx, seq, at, kind, _, body in logged_changes.of_record(names.db, names.space, id)
        if kind == type
    ]
    counted = [c for c in (_counted(names, c) for c in found) if c is not None]
    births = [c for c in counted if c.header is not None]
    if not births:
        return None, []
    _note_lacks(names, found, counted)
    held = born(kinds[type], births[0], names)
    for c in births[1:]:
        held.header(c.header or {}, c.device)
    several = groups(kinds[type])
    for register, versions in state_of(names, counted).items():
        if register in several:
            versions = tuple(v._replace(value=whole(held.cls, register, v.value)) for v in versions)
        if register == VOID or register == "state" or register in kinds[type].registers():
            held.settle(register, versions)
    held.look_void()
    return held, [c for c in counted if c.move is not None]


def state_of(names: VersionLookup, changes: Sequence[Change]) -> dict[str, Register]:
    """The registers after these changes, by the merge alone.

    Where a history took another one's place, a change may come after one that names it: it is
    replaced all the same.
    """
    state: dict[str, Register] = {}
    gone = set[tuple[str, Dot]]()
    for c in changes:
        base = {
            register: [(names.device(idx), seq) for idx, seq in names.base(register, dots)]
            for register, dots in c.base.items()
        }
        bare = isinstance(c, pruned.PrunedChange)
        state = (passed if bare else merge)(state, replace(c, base=base))
        for register, dots in base.items():
            if bare or register in c.fields:
                gone.update((register, dot) for dot in dots)
    return {
        register: tuple(v for v in versions if (register, v.dot) not in gone)
        for register, versions in state.items()
    }


def _counted(names: VersionLookup, c: Change) -> Change | None:
    """The change with the registers that count here; None when nothing of it does."""
    dot = (names.idx(c.device), c.seq)
    if dot in names.refused:
        return None
    out = names.parked.get(dot)
    if out is None:
        return c
    if not out:
        return None
    return replace(c, fields={name: v for name, v in c.fields.items() if name not in out})


def _note_lacks(names: VersionLookup, found: Sequence[Change], counted: Sequence[Change]) -> None:
    """Note the pruned changes whose values would be shown again."""
    bare = [c for c in found if isinstance(c, pruned.PrunedChange)]
    if not bare:
        return
    named = {(r, dot) for c in counted for r, dots in c.base.items() for dot in names.base(r, dots)}
    own = [(c, (names.idx(c.device), c.seq)) for c in bare]
    lacks = [
        dot
        for c, dot in own
        if dot not in names.refused and any((register, dot) not in named for register in c.base)
    ]
    logged_changes.note_lacking(names.db, names.space, bare[0].record, lacks)


def _synced(
    names: VersionLookup, wanted: Sequence[tuple[str, str]]
) -> Mapping[tuple[str, str], Any]:
    found = {}
    for type, id in wanted:
        row = names.db.execute(f'SELECT synced FROM "{type}" WHERE id=?', (id,)).fetchone()
        if row is not None:
            found[type, id] = row[0]
    return found


def _clear(names: VersionLookup, wanted: Sequence[tuple[str, str]]) -> None:
    for type, id in wanted:
        names.db.execute(f'DELETE FROM "{type}" WHERE id=?', (id,))
    clear_siblings(names.db, [id for _, id in wanted])
    transitions.clear(names, wanted)
