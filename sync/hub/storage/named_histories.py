"""Named histories: of a revoked device with two histories the hub keeps the one that its revocation
names, as every book does (`sync.apply.reevaluation.named_history`).

Another one that came first stays until the named one is here whole; devices that hold it are asked
for it.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sync.changes.change import genesis
from sync.encoding.segment import decode
from sync.hub.storage.database import Base, parts
from sync.hub.storage.segment_check import prove
from sync.hub.storage.segments import Authorize, SegmentStore
from sync.log.histories import forks
from sync.trust.membership import Membership
from sync.trust.membership_entry import Head


class NamedHistories:
    """The chains of revoked devices in one database."""

    def __init__(self, base: Base, segments: SegmentStore) -> None:
        self.base = base
        self.t: Any = base.t
        self.segments = segments
        self._right = set[tuple[str, str]]()
        """(space, device) of which the named history is here: it stays."""

    def awaited(self, members: Membership, spaces: Sequence[str]) -> dict[str, list[str]]:
        """By space, the revoked devices of which another history is here than the named one."""
        found: dict[str, list[str]] = {}
        for space, device, seq, head in self._revoked(members, spaces):
            here = self.segments.hash_at(space, device, head.seq) if head.seq <= seq else None
            if here == head.hash:
                self._right.add((space, device))
            elif here is not None or self._known(space, device):
                found.setdefault(space, []).append(device)
        return found

    def settle(
        self, members: Membership, space: str, devices: Collection[str], authorize: Authorize
    ) -> None:
        """Put named histories in the place of others, where they are here whole (inside a write
        transaction).
        """
        for one, device, _, head in self._revoked(members, [space] if devices else []):
            if device in devices:
                self._settle(members, one, device, head, authorize)

    def _settle(
        self, members: Membership, space: str, device: str, head: Head, authorize: Authorize
    ) -> None:
        known = [(decode(blob), blob) for blob in self._known(space, device)]
        ends = self._ends(space, device)
        path = forks.path(
            [one for one, _ in known],
            (head.seq, head.hash),
            lambda seq, hash: ends.get(seq) == hash,
        )
        if not path:
            return
        blobs = [next(blob for two, blob in known if two is one) for one in path]
        self._set_aside(space, device, path[0].first - 1, ends)
        fork = self.t.Fork
        for one in path:
            mine = (fork.space == space) & (fork.device == device) & (fork.hash == one.hash)
            fork.delete().where(mine).execute()
        self.segments.put(space, [prove(blob, space, members) for blob in blobs], authorize)

    def _set_aside(self, space: str, device: str, upto: int, ends: Mapping[int, bytes]) -> None:
        """Keep what comes after a sequence as a second history."""
        segment, fork, tip = self.t.Segment, self.t.Fork, self.t.Tip
        mine = (segment.space == space) & (segment.device == device) & (segment.last > upto)
        now = time.time_ns() // 1_000_000
        rows = list(segment.select(segment.last, segment.hash, segment.blob).where(mine).tuples())
        for last, hash, blob in rows:
            row = {"space": space, "device": device, "last": last, "hash": hash, "at": now}
            fork.insert(**row, blob=blob).on_conflict_ignore().execute()
        segment.delete().where(mine).execute()
        for table in (self.t.Birth, self.t.Quarantined, self.t.Parked):
            mine = (table.space == space) & (table.device == device) & (table.seq > upto)
            table.delete().where(mine).execute()
        tip.update(seq=upto, hash=ends[upto]).where(
            (tip.space == space) & (tip.device == device)
        ).execute()

    def _ends(self, space: str, device: str) -> dict[int, bytes]:
        """Sequence -> hash, wherever a segment of a chain ends; that before its first change."""
        segment = self.t.Segment
        query = segment.select(segment.last, segment.hash)
        rows = query.where(segment.space == space, segment.device == device).tuples()
        return {0: genesis(space, device), **{int(last): bytes(hash) for last, hash in rows}}

    def _known(self, space: str, device: str) -> list[bytes]:
        """The segments of second histories."""
        fork = self.t.Fork
        query = fork.select(fork.blob).where(fork.space == space, fork.device == device)
        return [bytes(blob) for (blob,) in query.order_by(fork.last).tuples()]

    def _revoked(
        self, members: Membership, spaces: Sequence[str]
    ) -> Iterator[tuple[str, str, int, Head]]:
        """(space, device, last sequence here, what its revocation names), but for those known to be
        right.
        """
        gone = [one.id for one in members.devices.values() if one.revoked is not None]
        if not gone or not spaces:
            return
        vouch, tip = self.t.Vouch, self.t.Tip
        olds = {one: one for one in gone}
        for some in parts(gone):
            query = vouch.select(vouch.device, vouch.old).where(vouch.old.in_(some))
            olds |= {str(device): str(old) for device, old in query.tuples()}
        for some in parts(sorted(olds)):
            query = tip.select(tip.space, tip.device, tip.seq).where(tip.device.in_(some))
            for space, device, seq in query.tuples():
                head = members.revoked_after(olds[str(device)], str(space), str(device))
                if head is None or head.seq == 0 or (space, device) in self._right:
                    continue
                if str(space) in spaces:
                    yield str(space), str(device), int(seq), head
