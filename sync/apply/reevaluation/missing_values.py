"""Missing values: values that a snapshot left out here, put in their place when somebody brings
them.

They are asked for only where they are needed again: a revocation or an adoption lets something
count for which the values are not here (the table `lack`), or a change cannot be judged without
them. What was told of a left-out change then gives way to what its author wrote.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.storage.store import Store
from sync.apply.reevaluation.rebuild import rebuild
from sync.apply.reevaluation.revalidate import Name, rejudge
from sync.apply.verifier import SegmentVerifier
from sync.log.version_lookup import VersionLookup
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


def fill(
    store: Store, names: VersionLookup, trust: SegmentVerifier, device: str, changes: Linked
) -> set[Name] | None:
    """Keep the bodies of verified changes that are here as stubs (inside the transaction).

    Returns the (type, record) made anew; None where nothing was left out.
    """
    idx = names.idx(device)
    span = (names.space, idx, changes[0][0].seq, changes[-1][0].seq)
    bare = {seq: (type, record) for seq, type, record in names.db.execute(BARE, span)}
    if not bare:
        return None
    found = [(c, body) for c, body, _ in changes if c.seq in bare]
    rows = [(c.at, c.type, c.record, body, names.space, idx, c.seq) for c, body in found]
    names.db.executemany(FILL, rows)
    gone = "DELETE FROM lack WHERE space=? AND idx=? AND seq=?"
    names.db.executemany(gone, [(names.space, idx, seq) for seq in bare])
    names.forget()
    told = {(c.type, c.record) for c, _ in found} | set(bare.values())
    rejudge(names, trust, sorted(told))
    return rebuild(store, names, sorted(told))


def lacking(db: Any, space: str) -> Mapping[str, int]:
    """Device -> the first of its changes whose values are needed here and left out."""
    return dict(db.execute(LACK, (space, space)).fetchall())
