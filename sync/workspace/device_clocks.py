"""Device clocks: whose clock was wrong, by how much, and which times were written by it.

A device's changes are in order by their sequence. Where a later one has an earlier time, or a time
is still to come, the clock had run ahead (or was set back since) by more than clocks may differ:
`DRIFT_MS`. That is read from the log alone, so every device that holds the changes says the same of
a clock that was set right, however long ago. Our own clock is measured against the hub's as well,
in each round.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from models.frozen import NamedTuple
from models.text.words import Refused
from sync.changes.hybrid_clock import COUNTER_BITS, DRIFT_MS, believed, millis
from sync.log.logged_changes import NEWEST

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace

READ = "clocks"
"""The fact with what was found in the log so far: the last row read, and device -> lead."""
HUB = "clock hub"
"""The fact with how far our clock was ahead of the hub's, ms, and when that was."""
ENOUGH = 1_000
"""Rows without anything new that are rather read again than noted as read."""
DRIFT = DRIFT_MS << COUNTER_BITS
BACK = (
    "SELECT d.id, p.at, c.at FROM change c JOIN change p ON p.space=c.space AND p.idx=c.idx"
    " AND p.seq=c.seq-1 JOIN device d ON d.idx=c.idx WHERE c.n>? AND p.at>c.at+?"
)
LAST = f"SELECT d.id, max(c.at) FROM {NEWEST} JOIN device d ON d.idx=h.idx GROUP BY d.id"
LATER = (
    "SELECT min(c.at) FROM change c JOIN device d ON d.idx=c.idx"
    " WHERE c.space=? AND d.id=? AND c.seq>?"
)


class ClockLead(NamedTuple):
    """A device whose clock was wrong."""

    device: str
    by: int
    """How far, ms: the most that is known."""
    wrote: int
    """The wrong time, ms UTC."""
    now: bool
    """Whether what it wrote last still lies ahead of our clock."""


class HubOffset(NamedTuple):
    """How our clock differed from the hub's."""

    ahead: int
    """Ms; negative where ours is behind."""
    at: int
    """When it was measured, ms UTC by our clock."""

    @property
    def wrong(self) -> bool:
        """Whether that is more than clocks may differ."""
        return abs(self.ahead) > DRIFT_MS


def leads(workspace: Workspace) -> list[ClockLead]:
    """Every device whose clock was wrong, the worst first; what was read once is kept."""
    found, now = _from_log(workspace), workspace.log.now()
    for device, at in workspace.store.rows(LAST):
        if not believed(at, now):
            by = max(millis(at) - now, found.get(device, ClockLead(device, 0, 0, now=False)).by)
            found[device] = ClockLead(device, by, millis(at), now=True)
    return sorted(found.values(), key=lambda one: (-one.by, one.device))


def _from_log(workspace: Workspace) -> dict[str, ClockLead]:
    """Where times go back in a device's chain, as far as the log reaches."""
    store = workspace.store
    (last,) = store.row("SELECT coalesce(max(n), 0) FROM change") or (0,)
    kept = _kept(store.meta(READ))
    leads: dict[str, tuple[int, int]] = kept["leads"]
    found = {one: ClockLead(one, by, at, now=False) for one, (by, at) in leads.items()}
    if kept["last"] == last:
        return found
    after = kept["last"] if kept["last"] < last else 0  # a rebuilt log is read anew
    new = False
    for device, before, at in store.rows(BACK, (after, DRIFT)):
        by = millis(before) - millis(at)
        if device not in found or found[device].by < by:
            found[device], new = ClockLead(device, by, millis(before), now=False), True
    if not new and last - after < ENOUGH:
        return found
    said = {one.device: [one.by, one.wrote] for one in found.values()}
    # In a book that is only read it is worked out again next time.
    with suppress(Refused), store.write():
        store.set_meta(READ, json.dumps({"last": last, "leads": said}))
    return found


def _kept(text: Any) -> dict[str, Any]:
    try:
        found = json.loads(text or "")
        leads = {str(one): (int(by), int(at)) for one, (by, at) in found["leads"].items()}
        return {"last": int(found["last"]), "leads": leads}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {"last": 0, "leads": {}}


def written_by(workspace: Workspace, space: str, device: str, seq: int, at: int) -> int | None:
    """By when at the latest a change was written whose time is wrong, ms UTC; None where it is not.

    `at` is its time, ms UTC. What the device wrote afterwards, and our own clock, say so.
    """
    (later,) = workspace.store.row(LATER, (space, device, seq)) or (None,)
    bound = min(workspace.log.now(), millis(later) if later is not None else at)
    return bound if at > bound + DRIFT_MS else None


def measured(workspace: Workspace, ahead: int) -> None:
    """Note how far the hub's clock is ahead of ours, ms (inside a transaction of its own)."""
    text = json.dumps([-ahead, workspace.log.now()])
    with workspace.store.write():
        workspace.store.set_meta(HUB, text)


def against_hub(workspace: Workspace) -> HubOffset | None:
    """What was measured in the last round with the hub, or None."""
    try:
        ahead, at = json.loads(workspace.store.meta(HUB) or "")
        return HubOffset(int(ahead), int(at))
    except (ValueError, TypeError):
        return None
