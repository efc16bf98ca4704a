"""Replay parked: what was parked for a newer version of the program is read again when this one is
it.

The records are authorised and rebuilt from the log, so that a parked change that others have
replaced since overwrites nothing.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from models.book.permissions import MARKED
from models.schema.record import kinds
from sync.apply.reevaluation.revalidate import reevaluate
from sync.apply.transaction import Transaction
from sync.apply.verifier import SegmentVerifier
from sync.log import parked
from sync.log.logged_changes import Name
from sync.log.parked import MARK
from sync.workspace.workspace import Workspace


def replay(workspace: Workspace, spaces: Iterable[str]) -> set[Name]:
    """Show what is understood by now in these spaces; returns the (type, record) made anew."""
    store, mark = workspace.store, declared()
    touched = set[Name]()
    if store.meta(MARK) == mark:
        return touched
    with store.write():
        for space in spaces:
            tx = Transaction(workspace, SegmentVerifier(store), space)
            touched |= reevaluate(tx, parked.records(tx.names))
        store.set_meta(MARK, mark)
    return touched


def declared() -> str:
    """What the declared types understand: their fields, choices, states and moves."""
    parts = []
    for name, cls in sorted(kinds.items()):
        specs = cls.specs().items()
        choices = [(field, spec.kind, *(one.name for one in spec.choices)) for field, spec in specs]
        parts.append((name, choices, [*cls.kind.by_state], [*cls.kind.by_move], [*MARKED]))
    return f"{zlib.crc32(repr(parts).encode()):08x}"
