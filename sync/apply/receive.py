"""Receive: segments of others are verified, logged, judged and applied, each in one transaction.

A segment and its counters are on the disk together or not at all, so whoever looks at any moment,
after any crash, finds whole segments and chains that check. Our own unsealed changes of the space
are sealed first, in the same transaction: no segment of ours has two pasts. A snapshot is one
transaction as a whole, since what lies between its segments is no state that ever was.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from models.text.words import Refused, W
from sync.apply.apply_changes import Applying, ApplyOutcome
from sync.apply.local_history import LocalHistory
from sync.apply.reevaluation import adoption, missing_values
from sync.apply.seal_own import Sealing
from sync.apply.snapshot_assembly import Gathered, Joint
from sync.apply.verifier import SegmentVerifier
from sync.changes.compatibility import ADOPT
from sync.encoding.segment import Segment, decode
from sync.log import device_aliases, forks, pending_segments, seals
from sync.log.pending_segments import Want
from sync.log.seals import Seal
from sync.log.version_lookup import VersionLookup
from sync.validation.authorize import judge_all
from sync.validation.history import Writer
from sync.validation.verify import FORKED, Accept, Linked
from sync.workspace.workspace import Workspace

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

ROWS = 10_000
"""Most rows of a snapshot in memory at once."""

What = Literal["applied", "known", "waiting", "refused", "forked"]


@dataclass
class Arrival:
    """What became of one segment."""

    what: What
    segment: Segment | None = None
    outcome: ApplyOutcome = field(default_factory=ApplyOutcome)
    want: Want | None = None
    why: Refused | None = None


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without looking for cycles: a segment makes none and many objects (an eighth of its time)."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _light(segment: Segment | None) -> Segment | None:
    """A segment without what it carried: of a snapshot all parts are remembered."""
    return replace(segment, packed=b"", thin=None) if segment is not None else None


class _Unfit(Exception):
    """A snapshot that cannot be applied whole: nothing of it is, and some of it is forgotten."""

    def __init__(self, rows: list[int], arrivals: list[Arrival]) -> None:
        super().__init__()
        self.rows = rows
        self.arrivals = arrivals


class Arriving:
    """Takes segments into one workspace."""

    def __init__(self, workspace: Workspace, trust: SegmentVerifier, sealing: Sealing) -> None:
        self.workspace = workspace
        self.store = workspace.store
        self.log = workspace.log
        self.trust = trust
        self.sealing = sealing
        self.gathered = Gathered()
        self._joint: Joint | None = None
        """The snapshot that is being applied."""

    def take(self, blob: bytes) -> list[Arrival]:
        """Take an encoded segment; first what became of it, then of those that waited for it.

        Raises `Refused` when the disk, the key or this book is at fault, not the segment.
        """
        with _undisturbed():
            return self._go_on([self._take(blob)])

    def retry(self) -> list[Arrival]:
        """Try those again that waited for a membership version which is here now."""
        ready = pending_segments.for_members(self._db, self.trust.membership.version)
        with _undisturbed():
            return self._go_on(self._again(ready))

    @property
    def _db(self) -> Any:
        return self.store.db.connection()

    def _go_on(self, done: list[Arrival]) -> list[Arrival]:
        """What was applied may be what others waited for, and so on."""
        for one in done:
            if one.segment is not None and one.what == "applied":
                done += self._again(pending_segments.ready(self._db, one.segment.space))
                done += self._again(pending_segments.for_bodies(self._db, one.segment.space))
            if one.segment is not None and one.what in ("applied", "waiting"):
                done += self._joined(one.segment.space)
        return done

    def _joined(self, space: str) -> list[Arrival]:
        """A snapshot that is here whole now, applied whole."""
        if not self.gathered.complete(self._db, space, self.log.vector(space)):
            return []
        try:
            with self.store.write():
                return self._join(space)
        except _Unfit as unfit:
            with self.store.write():
                for rowid in unfit.rows:
                    pending_segments.drop(self._db, rowid)
            return unfit.arrivals

    def _join(self, space: str) -> list[Arrival]:
        """Apply all that waits in the space, as far as one follows from the other."""
        self.sealing.seal(space)
        names = VersionLookup(self._db, self.workspace.people, space, self.log.now())
        joint = self._joint = Joint(names, Applying(self.store, names))
        try:
            done = self._joined_in_turn(pending_segments.of_space(self._db, space))
            parts = [rowid for rowid, *_ in pending_segments.of_snapshot(self._db, space)]
            if parts or not joint.whole(self.log.vector(space)):
                raise _Unfit([], [])  # something else has to come first
            try:
                joint.check()
            except Refused as why:
                raise _Unfit(list(done), [Arrival("refused", why=why)]) from None
            last = next(reversed(done.values()))
            last.outcome.add(joint.applying.finish())
        finally:
            self._joint = None
        return list(done.values())

    def _joined_in_turn(self, left: list[int]) -> dict[int, Arrival]:
        """What became of waiting segments, by row."""
        done, before = dict[int, Arrival](), 0
        while len(left) != before:
            before = len(left)
            for rowid in left:
                one = self._take(pending_segments.blob(self._db, rowid))
                if one.what == "refused":
                    raise _Unfit([rowid], [one])
                if one.what != "waiting":
                    pending_segments.drop(self._db, rowid)
                    done[rowid] = replace(one, segment=_light(one.segment))
            left = [rowid for rowid in left if rowid not in done]
        return done

    def _again(self, ready: Mapping[int, bytes]) -> list[Arrival]:
        done = []
        for rowid, blob in ready.items():
            one = self._take(blob)
            if one.what != "waiting":
                with self.store.write():
                    pending_segments.drop(self._db, rowid)
                done.append(one)
        return done

    def _take(self, blob: bytes) -> Arrival:
        segment = None
        try:
            segment = decode(blob)
            part = segment.thin is not None and self._joint is None
            verified = self.trust.sealed(segment) if part else self.trust.verify(segment)
        except Refused as why:
            return Arrival("refused", segment, why=why)
        with self.store.write():
            if isinstance(verified, Want):
                return self._wait(segment, blob, verified)
            if isinstance(verified, Writer):
                return self._gather(segment, blob)
            return self._enter(segment, verified, blob)

    def _gather(self, segment: Segment, blob: bytes) -> Arrival:
        """Keep a part of a snapshot until the rest is here; it is read when it is applied."""
        space, device = segment.space, segment.device
        held, _ = self.log.tip(space, device)
        for seq, hash in ((segment.first - 1, segment.prev), (segment.last, segment.hash)):
            idx = self.workspace.people.idx_of(device)
            if seq <= held and seals.hash_at(self._db, space, device, idx, seq) != hash:
                return self._forked(segment, blob)
        if segment.last <= held:
            return Arrival("known", segment)
        if device == self.log.device:
            raise self._outdated(segment)
        short = self.gathered.short(segment, self.log.vector(space))
        return self._wait(segment, blob, Want("snapshot", *(short or (device, segment.last))))

    def _wait(self, segment: Segment, blob: bytes, want: Want) -> Arrival:
        if self._joint is not None:
            return Arrival("waiting", segment, want=want)
        if pending_segments.keep(self._db, segment, blob, want, self.log.now()):
            return Arrival("waiting", segment, want=want)
        return Arrival("refused", segment, why=Refused(TOO_MUCH))

    def _enter(self, segment: Segment, verified: Accept, blob: bytes) -> Arrival:
        """Put a verified segment in its place, inside the transaction."""
        held, top = self.log.tip(segment.space, segment.device)
        if segment.first > held + 1:
            return self._wait(segment, blob, Want("change", segment.device, segment.first - 1))
        known = held - segment.first + 1
        if not self._follows(segment, verified, known, top):
            return self._forked(segment, blob)
        if segment.last <= held:
            return self._filled(segment, verified)
        if segment.device == self.log.device:
            raise self._outdated(segment)
        fresh = verified.changes[known:]
        want = self._missing(segment, fresh)
        if want is not None:
            return self._wait(segment, blob, want)
        return self._apply(segment, verified.writer, fresh, blob)

    def _forked(self, segment: Segment, blob: bytes) -> Arrival:
        forks.note(self._db, segment, blob, self.log.now())
        why = Refused(FORKED, device=segment.device, seq=segment.first)
        return Arrival("forked", segment, why=why)

    def _filled(self, segment: Segment, verified: Accept) -> Arrival:
        """What is known already; values that were left out of it are kept now."""
        if segment.thin is not None:
            return Arrival("known", segment)
        names = VersionLookup(self._db, self.workspace.people, segment.space, self.log.now())
        told = missing_values.fill(self.store, names, self.trust, segment.device, verified.changes)
        if told is None:
            return Arrival("known", segment)
        return Arrival("applied", segment, ApplyOutcome(touched=told))

    def _outdated(self, segment: Segment) -> Refused:
        """Others have more of us than we do; on the next opening we go on under a new id."""
        self.workspace.mark.flush({segment.space: segment.last})
        return Refused(OUTDATED)

    def _follows(self, segment: Segment, verified: Accept, known: int, top: bytes) -> bool:
        """Whether the part that is here already is the same."""
        if known == 0:
            return segment.prev == top
        if known <= len(verified.changes):
            return verified.changes[known - 1][2] == top
        idx = self.workspace.people.idx_of(segment.device)
        return seals.hash_at(self._db, segment.space, segment.device, idx, segment.last) == (
            segment.hash
        )

    def _missing(self, segment: Segment, fresh: Linked) -> Want | None:
        """The first version that the changes build on and that is not here."""
        held = {**self.log.vector(segment.space), segment.device: segment.last}
        for change, _, _ in fresh:
            seen = list(change.base.values())
            if change.move is not None and "saw" in change.move:
                seen += change.move["saw"].values()  # type: ignore[attr-defined]
            for dots in seen:
                for device, seq in dots:
                    if seq > held.get(device, 0):
                        return Want("change", device, seq)
        return None

    def _apply(self, segment: Segment, writer: Writer, fresh: Linked, blob: bytes) -> Arrival:
        joint, changes = self._joint, [change for change, _, _ in fresh]
        if joint is None:
            self.sealing.seal(segment.space)
            names = VersionLookup(self._db, self.workspace.people, segment.space, self.log.now())
            applying = Applying(self.store, names)
        else:
            names, applying = joint.names, joint.applying
        if segment.vouch is not None:
            self._believe(names, segment, writer)
        applying.load(changes)
        known = self.trust.membership
        kept = LocalHistory(names, known, (c.record for c in changes), None, applying.rows)
        judged = judge_all(changes, writer, kept, known)
        if judged.lacking:
            device, seq = next(iter(judged.lacking.values()))
            return self._wait(segment, blob, Want("body", device, seq))
        if joint is not None:
            joint.add(segment, changes)
        self.log.extend_linked(segment.space, segment.device, fresh)
        row = (segment.first, segment.last, segment.hash, segment.members, segment.signature)
        seals.put(self._db, segment.space, Seal(names.idx(segment.device), *row))
        done = applying.take(changes, judged.faults)
        adopts = any(ADOPT in change.fields for change in changes)
        if joint is None or adopts or len(applying.rows) > ROWS:
            done.add(applying.finish())
        if adopts:
            done.touched |= adoption.carry_out(
                self.store, names, self.trust, changes, judged.faults
            )
        return Arrival("applied", segment, done)

    def _believe(self, names: VersionLookup, segment: Segment, writer: Writer) -> None:
        """A device that goes on under a new id belongs to the same person."""
        assert segment.vouch is not None
        device_aliases.keep(self._db, segment.device, segment.vouch)
        sql = "UPDATE device SET person=? WHERE idx=? AND person IS NULL"
        self._db.execute(sql, (writer.person, names.idx(segment.device)))
