"""Positions: how far the work of a person's devices goes here, as the membership log names it when
something is taken from them.
"""

from __future__ import annotations

from typing import Any

from models.book.people import EVERY
from models.schema.natural_keys import project_of, veiled
from sync.trust.membership_entry import Head, Heads

OF_PERSON = (
    "SELECT d.id, h.space, h.seq, h.hash FROM head h JOIN device d ON d.idx=h.idx"
    " WHERE d.person=? AND h.seq>0 ORDER BY d.idx, h.space"
)


def devices(db: Any, person: str) -> list[str]:
    """The devices of a person that are known here."""
    sql = "SELECT id FROM device WHERE person=? ORDER BY idx"
    return [str(id) for (id,) in db.execute(sql, (person,))]


def of_person(db: Any, person: str, project: str = EVERY) -> dict[str, Heads]:
    """Device -> its position in each space where a role on a project counts ('*': everywhere).

    The ids under which a device goes on after a restore are devices of their own.
    """
    found: dict[str, dict[str, Head]] = {}
    for device, space, seq, hash in db.execute(OF_PERSON, (person,)):
        if project == EVERY or project_of(space) in (None, project):
            found.setdefault(device, {})[veiled(space)] = Head(seq, bytes(hash))
    return dict(found)
