"""Snapshot: segments in which some changes are pruned to their digests. Pure.

A segment keeps its bounds, its chain and its seal: the chain is made of digests, so no row can be
inserted or altered. Of a pruned change its record, its time and what it replaced are sent too, so
that the rest merges exactly as the whole log would.

Between its first and its last segment a snapshot is no state that ever was: values are taken away
whose successors are still to come. So each of its segments says up to which versions all must be
here (`until`) before the first of them is applied (`sync.apply.snapshot_assembly`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sync.changes import pruned
from sync.changes.change import Change, LoggedRow
from sync.changes.pruned import PrunedChange
from sync.encoding.decode_error import refuse
from sync.encoding.pack import pack
from sync.encoding.unpack import Opened, unpack

DIGEST = 32


@dataclass(frozen=True, slots=True)
class Thin:
    """What a thinned segment has in the place of the bodies that were left out."""

    gone: bytes
    """A bit for every change of the segment, the first change's the highest; set: left out."""
    digests: bytes
    packed: bytes
    """The left-out changes without their values, packed like changes."""
    until: tuple[tuple[str, int], ...]
    """(device, sequence): all that must be here before any of it counts."""

    def places(self, first: int, last: int) -> list[int]:
        """The sequences that were left out."""
        count = last - first + 1
        bits = f"{int.from_bytes(self.gone):b}".zfill(8 * len(self.gone))
        if len(self.gone) != -(-count // 8) or "1" in bits[count:]:
            refuse()
        found = [first + n for n, bit in enumerate(bits) if bit == "1"]
        return found if len(self.digests) == DIGEST * len(found) else refuse()


def thinned(
    space: str,
    device: str,
    rows: Sequence[LoggedRow],
    until: Mapping[str, int],
    *,
    zstd: bool = True,
) -> tuple[bytes, Thin]:
    """The packed bodies of the whole changes (none: empty) and the form of the pruned ones."""
    whole = [row.body for row in rows if not pruned.is_stub(row.body)]
    gone = [row for row in rows if pruned.is_stub(row.body)]
    bits = "".join("1" if pruned.is_stub(row.body) else "0" for row in rows)
    size = -(-len(bits) // 8)
    heads = [_head(space, device, row) for row in gone]
    return pack(whole, zstd=zstd) if whole else b"", Thin(
        int(bits.ljust(8 * size, "0"), 2).to_bytes(size),
        b"".join(pruned.digest(row.body) for row in gone),
        pack(heads, zstd=zstd) if heads else b"",
        tuple(sorted(until.items())),
    )


def opened(packed: bytes, thin: Thin, space: str, device: str, first: int, last: int) -> Opened:
    """The changes with their bodies or pruned forms; `Refused` otherwise."""
    gone = thin.places(first, last)
    left = sorted(set(range(first, last + 1)).difference(gone))
    whole = unpack(packed, space, device, first, left) if left else []
    bare = unpack(thin.packed, space, device, first, gone, kind=PrunedChange) if gone else []
    until = dict(thin.until)
    if (packed and not left) or (thin.packed and not gone):
        refuse()
    if not all(_valueless(change) for change, _ in bare):
        refuse()
    if thin.until != tuple(sorted(until.items())) or until.get(device, 0) < last:
        refuse()
    stubs = [(c, pruned.made(_digest(thin, n), c.tx, c.base)) for n, (c, _) in enumerate(bare)]
    return sorted([*whole, *stubs], key=lambda pair: pair[0].seq)


def first_missing(until: Mapping[str, int], reach: Mapping[str, int]) -> tuple[str, int] | None:
    """Of what a snapshot reaches up to, the (device, sequence) that most is missing of, or None."""
    lacks = [(seq - reach.get(device, 0), device) for device, seq in until.items()]
    gap, device = max(lacks, default=(0, ""))
    return (device, until[device]) if gap > 0 else None


def _head(space: str, device: str, row: LoggedRow) -> bytes:
    """A pruned change as one without values, in canonical bytes."""
    said = pruned.read(row.body)
    shape: Any = space, device, row.seq, row.at, row.type, row.record, said.tx, {}, said.base
    return Change(*shape).canonical()


def _valueless(change: Change) -> bool:
    parts = change.fields, change.header, change.move, change.extra
    return not any(parts) and change.header is None and change.move is None


def _digest(thin: Thin, n: int) -> bytes:
    return thin.digests[n * DIGEST : (n + 1) * DIGEST]
