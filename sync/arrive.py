"""Arrive: segments of others are verified, logged, judged and applied, each in one transaction.

A segment and its counters are on the disk together or not at all, so whoever looks at any moment,
after any crash, finds whole segments and chains that check. Our own unsealed changes of the space
are sealed first, in the same transaction: no segment of ours has two pasts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from models.words import Refused, W
from sync import adoption, forks, seals, waiting
from sync.apply import Applying, Arrived, Outcome
from sync.names import Names
from sync.sealing import Sealing
from sync.seals import Seal
from sync.segment import Segment, decode
from sync.trust import Trust
from sync.waiting import Want
from sync.workspace import Workspace

TOO_MUCH = W(
    "等待前面改动的内容太多，这一段没有保留。请先同步缺少的部分，再同步一次。",
    "Too much waits for earlier changes; this segment was not kept."
    " Sync what is missing first, then sync again.",
)
OUTDATED = W(
    "其他设备上有本机写过而这里没有的改动：本机的数据是旧的副本。请关闭再打开现场簿，然后同步。",
    "Other devices have changes that this device wrote and no longer has: its data is an older"
    " copy. Close and open the book again, then sync.",
)

What = Literal["applied", "known", "waiting", "refused", "forked"]


@dataclass
class Arrival:
    """What became of one segment."""

    what: What
    segment: Segment | None = None
    outcome: Outcome = field(default_factory=Outcome)
    want: Want | None = None
    why: Refused | None = None


class Arriving:
    """Takes segments into one workspace."""

    def __init__(self, workspace: Workspace, trust: Trust, sealing: Sealing) -> None:
        self.workspace = workspace
        self.store = workspace.store
        self.log = workspace.log
        self.trust = trust
        self.sealing = sealing

    def take(self, blob: bytes) -> list[Arrival]:
        """Take an encoded segment; first what became of it, then of those that waited for it.

        Raises `Refused` when the disk, the key or this book is at fault, not the segment.
        """
        return self._go_on([self._take(blob)])

    def retry(self) -> list[Arrival]:
        """Try those again that waited for a membership version which is here now."""
        ready = waiting.for_members(self._db, self.trust.membership.version)
        return self._go_on(self._again(ready))

    @property
    def _db(self) -> Any:
        return self.store.db.connection()

    def _go_on(self, done: list[Arrival]) -> list[Arrival]:
        """What was applied may be what others waited for, and so on."""
        for one in done:
            if one.what == "applied" and one.segment is not None:
                done += self._again(waiting.ready(self._db, one.segment.space))
        return done

    def _again(self, ready: Mapping[int, bytes]) -> list[Arrival]:
        done = []
        for rowid, blob in ready.items():
            one = self._take(blob)
            if one.what != "waiting":
                with self.store.write():
                    waiting.drop(self._db, rowid)
                done.append(one)
        return done

    def _take(self, blob: bytes) -> Arrival:
        segment = None
        try:
            segment = decode(blob)
            verified = self.trust.verify(segment)
        except Refused as why:
            return Arrival("refused", segment, why=why)
        with self.store.write():
            if isinstance(verified, Want):
                return self._wait(segment, blob, verified)
            return self._enter(segment, verified, blob)

    def _wait(self, segment: Segment, blob: bytes, want: Want) -> Arrival:
        if waiting.keep(self._db, segment, blob, want, self.log.now()):
            return Arrival("waiting", segment, want=want)
        return Arrival("refused", segment, why=Refused(TOO_MUCH))

    def _enter(self, segment: Segment, batch: Sequence[Arrived], blob: bytes) -> Arrival:
        """Put a verified segment in its place, inside the transaction."""
        held, top = self.log.tip(segment.space, segment.device)
        if segment.first > held + 1:
            return self._wait(segment, blob, Want("change", segment.device, segment.first - 1))
        known = held - segment.first + 1
        if not self._follows(segment, batch, known, top):
            forks.note(self._db, segment, blob, self.log.now())
            return Arrival("forked", segment)
        if segment.last <= held:
            return Arrival("known", segment)
        if segment.device == self.log.device:
            self.workspace.mark.flush({segment.space: segment.last})
            raise Refused(OUTDATED)
        batch = batch[known:]
        want = self._missing(segment, batch)
        if want is not None:
            return self._wait(segment, blob, want)
        return Arrival("applied", segment, self._apply(segment, batch))

    def _follows(self, segment: Segment, batch: Sequence[Arrived], known: int, top: bytes) -> bool:
        """Whether the part that is here already is the same."""
        if known == 0:
            return segment.prev == top
        if known <= len(batch):
            return batch[known - 1].hash == top
        idx = self.workspace.people.idx_of(segment.device)
        here = seals.hash_at(self._db, segment.space, segment.device, idx, segment.last)
        return here == segment.hash

    def _missing(self, segment: Segment, batch: Sequence[Arrived]) -> Want | None:
        """The first version that the changes build on and that is not here."""
        held = {**self.log.vector(segment.space), segment.device: segment.last}
        for change, _, _ in batch:
            seen = list(change.base.values())
            if change.move is not None and "saw" in change.move:
                seen += change.move["saw"].values()  # type: ignore[attr-defined]
            for dots in seen:
                for device, seq in dots:
                    if seq > held.get(device, 0):
                        return Want("change", device, seq)
        return None

    def _apply(self, segment: Segment, batch: Sequence[Arrived]) -> Outcome:
        self.sealing.seal(segment.space)
        self.log.extend(segment.space, batch)
        names = Names(self._db, self.workspace.people, segment.space, self.log.now())
        idx = names.idx(segment.device)
        whole = (segment.first, segment.last, segment.hash, segment.members, segment.signature)
        seals.put(self._db, segment.space, Seal(idx, *whole))
        faults = self.trust.judge(names, segment, [one.change for one in batch])
        outcome = Applying(self.store, names).take(batch, faults)
        adoption.carry_out(self.store, names, batch, faults, outcome)
        return outcome
