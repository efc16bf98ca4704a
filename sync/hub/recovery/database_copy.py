"""Database copy: a hub's whole database into another one, of whichever kind.

Everything goes along: segments, members, open invitations, quarantine, forks, epoch and marks. So
receipts hold, and no device notices more than a hub that was away for a while.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from models.text.words import Refused, W
from sync.hub.storage import tables
from sync.hub.storage.database import Base

BYTES, ROWS = 4 << 20, 200
"""Most in one query, unless one row has more."""
BEGUN = ("Fact", "Format")
"""What a database has that no hub used yet."""

NOT_EMPTY = W(
    "目标数据库中已有同步服务器的内容，没有复制。请给一个空的数据库。",
    "The other database has a hub's content already; nothing was copied. Name an empty one.",
)
SAME = W(
    "这正是同步服务器在用的数据库。请给另一个地址。",
    "That is the database the hub uses. Name another address.",
)


def copy(source: Base, target: Base) -> dict[str, int]:
    """Copy every table, all of it or nothing; returns how many rows of each.

    The target gets its tables first. While it lasts, nothing is written to an SQLite source; a
    server's database is read as it was at one moment. Raises `Refused` unless the target is empty.
    """
    if source.url == target.url:
        raise Refused(SAME)
    target.create()
    names = [name for name in tables.ALL if name != "Format"]
    if any(getattr(target.t, name).select().exists() for name in names if name not in BEGUN):
        raise Refused(NOT_EMPTY)

    def work() -> dict[str, int]:
        return {name: _table(getattr(source.t, name), getattr(target.t, name)) for name in names}

    with source.still():
        return target.write(partial(work))


def _table(source: Any, target: Any) -> int:
    """Copy one table; what a new database has of itself makes room."""
    target.delete().execute()
    count = 0
    for some in _portions(source.select().dicts().iterator()):
        target.insert_many(some).execute()
        count += len(some)
    return count


def _portions(rows: Iterable[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    some, size = list[Mapping[str, Any]](), 0
    for row in rows:
        of_row = sum(len(one) for one in row.values() if isinstance(one, bytes | memoryview | str))
        if some and (size + of_row > BYTES or len(some) == ROWS):
            yield some
            some, size = [], 0
        some.append(row)
        size += of_row
    if some:
        yield some
