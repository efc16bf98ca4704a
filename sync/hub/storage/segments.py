"""Segments: segments as received, their order in each space, and how far each chain goes.

A segment is verified before the lock is taken. Under the lock it is appended to its space, or
refused until the one before it is there; a request is one durable transaction.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from models.frozen import NamedTuple
from models.text.words import Refused
from sync.changes import pruned
from sync.changes.change import genesis
from sync.encoding.segment import Segment, decode
from sync.hub.storage.database import Base, parts
from sync.hub.storage.segment_check import Proven, seen
from sync.transport.http import receipt

Authorize = Callable[[str, Sequence[Proven]], None]
"""Called with the segments that were appended to a space, inside the transaction."""
PORTION = 4 << 20
"""Bytes after which the rest is for the next request."""
SCAN = 2_000
FORKS = 20
"""Most forks that one answer names."""
MANY, FEW = 500, 64


class StoreOutcome(NamedTuple):
    """What became of one segment: applied, known, wait or forked."""

    device: str
    last: int
    what: str


@dataclass
class Put:
    """What one request did in a space."""

    space: str
    n: int
    mark: bytes
    tips: dict[str, int] = field(default_factory=dict)
    outcomes: list[StoreOutcome] = field(default_factory=list)


class SegmentPart(NamedTuple):
    """Some segments that somebody lacks, and where to go on."""

    blobs: list[bytes]
    next: int | None


class HubFork(NamedTuple):
    """A segment of a second history."""

    space: str
    device: str
    first: int
    """The first change that is another one here; 0 where it comes before the segment."""
    last: int
    hash: bytes
    blob: bytes


class SegmentStore:
    """The segments of one database."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.t: Any = base.t

    # -- taking ----------------------------------------------------------------------------------

    def put(self, space: str, some: Sequence[Proven], authorize: Authorize) -> Put:
        """Put segments in their places (inside a write transaction)."""
        n, mark = self._lock(space)
        tips = self._tips(space, some)
        done, new = Put(space, n, mark), list[Proven]()
        rows, now = list[dict[str, Any]](), time.time_ns() // 1_000_000
        for one in some:
            what = self._place(one, tips)
            part = one.segment
            done.outcomes.append(StoreOutcome(part.device, part.last, what))
            if what == "applied":
                done.n += 1
                done.mark = receipt.mark(done.mark, part.device, part.last, part.hash)
                tips[part.device] = part.last, part.hash
                rows.append(_row(one, done.n, done.mark, now))
                new.append(one)
            elif what == "forked":
                self._note_fork(one, now)
        if rows:
            self._write(space, done, rows, tips)
            authorize(space, new)
        done.tips = {one.segment.device: tips.get(one.segment.device, (0, b""))[0] for one in some}
        return done

    def _lock(self, space: str) -> tuple[int, bytes]:
        table = self.t.Space

        def locked(space: Any) -> Any:
            query = table.select(table.last, table.mark).where(table.name == space)
            return self.base.locked(query)

        if not (rows := self.base.rows(locked, space)):
            new = table.insert(name=space, last=0, mark=receipt.BEGUN).on_conflict_ignore()
            new.execute()
            rows = self.base.rows(locked, space)
        return int(rows[0][0]), bytes(rows[0][1])

    def _tips(self, space: str, some: Sequence[Proven]) -> dict[str, tuple[int, bytes]]:
        """The tips of all devices that these segments are by, or build on."""
        names = {one.segment.device for one in some}.union(*(seen(one) for one in some))
        found, tip = dict[str, tuple[int, bytes]](), self.t.Tip

        def those(space: Any, *devices: Any) -> Any:
            query = tip.select(tip.device, tip.seq, tip.hash)
            return query.where(tip.space == space, tip.device.in_(devices))

        for part in parts(sorted(names)):
            for device, seq, hash in self.base.rows(those, space, *part):
                found[device] = int(seq), bytes(hash)
        return found

    def _place(self, one: Proven, tips: Mapping[str, tuple[int, bytes]]) -> str:
        part = one.segment
        held, top = tips.get(part.device, (0, b""))
        if part.first > held + 1:
            return "wait"  # the device that sends it sends the rest first
        if not self._follows(one, held, top):
            return "forked"
        if part.last <= held:
            return "known"
        for device, seq in seen(one).items():
            if device != part.device and seq > tips.get(device, (0, b""))[0]:
                return "wait"
        return "applied"

    def _follows(self, one: Proven, held: int, top: bytes) -> bool:
        """Whether what is here already is the same chain."""
        part, known = one.segment, held - one.segment.first + 1
        if known <= 0:
            return part.prev == (top if held else genesis(part.space, part.device))
        if known <= len(one.hashes):
            return one.hashes[known - 1] == top
        return self.hash_at(part.space, part.device, part.last) == part.hash

    def hash_at(self, space: str, device: str, seq: int) -> bytes | None:
        """The chain hash of a change that is here."""
        segment = self.t.Segment
        query = segment.select(segment.last, segment.hash, segment.n).where(
            segment.space == space, segment.device == device, segment.last >= seq
        )
        row = query.order_by(segment.last).limit(1).tuples().first()
        if row is None:
            return None
        if row[0] == seq:
            return bytes(row[1])
        (blob,) = self._blobs(space, [int(row[2])])
        found = decode(blob)
        hash = found.prev
        for change, body in found.changes():
            hash = pruned.chain(hash, body)
            if change.seq == seq:
                return hash
        return None

    def _write(
        self,
        space: str,
        done: Put,
        rows: Sequence[dict[str, Any]],
        tips: Mapping[str, tuple[int, bytes]],
    ) -> None:
        segment, tip, table = self.t.Segment, self.t.Tip, self.t.Space
        names = tuple(rows[0])

        def kept(*values: Any) -> Any:
            return segment.insert(**dict(zip(names, values, strict=True)))

        def grown(space: Any, device: Any, seq: Any, hash: Any, n: Any) -> Any:
            new = tip.insert(space=space, device=device, seq=seq, hash=hash, n=n)
            keep = [tip.seq, tip.hash, tip.n]
            return new.on_conflict(conflict_target=[tip.space, tip.device], preserve=keep)

        for row in rows:
            self.base.run(kept, *row.values())
        for device, n in {row["device"]: row["n"] for row in rows}.items():
            self.base.run(grown, space, device, *tips[device], n)
        self.base.run(
            lambda n, mark, name: table.update(last=n, mark=mark).where(table.name == name),
            done.n, done.mark, space,
        )  # fmt: skip

    def _note_fork(self, one: Proven, now: int) -> None:
        part, fork = one.segment, self.t.Fork
        mine = (fork.space == part.space) & (fork.device == part.device)
        mine &= (fork.last == part.last) & (fork.hash == part.hash)
        kept = fork.select(fork.blob).where(mine).scalar()
        if kept is not None and decode(bytes(kept)).first <= part.first:
            return
        fork.delete().where(mine).execute()  # of two with one end the longer is kept
        row = {"space": part.space, "device": part.device, "last": part.last, "hash": part.hash}
        fork.insert(**row, at=now, blob=one.blob).execute()

    def forks(self, device: str | None) -> list[HubFork]:
        """The newest forks of one device, or of all."""
        fork = self.t.Fork
        query = fork.select(fork.space, fork.device, fork.last, fork.hash, fork.blob)
        if device is not None:
            query = query.where(fork.device == device)
        found = list[HubFork]()
        for space, one, last, hash, blob in query.order_by(fork.at.desc()).limit(FORKS).tuples():
            try:
                first = self._differing(decode(bytes(blob)))
            except Refused:
                first, blob = 0, b""  # what cannot be read any more is told of all the same
            found.append(HubFork(str(space), str(one), first, int(last), bytes(hash), bytes(blob)))
        return found

    def _differing(self, part: Segment) -> int:
        """The first change of a fork that is another one here."""
        hash, place = part.prev, (part.space, part.device)
        before = self.hash_at(*place, part.first - 1) if part.first > 1 else genesis(*place)
        if before != hash:
            return 0
        for change, body in part.changes():
            hash = pruned.chain(hash, body)
            if self.hash_at(*place, change.seq) not in (None, hash):
                return change.seq
        return 0

    def end(self, space: str, device: str) -> tuple[int, bytes] | None:
        """Where the chain of a device ends."""
        tip = self.t.Tip
        query = tip.select(tip.seq, tip.hash).where(tip.space == space, tip.device == device)
        row = query.tuples().first()
        return (int(row[0]), bytes(row[1])) if row is not None else None

    # -- telling ---------------------------------------------------------------------------------

    def at(self, space: str) -> tuple[int, bytes]:
        """How far the order of a space has grown, and its mark."""
        table = self.t.Space
        select = table.select(table.last, table.mark)
        rows = self.base.rows(lambda space: select.where(table.name == space), space)
        return (int(rows[0][0]), bytes(rows[0][1])) if rows else (0, receipt.BEGUN)

    def mark_at(self, space: str, n: int) -> bytes | None:
        """The mark that the order had at a number; None when it has not grown so far."""
        if n == 0:
            return receipt.BEGUN
        segment = self.t.Segment
        select = segment.select(segment.mark)
        rows = self.base.rows(
            lambda space, n: select.where(segment.space == space, segment.n == n), space, n
        )
        return bytes(rows[0][0]) if rows else None

    def tips(self, space: str, after: int) -> dict[str, int]:
        """Device -> sequence, of the chains that grew after a number."""
        tip = self.t.Tip
        select = tip.select(tip.device, tip.seq)
        rows = self.base.rows(
            lambda space, n: select.where(tip.space == space, tip.n > n), space, after
        )
        return {str(device): int(seq) for device, seq in rows}

    def spaces(self) -> list[str]:
        """Every space there is anything of."""
        return [space for space, _, _ in self.ends(None)]

    def ends(self, names: Sequence[str] | None) -> list[tuple[str, int, bytes]]:
        """(space, how far its order has grown, its mark) of these spaces, or of every one."""
        table = self.t.Space
        found = list[tuple[str, int, bytes]]()
        select = table.select(table.name, table.last, table.mark).order_by(table.name)
        every = self.base.rows(lambda: select) if names is None else list[Any]()
        for part in parts(names or ()):
            every += self.base.rows(lambda *names: select.where(table.name.in_(names)), *part)
        for name, n, mark in every:
            found.append((str(name), int(n), bytes(mark)))
        return found

    def lacking(self, space: str, want: Mapping[str, int], after: int) -> SegmentPart:
        """The segments beyond these sequences, of these devices only, in the hub's order."""
        blobs, size = list[bytes](), 0
        while True:
            page, chosen = self._page(space, want, after), list[int]()
            for n, device, last, bytes_ in page:
                if device not in want or last <= want[device]:
                    continue
                count = len(blobs) + len(chosen)
                if count and (size + bytes_ > PORTION or count >= MANY):
                    return SegmentPart(blobs + self._blobs(space, chosen), int(n) - 1)
                chosen.append(int(n))
                size += bytes_
            blobs += self._blobs(space, chosen)
            if len(page) < SCAN:
                return SegmentPart(blobs, None)
            after = int(page[-1][0])

    def _page(self, space: str, want: Mapping[str, int], after: int) -> list[Any]:
        """(number, device, last sequence, size) of segments after a number, in their order.

        Of a few devices that are not wanted from the start only what is wanted; otherwise all.
        """
        segment = self.t.Segment
        select = segment.select(segment.n, segment.device, segment.last, segment.size)

        def all(space: Any, after: Any) -> Any:
            query = select.where(segment.space == space, segment.n > after)
            return query.order_by(segment.n).limit(SCAN)

        def some(space: Any, after: Any, *pairs: Any) -> Any:
            either = reduce(or_, (
                (segment.device == device) & (segment.last > seq)
                for device, seq in zip(pairs[::2], pairs[1::2], strict=True)
            ))  # fmt: skip
            query = select.where(segment.space == space, segment.n > after, either)
            return query.order_by(segment.n).limit(SCAN)

        if len(want) > FEW or not any(want.values()):
            return self.base.rows(all, space, after)
        pairs = (part for pair in want.items() for part in pair)
        return self.base.rows(some, space, after, *pairs)

    def _blobs(self, space: str, numbers: Sequence[int]) -> list[bytes]:
        segment, found = self.t.Segment, list[bytes]()

        def those(space: Any, *numbers: Any) -> Any:
            query = segment.select(segment.blob).order_by(segment.n)
            return query.where(segment.space == space, segment.n.in_(numbers))

        for part in parts(numbers):
            found += [bytes(row[0]) for row in self.base.rows(those, space, *part)]
        return found


def _row(one: Proven, n: int, mark: bytes, now: int) -> dict[str, Any]:
    part = one.segment
    return {
        "space": part.space,
        "n": n,
        "device": part.device,
        "first": part.first,
        "last": part.last,
        "hash": part.hash,
        "mark": mark,
        "size": len(one.blob),
        "members": part.members,
        "at": now,
        "blob": one.blob,
    }
