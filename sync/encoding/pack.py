"""Pack: consecutive changes of one device in one space, as columns, squeezed. Pure.

What is packed are canonical bodies, and `sync.encoding.unpack` gives the very same bodies again:
only they are hashed, so a device that forwards changes may pack them anew.

Form: a squeezed msgpack list of the format's number, how many changes, the table of ids, (type,
skeleton) of every shape, each change's shape, the tags of the columns, and the columns: time,
its counter, distance to the transaction's first, record, then every shape's own ones.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from models.frozen import NamedTuple
from sync.changes.change import FORMAT as CHANGE
from sync.changes.hybrid_clock import COUNTER_BITS, millis
from sync.encoding.columns import Ids, known_ids, numbers, write
from sync.encoding.compression import squeeze
from sync.encoding.decode_error import TOO_MANY, refuse
from sync.encoding.skeletons import split

FORMAT = 1
CHANGES = 20_000
"""Most changes in a segment: one transaction may be longer than the usual segment."""
COUNTER = (1 << COUNTER_BITS) - 1


class _Group(NamedTuple):
    """The changes of one shape: their places in the segment and their scalars."""

    rows: list[int]
    scalars: list[list[Any]]


def pack(bodies: Sequence[bytes], *, zstd: bool = True) -> bytes:
    """The packed form of canonical bodies of our log: right ones, and consecutive.

    With `zstd` off it is written with zlib. Raises `Refused` when they are too much.
    """
    from msgpack import packb  # type: ignore[import-untyped]

    if len(bodies) > CHANGES:
        refuse(TOO_MANY)
    found = [json.loads(body) for body in bodies]
    ids = Ids(seeds(found[0]["s"], found[0]["d"]))
    times = [millis(raw["a"]) for raw in found]
    columns = [
        write(times, [0] * len(found), ids),
        write([raw["a"] & COUNTER for raw in found], times, ids),
        write([raw["q"] - raw["x"] for raw in found], times, ids),
        write([raw["r"] for raw in found], times, ids),
    ]
    groups, order = _groups(found)
    for group in groups.values():
        near = [times[n] for n in group.rows]
        columns += [write(c, near, ids) for c in zip(*group.scalars, strict=True)]
    named = [text for pair in groups for text in pair]
    tags = bytes(tag for tag, _ in columns)
    head = [FORMAT, len(found), ids.blob(), named, numbers(order), tags]
    data: bytes = packb([*head, *(part for _, parts in columns for part in parts)])
    return squeeze(data, zstd=zstd)


def seeds(space: str, device: str) -> list[str]:
    """The ids that every table begins with, unwritten: the segment names them already."""
    return known_ids(device, space.partition(":")[2])


def _groups(found: list[dict[str, Any]]) -> tuple[dict[tuple[str, str], _Group], list[int]]:
    """Changes by type and skeleton, and the place of each one's shape among them."""
    groups: dict[tuple[str, str], _Group] = {}
    places: dict[tuple[str, str], int] = {}
    order = []
    for n, raw in enumerate(found):
        assert raw.pop("v") == CHANGE
        for name in "adqrsx":
            del raw[name]
        type_, scalars = raw.pop("t"), list[Any]()
        key = (type_, split(raw, scalars))
        order.append(places.setdefault(key, len(places)))
        group = groups.setdefault(key, _Group([], []))
        group.rows.append(n)
        group.scalars.append(scalars)
    return groups, order
