"""Replay parked: what was parked for a newer version of the program is read again when this one is
it.

The records are judged and made anew from the log, so that a parked change that others have
replaced since overwrites nothing.
"""

from __future__ import annotations

import zlib

from models.book.people import People
from models.book.permissions import MARKED
from models.schema.record import kinds
from models.storage.store import Store
from sync.apply.reevaluation.rebuild import rebuild
from sync.apply.reevaluation.revalidate import rejudge
from sync.apply.verifier import SegmentVerifier
from sync.log import parked
from sync.log.change_log import Log
from sync.log.version_lookup import VersionLookup

MARK = "parked"
"""The fact that says for which declarations the parked changes were last looked at."""


def replay(store: Store, people: People, log: Log) -> set[tuple[str, str]]:
    """Show what is understood by now; returns the (type, record) made anew."""
    mark = declared()
    if store.meta(MARK) == mark:
        return set()
    touched = set[tuple[str, str]]()
    with store.write():
        db = store.db.connection()
        for (space,) in db.execute("SELECT DISTINCT space FROM parked").fetchall():
            names = VersionLookup(db, people, space, log.now())
            changed = rejudge(names, SegmentVerifier(store), parked.records(names))
            touched |= rebuild(store, names, sorted(changed))
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
