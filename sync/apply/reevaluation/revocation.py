"""Revocation: work of a device after the position named in its revocation, wherever it came from.

The position is a sequence per space, never a time. What was applied before the revocation was
known is judged again when it is, and the records that it touched are made anew without it.
"""

from __future__ import annotations

from collections.abc import Iterable

from sync.apply.reevaluation.revalidate import Name, reevaluate
from sync.apply.transaction import Transaction
from sync.apply.verifier import SegmentVerifier
from sync.trust.membership import Membership
from sync.workspace.workspace import Workspace

LATER = (
    "SELECT DISTINCT c.type, c.record FROM change c JOIN device d ON d.idx=c.idx"
    " WHERE c.space=? AND ((d.id=? AND c.seq>?)"
    " OR d.id IN (SELECT device FROM vouch WHERE old=?))"
    " AND NOT EXISTS(SELECT 1 FROM quarantine q"
    " WHERE q.space=c.space AND q.idx=c.idx AND q.seq=c.seq)"
)


def carry_out(workspace: Workspace, membership: Membership) -> set[Name]:
    """Quarantine what revoked devices wrote later (inside the caller's transaction).

    Returns the (type, record) that were made anew.
    """
    devices = [one.id for one in membership.devices.values() if one.revoked is not None]
    touched, db = set[Name](), workspace.store.db.connection()
    spaces = db.execute("SELECT DISTINCT space FROM head").fetchall() if devices else ()
    for (space,) in spaces:
        tx = Transaction(workspace, SegmentVerifier(workspace.store), space)
        later = list(_later(tx, membership, devices))
        if later:
            touched |= reevaluate(tx, later)
    return touched


def _later(tx: Transaction, membership: Membership, devices: Iterable[str]) -> Iterable[Name]:
    for device in devices:
        last = membership.revoked_after(device, tx.space) or 0
        yield from tx.db.execute(LATER, (tx.space, device, last, device)).fetchall()
