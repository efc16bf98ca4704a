"""People's reach: up to when the changes of each person are here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sync.changes.hybrid_clock import COUNTER_BITS, believed, millis
from sync.log.change_log import wall
from sync.log.logged_changes import NEWEST

if TYPE_CHECKING:
    from models.storage.store import Store


def reach(store: Store, me: str, now: int | None = None) -> dict[str, int]:
    """Person -> the time up to which their changes are here (ms UTC).

    Without oneself, and without people of whom there was no news ever. Times to come were
    written by a wrong clock: they say nothing.
    """
    now = wall() if now is None else now
    newest = (
        f"SELECT d.person, max(c.at) FROM {NEWEST} JOIN device d ON d.idx=h.idx"
        " WHERE d.person IS NOT NULL AND d.revoked IS NULL GROUP BY d.id"
    )
    said = (
        "SELECT d.person, max(s.at) FROM seen s JOIN device d ON d.id=s.peer"
        " WHERE d.person IS NOT NULL AND d.revoked IS NULL GROUP BY d.id"
    )
    known = store.rows(newest)
    known += [(who, ms << COUNTER_BITS) for who, ms in store.rows(said)]
    found: dict[str, int] = {}
    for person, at in known:
        if person != me and believed(at, now):
            found[person] = max(found.get(person, 0), millis(at))
    return found
