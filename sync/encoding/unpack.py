"""Unpacking: what `sync.encoding.pack` packed, read as strictly as if every change came alone.
Pure.

Declared counts and sizes are checked before anything is made of them. Each change's canonical
bytes come from its shape's template; the first of every shape is also parsed the plain way and
compared, so that one parser decides what a change may be, and the columns check its values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, repeat
from typing import Any

from models.book.approval.passage import PASSED_BEFORE, PASSING
from models.text.words import Refused
from sync.changes.change import AHEAD, NAME, NUMBER, SIZE, WHOLE, Change
from sync.changes.change import TOO_BIG as GIANT
from sync.changes.hybrid_clock import COUNTER_BITS
from sync.encoding.columns import PackedColumn, read, read_numbers, table
from sync.encoding.compression import expand
from sync.encoding.decode_error import NEWER, TOO_BIG, TOO_MANY, refuse
from sync.encoding.pack import CHANGES, COUNTER, FORMAT, seeds
from sync.encoding.skeletons import Shape, bodies, build, dots, shape

SCALARS = 500_000
"""Most values in a segment."""
BODIES = 16 << 20
"""Most characters of all its changes together."""
LISTS = 10_000
_DECLARED = frozenset("bfhm")
_NAMING = frozenset(("saw", "rows", "apart", PASSING))
"""What a move says it is about: versions, held to what a version may be."""
Opened = list[tuple[Change, bytes]]
"""Changes with their canonical bodies, in order."""


def unpack(
    packed: bytes,
    space: str,
    device: str,
    first: int,
    places: Sequence[int] | None = None,
    *,
    kind: type[Change] = Change,
) -> Opened:
    """The changes again. Raises `Refused`, nothing taken, for anything not in the agreed form.

    They are consecutive ones from `first` on, unless `places` names their sequences. Of another
    kind than `Change` the bodies are not made.
    """
    try:
        return _Reader(_parts(expand(packed)), space, device, first, places, kind).changes()
    except (ValueError, TypeError, IndexError, OverflowError, StopIteration, RecursionError):
        refuse()


def _parts(data: bytes) -> list[Any]:
    from msgpack import unpackb  # type: ignore[import-untyped]

    lists = 0

    def counted(found: list[Any]) -> list[Any]:
        nonlocal lists
        lists += 1
        return found if lists <= LISTS else refuse(TOO_MANY)

    bounds = {"max_map_len": 0, "max_ext_len": 0, "max_array_len": 4 * CHANGES}
    parts: list[Any] = unpackb(data, list_hook=counted, **bounds)
    if parts.__class__ is not list or parts[0].__class__ is not int:
        refuse()
    if parts[0] > FORMAT:
        raise Refused(NEWER)
    return parts


class _Reader:
    """The parts of one segment; everything is read once, in the order written."""

    def __init__(
        self,
        parts: list[Any],
        space: str,
        device: str,
        first: int,
        places: Sequence[int] | None,
        kind: type[Change],
    ) -> None:
        version, self.count, blob, named, order, tags, *rest = parts
        if version != FORMAT or self.count.__class__ is not int or tags.__class__ is not bytes:
            refuse()
        if not 0 < self.count <= CHANGES:
            refuse(TOO_MANY)
        self.space, self.device, self.kind = space, device, kind
        self.seqs = range(first, first + self.count) if places is None else places
        if len(self.seqs) != self.count:
            refuse()
        self.ids = table(seeds(space, device), blob)
        pairs = zip(named[::2], named[1::2], strict=True)
        self.shapes = [shape(str(t), str(s), space, device) for t, s in pairs]
        self.order = read_numbers(order, self.count)
        uses = Counter(self.order)
        if sorted(uses) != list(range(len(self.shapes))):
            refuse()
        if sum(one.places * uses[i] for i, one in enumerate(self.shapes)) > SCALARS:
            refuse(TOO_MANY)
        if len(tags) != 4 + sum(one.places for one in self.shapes):
            refuse()
        self.size = sum(len(one.template) * uses[i] for i, one in enumerate(self.shapes))
        self.tags, self.rest = iter(tags), iter(rest)

    def changes(self) -> Opened:
        """Every change in order; nothing may be left over."""
        self._common()
        made = [self._made(place, one) for place, one in enumerate(self.shapes)]
        if next(self.rest, made) is not made:
            refuse()
        return [next(made[place]) for place in self.order] if made[1:] else list(made[0])

    def _column(self, near: Sequence[int]) -> PackedColumn:
        column = read(next(self.tags), self.rest, near, self.ids)
        self.size += column.size
        return column if self.size <= BODIES else refuse(TOO_BIG)

    def _common(self) -> None:
        """What every change has: when, in which transaction, of which record."""
        self.times: list[int] = self._column([0] * self.count).values
        counters: list[int] = self._column(self.times).values
        gaps: list[int] = self._column(self.times).values
        self.records = self._column(self.times)
        _within(self.seqs, 1, WHOLE)
        _within(self.times, 0, WHOLE >> COUNTER_BITS)
        _within(counters, 0, COUNTER + 1)
        _within(gaps, 0, WHOLE)
        _names(self.records.values)
        self.ats = [t << COUNTER_BITS | c for t, c in zip(self.times, counters, strict=True)]
        self.txs = [seq - gap for seq, gap in zip(self.seqs, gaps, strict=True)]
        _within(self.txs, 1, WHOLE)
        _together(self.txs, self.seqs)

    def _made(self, place: int, one: Shape) -> Iterator[tuple[Change, bytes]]:
        """The changes of one shape, with the canonical bytes of each."""
        rows = [n for n, at in enumerate(self.order) if at == place]
        all_alike = len(rows) == self.count
        times, seqs, ats, txs, ids, quoted = (
            some if all_alike else [some[n] for n in rows]
            for some in (
                self.times, self.seqs, self.ats, self.txs, self.records.values, self.records.json
            )
        )  # fmt: skip
        columns = [self._column(times) for _ in range(one.places)]
        own: dict[int, Sequence[Any]] = {-1: ats, -2: seqs, -3: quoted, -4: txs}
        if self.kind is not Change:
            own = {n: some[:1] for n, some in own.items()}
            columns = [column._replace(json=column.json[:1]) for column in columns]
        encoded = [text.encode() for text in bodies(one, columns, own)]
        if max(map(len, encoded)) > SIZE:
            refuse(GIANT)
        space, device, type = map(repeat, (self.space, self.device, one.type))
        parts = self._built(one, columns, seqs)
        made = list(map(self.kind, space, device, seqs, ats, type, ids, txs, *parts))
        if Change.parse(encoded[0]).canonical() != made[0].canonical():
            refuse()
        fields = one.parts.get("f", ())
        if not _NAMING.isdisjoint(one.parts.get("m", ())) or PASSED_BEFORE in fields:
            for change in made:
                change.check()
        if self.kind is not Change:
            return zip(made, repeat(b""), strict=False)
        return zip(made, encoded, strict=True)

    def _built(
        self, one: Shape, columns: Sequence[PackedColumn], seqs: Sequence[int]
    ) -> Iterable[Iterable[Any]]:
        """Fields, bases, headers, moves and extras of the changes."""
        values = iter([column.values for column in columns])
        found: dict[str, Iterable[Any]] = {"h": repeat(None), "m": repeat(None)}
        for name, node in one.parts.items():
            if name == "b":
                found[name] = self._bases(dots(node), values, seqs)
            else:
                found[name] = build(node, values, len(seqs))
        extras = [name for name in one.parts if name not in _DECLARED]
        told = zip(*(found[name] for name in extras), strict=True)
        extra = [dict(zip(extras, row, strict=True)) for row in told] if extras else repeat({})
        return *(found[name] for name in "fbhm"), extra

    def _bases(
        self, registers: list[tuple[str, int]], values: Iterator[list[Any]], seqs: Sequence[int]
    ) -> list[Any]:
        found: list[list[Any]] = []
        for _, count in registers:
            versions = [self._dots(next(values), next(values), seqs) for _ in range(count)]
            rows = zip(*versions, strict=True) if versions else ([] for _ in seqs)
            found.append(list(map(list, rows)))
        names = [name for name, _ in registers]
        if not found:
            return [{} for _ in seqs]
        return [dict(zip(names, row, strict=True)) for row in zip(*found, strict=True)]

    def _dots(
        self, devices: list[Any], numbers: list[Any], seqs: Sequence[int]
    ) -> list[tuple[str, int]]:
        """Versions, none of them of the change itself or a later one of its device."""
        _names(devices)
        _within(numbers, 1, WHOLE)
        found = list(zip(devices, numbers, strict=True))
        if self.device in devices:
            own = zip(found, seqs, strict=True)
            if any(dot[0] == self.device and dot[1] >= seq for dot, seq in own):
                refuse(AHEAD)
        return found


def _within(values: Sequence[Any], low: int, end: int) -> None:
    if {*map(type, values)} != {int} or min(values) < low or max(values) >= end:
        refuse(NUMBER)


def _names(values: list[Any]) -> None:
    if {*map(type, values)} != {str} or not min(values) or max(map(len, values)) > NAME:
        refuse()


def _together(txs: list[int], seqs: Sequence[int]) -> None:
    """A change begins a transaction, or goes on with that of the change before it.

    That holds for the first one too, which only authorisation can tell: a transaction longer than a
    segment may be is cut. Behind a gap it cannot be told.
    """
    if txs == [*seqs]:
        return  # each one alone
    for (before, tx), (last, seq) in zip(pairwise(txs), pairwise(seqs), strict=True):
        if tx not in (before, seq) and seq == last + 1:
            refuse()
