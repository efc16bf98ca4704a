"""Versions: the company tables that were put to use, and the one of each that is in force.

The highest version in use is in force; without any, the shipped one, which is version 0. What is in
force changes with what has arrived here, so a decision names its version.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from models.frozen import NamedTuple
from models.schema.record import Record, kinds
from models.storage.store import Store
from models.text.strict_json import reader
from models.text.words import Refused, W

IN_USE = "in_use"
"""The state of a version that was put to use."""
TWICE = W("“{name}”写了两次", "“{name}” is given twice")
Rows = tuple[Mapping[str, Any], ...]
_read = reader(TWICE)


class TableVersion(NamedTuple):
    """A version that was put to use."""

    id: str
    subject: str
    version: int
    rows: Rows


def holder(family: str) -> type[Record] | None:
    """The type whose records are the versions of a family of tables."""
    return next((cls for cls in kinds.values() if cls.kind.table == family), None)


def in_force(store: Store, family: str) -> Mapping[str, TableVersion]:
    """Table -> the highest version in use; tables of which the shipped one counts are left out."""
    link = store.db.connection()  # asked without Peewee: lists come here for each of their lines
    mark = id(link), link.total_changes, *link.execute("PRAGMA data_version").fetchone(), len(kinds)
    known = _known.setdefault(store, {})
    if known.get("") != mark:
        known.clear()
        known[""] = mark
    if family not in known:
        known[family] = _in_force(store, family)
    found: Mapping[str, TableVersion] = known[family]
    return found


_known: WeakKeyDictionary[Store, dict[str, Any]] = WeakKeyDictionary()
"""What was read last, by family; '' is what the database was like then."""


def _in_force(store: Store, family: str) -> dict[str, TableVersion]:
    cls = holder(family)
    if cls is None:
        return {}
    sql = (
        f'SELECT id, subject, version, content FROM "{cls.kind.name}"'
        " WHERE state=? AND void IS NULL AND content IS NOT NULL ORDER BY version, id"
    )
    found = {}
    for id, subject, version, content in store.rows(sql, (IN_USE,)):
        rows = rows_in(str(content))
        if rows is not None and isinstance(version, int) and subject:
            found[str(subject)] = TableVersion(str(id), str(subject), version, rows)
    return found


@lru_cache(64)
def rows_in(content: str) -> Rows | None:
    """The rows of a version's content; None for what is none, as an odd device may write it."""
    try:
        found = _read(content)
    except (Refused, ValueError, RecursionError):
        return None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        return None
    return tuple(found)


def content_of(some: Iterable[Record]) -> str:
    """The rows of a version as one text: in their order, void ones left out."""
    rows = [
        {
            name: value
            for name, value in one.values().items()
            if value is not None and name not in (one.kind.parent, one.kind.order)
        }
        for one in in_order(some)
    ]
    return json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def in_order(some: Iterable[Record]) -> list[Record]:
    """Rows as they are read and tried: by their position, void ones left out."""
    return sorted((one for one in some if one.void is None), key=_place)


def _place(row: Record) -> tuple[bool, Any, int]:
    at = getattr(row, row.kind.order, None) if row.kind.order else None
    return at is None, at or 0, row.n
