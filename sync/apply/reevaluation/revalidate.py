"""Revalidate: what is against the changes of a record, asked again because more is known.

A revocation, an adoption, an upgrade of the program: each changes what counts, and with it what
was built on it. The answer depends on the log and the members alone, not on what came when, so
all devices have the same changes in quarantine.
"""

from __future__ import annotations

from collections.abc import Iterable

from models.text.words import Refused
from sync.apply.local_history import LocalHistory
from sync.apply.verifier import SegmentVerifier
from sync.changes import pruned
from sync.changes.change import Change, Dot
from sync.changes.compatibility import unknown
from sync.log import parked, quarantine
from sync.log.version_lookup import VersionLookup
from sync.validation.authorize import judge_all
from sync.validation.reasons import Newer

Name = tuple[str, str]
"""(type, id) of a record."""

LOG = "SELECT idx, seq, at, type, record, body FROM change WHERE record=? AND space=? ORDER BY n"
STATUS = (
    "SELECT idx, seq, reason, adopted FROM quarantine WHERE record=? AND space=? UNION ALL"
    " SELECT idx, seq, what, name FROM parked WHERE record=? AND space=? ORDER BY 1, 2, 3, 4"
)
ALONG = "SELECT type, record FROM change WHERE space=? AND idx=? AND seq>? AND seq<=?"
MEMBERS = "SELECT members FROM seal WHERE space=? AND idx=? AND last>=? ORDER BY last LIMIT 1"
NEAR = 8
"""How far a move may stand behind what brought it about (`sync.validation.move_rules`)."""


def rejudge(names: VersionLookup, trust: SegmentVerifier, records: Iterable[Name]) -> set[Name]:
    """Judge these records again; returns those whose changes count otherwise than before.

    What a change brought about in other records of its transaction is judged again with it.
    """
    queue, changed = list(dict.fromkeys(records)), set[Name]()
    for type, record in queue:
        key = (record, names.space) * 2
        before = set(names.db.execute(STATUS, key))
        types = _judge(names, trust, record)
        after = set(names.db.execute(STATUS, key))
        if before != after:
            changed |= {(one, record) for one in {type, *types}}
            for idx, seq, *_ in before ^ after:
                along = names.db.execute(ALONG, (names.space, idx, seq, seq + NEAR)).fetchall()
                queue += [one for one in dict.fromkeys(along) if one not in queue]
    return changed


def _judge(names: VersionLookup, trust: SegmentVerifier, record: str) -> set[str]:
    """Note anew what is against the changes of one record; returns their types."""
    found = names.db.execute(LOG, (record, names.space)).fetchall()
    changes = [pruned.change(names.space, names.device(idx), *rest) for idx, *rest in found]
    for table in ("quarantine", "parked"):
        names.db.execute(f"DELETE FROM {table} WHERE record=? AND space=?", (record, names.space))
    names.forget()
    adopted = _adopted(names, trust, changes)
    for c in changes:
        fault = _fault(names, trust, c)
        if isinstance(fault, Newer):
            parked.put(names, parked.rows(names, c, [("judge", "")]))
        elif fault is not None:
            quarantine.put(names, [quarantine.row(names, c, fault)])
            if c.dot in adopted:
                quarantine.lift(names, adopted[c.dot], names.local([c.dot]))
        else:
            parked.put(names, parked.rows(names, c, unknown(c)))
    return {c.type for c in changes}


def _adopted(
    names: VersionLookup, trust: SegmentVerifier, changes: Iterable[Change]
) -> dict[Dot, Dot]:
    """Version -> the change that adopts it. Whether it may does not depend on what counts."""
    found = dict[Dot, Dot]()
    for c in changes:
        dots = quarantine.adopted(c)
        if dots and _fault(names, trust, c) is None:
            found |= dict.fromkeys(dots, c.dot)
    return found


def _fault(names: VersionLookup, trust: SegmentVerifier, c: Change) -> Refused | None:
    """What is against a change, as its seal lets everybody judge it."""
    row = names.db.execute(MEMBERS, (names.space, names.idx(c.device), c.seq)).fetchone()
    members = row[0] if row is not None else trust.membership.version
    writer = trust.writer(names.db, c.device, members)
    if writer is None:
        return None
    kept = LocalHistory(names, trust.membership, [])
    return judge_all([c], writer, kept, trust.membership).faults.get(c.seq)
