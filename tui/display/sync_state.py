"""Sync state: how this device stands with others, in few words, for title bars and Today.

What is not heard of is never called done: 'confirmed' means that somebody else's device, or the
hub, has said in its own signed words that it holds it. A person alone is told nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from models.text.words import W, say
from sync.workspace import sync_status
from tui.display.terminal_text import drawing

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace
    from tui.display.values import Values

UNSENT, UNSURE = W("待同步 {n}", "{n} unsent"), W("{n} 未确认", "{n} not confirmed")
EQUAL = W("已同步 {when}", "in sync {when}")
NEVER = W("尚未同步", "no sync yet")
CONFLICTS = W("冲突 {n}", "conflict {n}")
QUARANTINED = W("隔离 {n}", "quarantined {n}")
WAITING = W("等待 {n}", "waiting {n}")


class Truth(NamedTuple):
    """The counts of now."""

    alone: bool
    """Whether there is nobody to sync with; then the rest is of no interest."""
    conflicts: int
    quarantined: int
    """Changes that count for nothing until a reviewer adopts them."""
    waiting: int
    """Segments that wait for earlier ones."""
    unsent: int
    """Changes written here and written to no other place."""
    unsure: int
    """Changes written to a folder or a bundle, which nobody has said they hold."""
    last: int | None
    """When others were last heard of (ms UTC)."""

    def corners(self, values: Values) -> Iterator[list[str]]:
        """For the corner of a page: everything, then ever less for one with less room."""
        counts = ((CONFLICTS, self.conflicts), (QUARANTINED, self.quarantined))
        waiting = () if self.alone else ((WAITING, self.waiting),)
        said = [say(word, n=n) for word, n in (*counts, *waiting) if n]
        last = [] if self.alone else [self.outbox(values)]
        for most in range(len(said), -1, -1):
            yield [*said[:most], *last]

    def outbox(self, values: Values) -> str:
        """Whether others have what was written here, as far as they said so."""
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
