"""People's reach: up to when the changes of each person are here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sync.changes.hybrid_clock import millis

if TYPE_CHECKING:
    from models.storage.store import Store


def reach(store: Store, me: str) -> dict[str, int]:
    """Person -> the time up to which their changes are here (ms UTC).

    Without oneself, and without people of whom there was no news ever.
    """
    newest = (
        "SELECT d.person, max(c.at) FROM head h JOIN change c"
        " ON c.space=h.space AND c.idx=h.idx AND c.seq=h.seq JOIN device d ON d.idx=h.idx"
        " WHERE d.person IS NOT NULL AND d.revoked IS NULL GROUP BY d.id"
    )
    said = (
        "SELECT d.person, max(s.at) FROM seen s JOIN device d ON d.id=s.peer"
        " WHERE d.person IS NOT NULL AND d.revoked IS NULL GROUP BY d.id"
    )
    known = [(who, millis(at)) for who, at in store.rows(newest)] + store.rows(said)
    found: dict[str, int] = {}
    for person, at in known:
        if person != me:
            found[person] = max(found.get(person, 0), at)
    return found
