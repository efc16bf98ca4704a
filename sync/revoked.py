"""Revoked: work of a device after the position named in its revocation, wherever it came from.

The position is a sequence per space, never a time. What was applied before the revocation was
known is quarantined when it is, and the records that it touched are made anew without it.
"""

from __future__ import annotations

from models.words import W
from sync import quarantine
from sync.membership import Membership
from sync.names import Names
from sync.quarantine import Row
from sync.rebuild import rebuild
from sync.workspace import Workspace

LATE = W(
    "设备“{device}”已停用，这是停用之后的改动。",
    "Device “{device}” was revoked; this was written after that.",
)
LATER = (
    "SELECT idx, seq, record, type FROM change WHERE space=? AND idx=? AND seq>?"
    " AND NOT EXISTS(SELECT 1 FROM quarantine q WHERE q.space=change.space"
    " AND q.idx=change.idx AND q.seq=change.seq)"
)


def carry_out(workspace: Workspace, membership: Membership) -> set[tuple[str, str]]:
    """Quarantine what revoked devices wrote later; returns the (type, record) made anew."""
    touched = set[tuple[str, str]]()
    gone = [one for one in membership.devices.values() if one.revoked is not None]
    if not gone:
        return touched
    db = workspace.store.db.connection()
    for (space,) in db.execute("SELECT DISTINCT space FROM head").fetchall():
        names = Names(db, workspace.people, space, workspace.log.now())
        refused = list[Row]()
        for one in gone:
            last = membership.revoked_after(one.id, space) or 0
            for idx, seq, record, type in db.execute(LATER, (space, names.idx(one.id), last)):
                refused.append(Row(space, idx, seq, record, type, reason(one.name)))
        quarantine.put(names, refused)
        wrong = {(row.type, row.record) for row in refused}
        touched |= rebuild(workspace.store, names, sorted(wrong))
    return touched


def reason(device: str) -> str:
    """Why such a change is quarantined."""
    from sync.quarantine import told

    return told(LATE, device=device)
