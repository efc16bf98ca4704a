"""Positions: how far the work of a person's devices goes here, as the membership log names it when
something is taken from them, and where it is in doubt whether a position is of this history.
"""

from __future__ import annotations

from typing import Any

from models.book.people import EVERY
from models.schema.natural_keys import file_of, project_of, veiled
from sync.apply.transaction import Transaction
from sync.log import device_aliases, logged_changes
from sync.log.histories import forks
from sync.log.logged_changes import Name
from sync.trust.membership_entry import NOTHING, Head, Heads

OF_PERSON = (
    "SELECT d.id, h.space, h.seq, h.hash FROM head h JOIN device d ON d.idx=h.idx"
    " WHERE d.person=? AND h.seq>0"
)
OF_DEVICE = (
    "SELECT d.id, h.space, h.seq, h.hash FROM head h JOIN device d ON d.idx=h.idx"
    " WHERE h.seq>0 AND (d.id=? OR d.id IN (SELECT device FROM vouch WHERE old=?))"
)

ALL = (
    "SELECT DISTINCT c.type, c.record FROM change c JOIN device d ON d.idx=c.idx"
    " WHERE c.space=? AND d.id=?"
)


def devices(db: Any, person: str) -> list[str]:
    """The devices of a person that are known here."""
    sql = "SELECT id FROM device WHERE person=? ORDER BY idx"
    return [str(id) for (id,) in db.execute(sql, (person,))]


def of_person(db: Any, person: str, project: str = EVERY) -> dict[str, Heads]:
    """Device -> its position in each space held here where a role on a project counts ('*': all).

    Of restricted records those only into which the device wrote. The ids under which a device goes
    on after a restore are devices of their own.
    """
    spaces = [
        space
        for space in logged_changes.spaces(db)
        if project == EVERY or project_of(space) in (None, project)
    ]
    open_ = {space: NOTHING for space in spaces if file_of(space) is None}
    found = {device: dict(open_) for device in devices(db, person)}
    for device, space, seq, hash in db.execute(OF_PERSON, (person,)):
        if space in spaces:
            found[device][veiled(space)] = Head(seq, bytes(hash))
    return dict(found)


def of_device(db: Any, device: str) -> dict[str, Heads]:
    """The same of one device, and of the ids under which its key went on."""
    found: dict[str, dict[str, Head]] = {device: {}}
    for id, space, seq, hash in db.execute(OF_DEVICE, (device, device)):
        found.setdefault(str(id), {})[veiled(space)] = Head(seq, bytes(hash))
    return dict(found)


def in_doubt(tx: Transaction, device: str, first: int) -> set[Name]:
    """The records that a device wrote, where its chain grew from a sequence on, or another one was
    met there, and a position from there on is not known to be of this history; else none.

    The taking of a role may name such a position: what counts by it is authorised again.
    """
    word = device_aliases.of(tx.db, device)
    person = tx.membership.person_of(word.old if word is not None else device)
    gone = tx.membership.taken_since(0, person) if person is not None else ()
    heads = [head for _, one in gone if (head := one.head(device, tx.space)) is not None]
    later = [head for head in heads if head.seq >= first]
    if not later:
        return set()
    sure = all(forks.passes(tx.db, tx.space, device, head) for head in later)
    if sure and not forks.second(tx.db, tx.space, device):
        return set()
    return {(str(type), str(record)) for type, record in tx.db.execute(ALL, (tx.space, device))}
