"""Positions: how far the work of a person's devices goes here, as the membership log names it when
something is taken from them.
"""

from __future__ import annotations

from typing import Any

from models.book.people import EVERY
from models.schema.natural_keys import file_of, project_of, veiled
from sync.log import logged_changes
from sync.trust.membership_entry import Head, Heads

OF_PERSON = (
    "SELECT d.id, h.space, h.seq, h.hash FROM head h JOIN device d ON d.idx=h.idx"
    " WHERE d.person=? AND h.seq>0"
)
NOTHING = Head(0, b"")


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
