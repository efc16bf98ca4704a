"""Depot: segments as received, their order in each space, and how far each chain goes.

A segment is checked before the lock is taken. Under the lock it is put behind what is there, or
told to wait for what it follows; everything of one request is one durable transaction.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sync import stub
from sync.change import genesis
from sync.hub import receipt
from sync.hub.base import Base
from sync.hub.proof import Proven, seen
from sync.segment import decode

Judge = Callable[[str, Sequence[Proven]], None]
"""Told of what was put in place in a space, inside the transaction."""
PORTION = 4 << 20
"""Bytes after which the rest is for the next request."""
SCAN = 2_000
FORKS = 100
"""Of how many second histories people are told."""
MANY = 500


class Outcome(NamedTuple):
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
    outcomes: list[Outcome] = field(default_factory=list)


class Part(NamedTuple):
    """Some segments that somebody lacks, and where to go on."""

    blobs: list[bytes]
    next: int | None


class Depot:
    """The segments of one database."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.t: Any = base.t

    # -- taking ----------------------------------------------------------------------------------

    def put(self, space: str, some: Sequence[Proven], judge: Judge) -> Put:
        """Put segments in their places (inside a write transaction)."""
        n, mark = self._lock(space)
        tips = self._tips(space, some)
        done, new = Put(space, n, mark), list[Proven]()
        rows, now = list[dict[str, Any]](), time.time_ns() // 1_000_000
        for one in some:
            what = self._place(one, tips)
            part = one.segment
            done.outcomes.append(Outcome(part.device, part.last, what))
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
            judge(space, new)
        done.tips = {one.segment.device: tips.get(one.segment.device, (0, b""))[0] for one in some}
        return done

    def _lock(self, space: str) -> tuple[int, bytes]:
        table = self.t.Space
        query = table.select(table.last, table.mark).where(table.name == space)
        row = self.base.locked(query).tuples().first()
        if row is None:
            new = table.insert(name=space, last=0, mark=receipt.BEGUN).on_conflict_ignore()
            new.execute()
            row = self.base.locked(query).tuples().first()
        return int(row[0]), bytes(row[1])

    def _tips(self, space: str, some: Sequence[Proven]) -> dict[str, tuple[int, bytes]]:
        """The tips of all devices that these segments are by, or build on."""
        names = {one.segment.device for one in some}.union(*(seen(one) for one in some))
        found, tip = dict[str, tuple[int, bytes]](), self.t.Tip
        for part in _parts(sorted(names)):
            query = tip.select(tip.device, tip.seq, tip.hash)
            for device, seq, hash in query.where(tip.space == space, tip.device.in_(part)).tuples():
                found[device] = int(seq), bytes(hash)
        return found

    def _place(self, one: Proven, tips: Mapping[str, tuple[int, bytes]]) -> str:
        part = one.segment
        held, top = tips.get(part.device, (0, b""))
        if part.first > held + 1:
            return "wait"  # whoever brings it brings the rest first
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
            hash = stub.chain(hash, body)
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
        for part in _parts(rows, 50):
            self.t.Segment.insert_many(part).execute()
        tip, at = self.t.Tip, {row["device"]: row["n"] for row in rows}
        names = ("space", "device", "seq", "hash", "n")
        new = [
            dict(zip(names, (space, device, *tips[device], n), strict=True))
            for device, n in at.items()
        ]
        for part in _parts(new):
            query = tip.insert_many(part).on_conflict(
                conflict_target=[tip.space, tip.device], preserve=[tip.seq, tip.hash, tip.n]
            )
            query.execute()
        table = self.t.Space
        table.update(last=done.n, mark=done.mark).where(table.name == space).execute()

    def _note_fork(self, one: Proven, now: int) -> None:
        part = one.segment
        self.t.Fork.insert(
            space=part.space, device=part.device, last=part.last, hash=part.hash, at=now,
            blob=one.blob,
        ).on_conflict_ignore().execute()  # fmt: skip

    def forks(self, device: str | None) -> list[tuple[str, str, int, bytes]]:
        """(space, device, last sequence, hash) of second histories, of one device or of all."""
        fork = self.t.Fork
        query = fork.select(fork.space, fork.device, fork.last, fork.hash)
        if device is not None:
            query = query.where(fork.device == device)
        rows = query.order_by(fork.at.desc()).limit(FORKS).tuples()
        return [(str(space), str(one), int(last), bytes(hash)) for space, one, last, hash in rows]

    # -- telling ---------------------------------------------------------------------------------

    def at(self, space: str) -> tuple[int, bytes]:
        """How far the order of a space has grown, and its mark."""
        table = self.t.Space
        row = table.select(table.last, table.mark).where(table.name == space).tuples().first()
        return (int(row[0]), bytes(row[1])) if row else (0, receipt.BEGUN)

    def mark_at(self, space: str, n: int) -> bytes | None:
        """The mark that the order had at a number; None when it has not grown so far."""
        if n == 0:
            return receipt.BEGUN
        segment = self.t.Segment
        query = segment.select(segment.mark).where(segment.space == space, segment.n == n)
        row = query.tuples().first()
        return bytes(row[0]) if row else None

    def tips(self, space: str, after: int) -> dict[str, int]:
        """Device -> sequence, of the chains that grew after a number."""
        tip = self.t.Tip
        query = tip.select(tip.device, tip.seq).where(tip.space == space, tip.n > after)
        return {str(device): int(seq) for device, seq in query.tuples()}

    def spaces(self) -> list[str]:
        """Every space there is anything of."""
        return [space for space, _, _ in self.ends(None)]

    def ends(self, names: Sequence[str] | None) -> list[tuple[str, int, bytes]]:
        """(space, how far its order has grown, its mark) of these spaces, or of every one."""
        table = self.t.Space
        found = list[tuple[str, int, bytes]]()
        for part in [None] if names is None else _parts(names):
            query = table.select(table.name, table.last, table.mark).order_by(table.name)
            query = query if part is None else query.where(table.name.in_(part))
            found += [(str(name), int(n), bytes(mark)) for name, n, mark in query.tuples()]
        return found

    def lacking(self, space: str, want: Mapping[str, int], after: int) -> Part:
        """The segments beyond these sequences, of these devices only, in the hub's order."""
        start = max(after, self._first(space, want) - 1) if want else after
        segment, blobs, size = self.t.Segment, list[bytes](), 0
        while True:
            query = segment.select(segment.n, segment.device, segment.last, segment.size)
            page = list(
                query.where(segment.space == space, segment.n > start)
                .order_by(segment.n)
                .limit(SCAN)
                .tuples()
            )
            chosen = list[int]()
            for n, device, last, bytes_ in page:
                if device not in want or last <= want[device]:
                    continue
                count = len(blobs) + len(chosen)
                if count and (size + bytes_ > PORTION or count >= MANY):
                    return Part(blobs + self._blobs(space, chosen), int(n) - 1)
                chosen.append(int(n))
                size += bytes_
            blobs += self._blobs(space, chosen)
            if len(page) < SCAN:
                return Part(blobs, None)
            start = int(page[-1][0])

    def _first(self, space: str, want: Mapping[str, int]) -> int:
        """The lowest number of any segment wanted."""
        from peewee import fn

        if len(want) > 64:
            return 1
        segment, found = self.t.Segment, list[int]()
        for device, seq in want.items():
            query = segment.select(fn.MIN(segment.n)).where(
                segment.space == space, segment.device == device, segment.last > seq
            )
            n = query.scalar()
            if n is not None:
                found.append(int(n))
        return min(found, default=1)

    def _blobs(self, space: str, numbers: Sequence[int]) -> list[bytes]:
        segment, found = self.t.Segment, list[bytes]()
        for part in _parts(numbers):
            query = segment.select(segment.blob).where(segment.space == space, segment.n.in_(part))
            found += [bytes(row[0]) for row in query.order_by(segment.n).tuples()]
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
        "at": now,
        "blob": one.blob,
    }


def _parts(some: Iterable[Any], size: int = 400) -> Iterable[Any]:
    every = list(some)
    for at in range(0, len(every), size):
        yield every[at : at + size]
