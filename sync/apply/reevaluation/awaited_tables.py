"""Awaited tables: a version of a rule table came, or counts no more: decisions are checked again.

A decision names the version that decided it. It waits where that version is not here, and falls
where it is found not to count. Versions are few, so every decision of the spaces is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.schema.company_tables import RULES
from models.schema.record import kinds
from models.storage.store import places
from sync.apply.reevaluation.revalidate import reevaluate
from sync.apply.transaction import Transaction
from sync.apply.verifier import SegmentVerifier
from sync.log import logged_changes, parked
from sync.log.logged_changes import Name
from sync.workspace.workspace import Workspace


def arrived(workspace: Workspace, trust: SegmentVerifier, touched: Iterable[Name]) -> set[Name]:
    """Check decisions again if a version of a rule table is among what was touched.

    Returns the (type, record) that were made anew.
    """
    if not any(type in kinds and kinds[type].kind.table == RULES for type, _ in touched):
        return set()
    store, found = workspace.store, set[Name]()
    with store.write():
        for space in logged_changes.spaces(store.db.connection()):
            tx = Transaction(workspace, trust, space)
            found |= reevaluate(tx, dict.fromkeys((*parked.records(tx.names), *_decided(tx))))
    return found


def _decided(tx: Transaction) -> Iterable[Name]:
    """The records of the space of which a table decided something."""
    for cls in kinds.values():
        moves = [move.id for move in cls.kind.moves if move.decided_by]
        if moves:
            sql = (
                "SELECT DISTINCT t.record FROM transition t JOIN change c ON c.record=t.record"
                f" WHERE t.type=? AND t.move IN ({places(moves)}) AND c.space=?"
            )
            for (record,) in tx.store.rows(sql, (cls.kind.name, *moves, tx.space)):
                yield cls.kind.name, str(record)
