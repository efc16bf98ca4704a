"""Links: what belongs to a record, and which records point to one.

Notes and files are part of what a page or a document says: they come whole and in order, as rows
do (`models.book.rows`). Of the records that point to one from elsewhere the newest are listed and
the others are counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.frozen import NamedTuple
from models.schema.record import Record, kinds
from models.storage import rows
from models.text.words import W

if TYPE_CHECKING:
    from models.storage.store import Store

MOST = 200
UNREAD = W("（不可见的记录）", "(a record not shown to you)")
ABSENT = W("（不在本机的记录）", "(a record that is not on this device)")
"""Records of one type that are listed; the others are found in the list of the type."""


def absent(target: str) -> W:
    """What a link to a record says that is not here: its id is of no use to a reader."""
    cls = kinds.get(target)
    return UNREAD if cls is not None and cls.kind.space == "restricted" else ABSENT


class LinkedRecords(NamedTuple):
    """The newest records that point to one, and how many more there are."""

    records: list[Record]
    more: int = 0


def added_to(store: Store, id: str, type: str) -> list[Record]:
    """Every note, file or the like about a record, as they were written."""
    cls = kinds[type]
    return rows.fetch(store, cls, f'WHERE "{cls.kind.parent}"=? ORDER BY n', (id,))


def linked_to(store: Store, id: str, *, void: bool = True) -> LinkedRecords:
    """Records that point to this one, newest first within each type; its rows are left out.

    With `void` those out of use are among them.
    """
    found, more = list[Record](), 0
    living = "" if void else " AND void IS NULL"
    for cls in kinds.values():
        specs = cls.specs().items()
        names = [n for n, spec in specs if spec.kind == "link" and n != cls.kind.parent]
        if names:
            where = f"""({" OR ".join(f'"{name}"=?' for name in names)}){living}"""
            params = (id,) * len(names)
            some = rows.fetch(store, cls, f"WHERE {where} ORDER BY n DESC LIMIT {MOST}", params)
            found += some
            if len(some) == MOST:
                sql = f'SELECT count(*) FROM "{cls.kind.name}" WHERE {where}'
                more += int(store.rows(sql, params)[0][0]) - MOST
    return LinkedRecords(found, more)
