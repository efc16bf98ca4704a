"""Trust: what this book knows of the members, brought to the rules that check what arrives.

The rules themselves (`sync.verify`, `sync.judge`) are pure and the same everywhere; here they are
given the membership log, which is read and checked once and remembered while it does not grow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from models.words import Refused, W
from sync import roll, seal
from sync.apply import Arrived
from sync.change import Change, chain
from sync.membership import Membership
from sync.names import Names
from sync.segment import Segment
from sync.waiting import Want
from sync.workspace import Workspace

BAD = W("这一段改动的封印不对，未采用。", "The seal of a segment is wrong; it was not taken.")


class Trust:
    """The membership as this book holds it."""

    def __init__(self, workspace: Workspace) -> None:
        self.store = workspace.store
        self._membership: Membership | None = None

    @property
    def membership(self) -> Membership:
        """The membership log with all that it says."""
        found = self._membership
        entries = self.store.row("SELECT COUNT(*) FROM membership")
        if found is None or entries is None or entries[0] != len(found.entries):
            found = self._membership = roll.load(self.store.db)
        return found

    def verify(self, segment: Segment) -> list[Arrived] | Want:
        """The changes of a segment that may be applied, or what it awaits; else `Refused`."""
        known = self.membership
        if segment.organisation != known.organisation:
            raise Refused(BAD)
        if segment.members > known.version:
            return Want("members", seq=segment.members)
        device = known.devices.get(segment.vouch.old if segment.vouch else segment.device)
        if device is None:
            return Want("device", segment.device)
        if not seal.check(device.key, segment.head, segment.signature):
            raise Refused(BAD)
        hash, found = segment.prev, []
        for change, body in segment.changes():
            hash = chain(hash, body)
            found.append(Arrived(change, body, hash))
        if hash != segment.hash:
            raise Refused(BAD)
        return found

    def judge(self, names: Names, segment: Any, changes: Sequence[Change]) -> Mapping[int, str]:
        """Reasons against changes, by sequence; nothing against almost all."""
        return {}
