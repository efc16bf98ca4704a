"""Truth: how this device stands with others, in few words: for title bars, Today and the sync page.

What is not heard of is never called done: 'confirmed' means that somebody else's device, or the
hub, has said in its own signed words that it holds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from models import disputes
from models.words import W, say

if TYPE_CHECKING:
    from sync.workspace import Workspace
    from tui.values import Values

ALONE = W("仅本机", "this device only")
UNSURE = W("{n} 条未确认", "{n} unconfirmed")
SYNCED = W("已同步 {when}", "synced {when}")
SINCE = W("{n} 条未确认，上次同步 {when}", "{n} unconfirmed, synced {when}")
CONFLICTS = W("冲突 {n}", "{n} in conflict")


class Truth(NamedTuple):
    """The counts of now."""

    conflicts: int
    quarantined: int
    """Changes that count for nothing until a reviewer adopts them."""
    waiting: int
    """Segments that wait for earlier ones."""
    unsent: int
    """Changes written here that nobody else has said they hold."""
    last: int | None
    """When others were last heard of (ms UTC)."""

    def corner(self, values: Values) -> str:
        """For the corner of a page."""
        parts = [say(CONFLICTS, n=self.conflicts)] if self.conflicts else []
        return "  ".join([*parts, self.synced(values)])

    def synced(self, values: Values) -> str:
        """Whether others have what was written here, as far as they said so."""
        if self.last is None:
            return str(ALONE)
        when = values.short(self.last)
        return say(UNSURE, n=self.unsent) if self.unsent else say(SYNCED, when=when)


def truth(workspace: Workspace) -> Truth:
    """Count."""
    from sync import sent

    last = workspace.store.meta("last_sync")
    sql = "SELECT (SELECT count(*) FROM quarantine WHERE adopted IS NULL), count(*) FROM waiting"
    quarantined, waiting = workspace.store.row(sql) or (0, 0)
    return Truth(
        conflicts=disputes.count(workspace.book),
        quarantined=int(quarantined),
        waiting=int(waiting),
        unsent=sent.unconfirmed(workspace),
        last=int(last) if last else None,
    )
