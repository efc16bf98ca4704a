"""Bulk insert: records that were created alike, column by column: a first pull is little else.

They are of one type and one device, write the same registers, and nothing about them needs a
look of its own. A record that is edited before the rows are written is taken out (`pop`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any

from models.book.writing.record_writer import groups
from models.schema.record import Record
from models.storage import rows
from sync.apply.rows.record_state import HEADER
from sync.changes.change import Change
from sync.changes.compatibility import all_plain
from sync.log.version_lookup import VersionLookup

Columns = dict[str, list[Any]]


class InsertBatch:
    """Columns of new rows; one that no row has a value in is left out."""

    def __init__(self, cls: type[Record], columns: Columns) -> None:
        self.cls = cls
        self.columns = columns
        self.ids: list[str] = columns["id"]
        self._left: set[int] = set()

    def pop(self, place: int) -> dict[str, Any]:
        """One of the rows, which is not among these any more."""
        self._left.add(place)
        row = dict.fromkeys(rows.columns(self.cls))
        for name, values in self.columns.items():
            row[name], values[place] = values[place], None  # so that its old texts can go
        return row

    def settle(self) -> None:
        """Forget the rows that left."""
        if self._left:
            stay = [place for place in range(len(self.ids)) if place not in self._left]
            columns = self.columns.items()
            self.columns = {name: [values[n] for n in stay] for name, values in columns}
            self.ids, self._left = self.columns["id"], set()

    def rows(self, numbers: list[int]) -> Iterator[tuple[Any, ...]]:
        """Whole rows with these row numbers, in the order of `models.storage.rows.columns`."""
        told = {**self.columns, "n": numbers, "digest": rows.digests(self.cls, self.columns)}
        return zip(*(told.get(name, repeat(None)) for name in rows.columns(self.cls)), strict=False)


def insert_batch(
    cls: type[Record], changes: Sequence[Change], names: VersionLookup
) -> InsertBatch | None:
    """Creations of one device that write the same registers; None unless all of them are plain."""
    fields = _fields(cls, [change.fields for change in changes])
    if fields is None:
        return None
    headers = [change.header or {} for change in changes]
    known = {name: [header.get(name) for header in headers] for name in HEADER}
    device = changes[0].device
    dots = f"{names.idx(device)}.%d"
    columns: Columns = {
        **{name: values for name, values in known.items() if _any_of(values)},
        **fields,
        "id": [change.record for change in changes],
        "device": [device] * len(changes),
        "synced": [names.now] * len(changes),
        "dots": [dots % change.seq for change in changes],
    }
    return InsertBatch(cls, columns)


def _any_of(values: Sequence[Any]) -> bool:
    """Whether there is a value at all."""
    return values.count(None) < len(values)


def _fields(cls: type[Record], written: Sequence[Mapping[str, Any]]) -> Columns | None:
    columns, registers = Columns(), cls.registers()
    for register in written[0]:
        values = [one[register] for one in written]
        if None in values or not all_plain(cls, register, values):
            return None
        if register not in groups(cls):
            columns[register] = values
        elif not _spread(columns, registers[register], values):
            return None
    return columns


def _spread(columns: Columns, members: Sequence[str], groups: Sequence[Mapping[str, Any]]) -> bool:
    """The columns of a register of several fields; False when one was cleared as a whole."""
    if not all(any(map(group.get, members)) for group in groups):
        return False  # also one of nothing but zeros, which goes the long way
    for name in members:
        values = [group.get(name) for group in groups]
        if _any_of(values):
            columns[name] = values
    return True
