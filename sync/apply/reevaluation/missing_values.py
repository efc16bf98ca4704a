"""Missing values: values that a snapshot left out here, put in their place when somebody brings
them.

They are asked for only where they are needed again: a revocation or an adoption lets something
count for which the values are not here (the table `lack`), or a change cannot be judged without
them. What was told of a left-out change then gives way to what its author wrote.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sync.apply.reevaluation.revalidate import Name
from sync.apply.transaction import Transaction
from sync.validation.verify import Linked

BARE = (
    "SELECT seq, type, record FROM change"
    " WHERE space=? AND idx=? AND seq>=? AND seq<=? AND substr(body, 1, 1)=x'00'"
)
FILL = "UPDATE change SET at=?, type=?, record=?, body=? WHERE space=? AND idx=? AND seq=?"
LACK = (
    "SELECT d.id, min(seq) FROM (SELECT idx, seq FROM lack WHERE space=? UNION ALL"
    " SELECT o.idx, w.want_seq FROM waiting w JOIN device o ON o.id=w.want_device"
    " WHERE w.space=? AND w.want='body') JOIN device d USING(idx) GROUP BY d.id"
)


def fill(tx: Transaction, device: str, changes: Linked) -> set[Name]:
    """Keep the bodies of verified changes that are here as stubs (inside the transaction).

    Returns the (type, record) to be judged and made anew; none where nothing was left out.
    """
    idx = tx.names.idx(device)
    span = (tx.space, idx, changes[0][0].seq, changes[-1][0].seq)
    bare = {seq: (type, record) for seq, type, record in tx.db.execute(BARE, span)}
    if not bare:
        return set()
    found = [(c, body) for c, body, _ in changes if c.seq in bare]
    rows = [(c.at, c.type, c.record, body, tx.space, idx, c.seq) for c, body in found]
    tx.db.executemany(FILL, rows)
    gone = "DELETE FROM lack WHERE space=? AND idx=? AND seq=?"
    tx.db.executemany(gone, [(tx.space, idx, seq) for seq in bare])
    tx.names.forget()
    return {(c.type, c.record) for c, _ in found} | set(bare.values())


def lacking(db: Any, space: str) -> Mapping[str, int]:
    """Device -> the first of its changes whose values are needed here and left out."""
    return dict(db.execute(LACK, (space, space)).fetchall())
