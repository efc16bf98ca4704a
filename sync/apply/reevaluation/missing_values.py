"""Missing values: values that a snapshot left out here, written when another device brings them.

They are asked for only where they are needed again: a revocation or an adoption lets something
count for which the values are not here (the table `lack`), or a change cannot be authorised without
them. The change as its author wrote it then replaces the pruned one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.book.people import People
from sync.apply.transaction import Transaction
from sync.log import logged_changes, pending_segments
from sync.log.logged_changes import Name
from sync.validation.verify import Linked


def fill(tx: Transaction, device: str, changes: Linked) -> set[Name]:
    """Keep the bodies of verified changes that are pruned here (inside the transaction).

    Returns the (type, record) to be authorised and rebuilt; none where nothing was pruned.
    """
    idx = tx.names.idx(device)
    bare = logged_changes.left_out(tx.db, tx.space, idx, changes[0][0].seq, changes[-1][0].seq)
    if not bare:
        return set()
    found = [(c, body) for c, body, _ in changes if c.seq in bare]
    logged_changes.fill(tx.db, tx.space, idx, found)
    tx.names.forget()
    return {(c.type, c.record) for c, _ in found} | set(bare.values())


def lacking(db: Any, people: People, space: str) -> Mapping[str, int]:
    """Device -> the first of its changes whose values are needed here and left out."""
    found = {people.device_of(idx): seq for idx, seq in logged_changes.lacking(db, space).items()}
    for device, seq in pending_segments.wanted_bodies(db, space):
        found[device] = min(seq, found.get(device, seq))
    return found
