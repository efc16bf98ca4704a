"""Revocation: work of a device after the position named in its revocation, and work that needed a
role after the positions named when the role was taken, wherever it came from.

A position is a sequence per space, never a time. What was applied before the revocation was known
is authorised again when it is, and the records that it touched are rebuilt without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from sync.apply.reevaluation import awaited_tables, named_history, positions
from sync.apply.reevaluation.revalidate import reevaluate
from sync.apply.transaction import Transaction
from sync.apply.verifier import SegmentVerifier
from sync.log import device_aliases, logged_changes, quarantine
from sync.log.histories import forks
from sync.log.logged_changes import Name
from sync.trust.membership import Membership
from sync.trust.roster import TakenRole
from sync.workspace.workspace import Workspace


def carry_out(workspace: Workspace, membership: Membership, since: int) -> set[Name]:
    """Quarantine what revoked devices wrote later, and what needed a role that was taken after the
    membership version `since` (inside the caller's transaction).

    Returns the (type, record) that were made anew.
    """
    devices = [one.id for one in membership.devices.values() if one.revoked is not None]
    taken = membership.taken(since)
    touched, db = set[Name](), workspace.store.db.connection()
    for space in logged_changes.spaces(db) if devices or taken else ():
        tx = Transaction(workspace, SegmentVerifier(workspace.store), space)
        later = [*_later(tx, membership, devices), *_without_role(tx, taken)]
        if later:
            touched |= reevaluate(tx, later)
        named_history.note_rest(db, membership, space)
    trust = SegmentVerifier(workspace.store)
    return touched | awaited_tables.arrived(workspace, trust, touched)


def _without_role(tx: Transaction, taken: Mapping[str, list[TakenRole]]) -> Iterable[Name]:
    """What people wrote after the positions that the taking of a role of theirs names."""
    passes = partial(forks.passes, tx.db, tx.space)
    for person, gone in taken.items():
        for device in positions.devices(tx.db, person):
            ends = [one.last(device, tx.space, passes) for one in gone]
            if known := [last for last in ends if last is not None]:
                yield from quarantine.counted_after(tx.db, tx.space, device, min(known))


def _later(tx: Transaction, membership: Membership, devices: Iterable[str]) -> Iterable[Name]:
    for device in devices:
        for id in (device, *device_aliases.going_on(tx.db, device)):
            last = membership.revoked_after(device, tx.space, id)
            yield from quarantine.counted_after(tx.db, tx.space, id, last.seq if last else 0)
