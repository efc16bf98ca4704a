"""Revalidate: what is against the changes of a record, asked again because more is known.

A revocation, an adoption, an upgrade of the program: each changes what counts, and with it what
was built on it. The answer depends on the log and the members alone, not on what came when, so
all devices have the same changes in quarantine.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from models.text.words import Refused
from sync.apply.local_history import LocalHistory
from sync.apply.reevaluation.rebuild import rebuild
from sync.apply.transaction import Transaction
from sync.changes import pruned
from sync.changes.change import Change, Dot
from sync.changes.compatibility import unknown
from sync.log import logged_changes, parked, quarantine, seals
from sync.log.logged_changes import Name
from sync.validation.authorize import authorise_all
from sync.validation.reasons import Newer, awaited

NEAR = 8
"""How far a move may stand behind what brought it about (`sync.validation.rules.move_rules`)."""


def reevaluate(tx: Transaction, records: Iterable[Name], anew: Iterable[Name] = ()) -> set[Name]:
    """Authorise these records again and rebuild those that count otherwise; returns the latter.

    `anew`: those that are rebuilt in any case.
    """
    return rebuild(tx, sorted(rejudge(tx, records).union(anew)))


def rejudge(tx: Transaction, records: Iterable[Name]) -> set[Name]:
    """Authorise these records again; returns those whose changes count otherwise than before.

    What a change brought about in other records of its transaction is authorised again with it.
    """
    queue, changed = list(dict.fromkeys(records)), set[Name]()
    for type, record in queue:
        before = _noted(tx, record)
        types = _judge(tx, record)
        after = _noted(tx, record)
        if before != after:
            changed |= {(one, record) for one in {type, *types}}
            for idx, seq, *_ in before ^ after:
                along = logged_changes.along(tx.db, tx.space, idx, seq, seq + NEAR)
                queue += [one for one in along if one not in queue]
    return changed


def _noted(tx: Transaction, record: str) -> set[tuple[Any, ...]]:
    """What is against the changes of a record now."""
    refused, newer = (table.notes(tx.db, tx.space, record) for table in (quarantine, parked))
    return {*refused, *newer}


def _judge(tx: Transaction, record: str) -> set[str]:
    """Note anew what is against the changes of one record; returns their types."""
    names = tx.names
    found = logged_changes.of_record(tx.db, tx.space, record)
    changes = [pruned.change(tx.space, names.device(idx), *rest) for idx, *rest in found]
    quarantine.clear(names, record)
    parked.clear(names, record)
    adopted = _adopted(tx, changes)
    for c in changes:
        fault = _fault(tx, c)
        if isinstance(fault, Newer):
            parked.put(names, [(c, [awaited(fault)])])
        elif fault is not None:
            quarantine.put(names, [(c, fault)])
            if c.dot in adopted:
                quarantine.lift(names, adopted[c.dot], names.local([c.dot]))
        else:
            parked.put(names, [(c, unknown(c))])
    return {c.type for c in changes}


def _adopted(tx: Transaction, changes: Iterable[Change]) -> dict[Dot, Dot]:
    """Version -> the change that adopts it. Whether it may does not depend on what counts."""
    found = dict[Dot, Dot]()
    for c in changes:
        dots = quarantine.adopted(c)
        if dots and _fault(tx, c) is None:
            found |= dict.fromkeys(dots, c.dot)
    return found


def _fault(tx: Transaction, c: Change) -> Refused | None:
    """What is against a change, by the membership version that its seal names."""
    seal = seals.over(tx.db, tx.space, tx.names.idx(c.device), c.seq)
    members = seal.members if seal is not None else tx.membership.version
    writer = tx.verifier.writer(tx.db, c.device, members, seal.first if seal else c.seq)
    if writer is None:
        return None
    past = LocalHistory(tx, [])
    return authorise_all([c], writer, past, tx.membership).faults.get(c.seq)
