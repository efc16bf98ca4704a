"""Sync state: what others do not have yet, in few words, for title bars and Today.

'Confirmed' means that another device or the hub has acknowledged it by its signature. Without
other members nothing of it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.frozen import NamedTuple
from models.text.words import W, say
from sync.workspace import sync_status
from tui.display.terminal_text import drawing

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace
    from tui.display.values import Values

UNSENT, UNSURE = W("待同步 {n}", "{n} unsent"), W("待确认 {n}", "{n} unconfirmed")
EQUAL = W("已同步 {when}", "in sync {when}")
NEVER = W("尚未同步", "no sync yet")
CONFLICTS = W("冲突 {n}", "conflict {n}")
QUARANTINED = W("隔离 {n}", "quarantined {n}")
WAITING = W("等待 {n}", "waiting {n}")


class Truth(NamedTuple):
    """The counts of now."""

    alone: bool
    """Whether there is no one to sync with; then the rest is not shown."""
    conflicts: int
    quarantined: int
    """Changes without effect until a reviewer adopts them."""
    waiting: int
    """Segments that wait for earlier ones."""
    unsent: int
    """Changes written here and written to no other place."""
    unsure: int
    """Changes written to a folder or a bundle and not acknowledged."""
    last: int | None
    """When others were last in contact (ms UTC)."""

    def corners(self, values: Values) -> Iterator[list[str]]:
        """For the corner of a page: everything, then ever less for one with less room."""
        counts = ((CONFLICTS, self.conflicts), (QUARANTINED, self.quarantined))
        waiting = () if self.alone else ((WAITING, self.waiting),)
        said = [say(word, n=n) for word, n in (*counts, *waiting) if n]
        last = [] if self.alone else [self.outbox(values)]
        for most in range(len(said), -1, -1):
            yield [*said[:most], *last]

    def outbox(self, values: Values) -> str:
        """Whether others have what was written here, by their acknowledgements."""
        if self.unsent:
            return f"{drawing.now.swap} {say(UNSENT, n=self.unsent)}"
        if self.unsure:
            return say(UNSURE, n=self.unsure)
        return say(EQUAL, when=values.clock(self.last)) if self.last else str(NEVER)


def truth(workspace: Workspace) -> Truth:
    """Count."""
    counts = sync_status.counts(workspace)
    alone = sync_status.alone(workspace)
    unsent, unsure = (0, 0) if alone else sync_status.outbox(workspace)
    return Truth(
        alone=alone,
        conflicts=counts.conflicts,
        quarantined=counts.quarantined,
        waiting=counts.waiting,
        unsent=unsent,
        unsure=unsure,
        last=counts.last,
    )
