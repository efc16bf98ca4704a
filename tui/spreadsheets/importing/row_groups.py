"""Groups: rows about one thing brought together, however far apart they are in the file.

They wait in a temporary database that SQLite keeps on the disk when it grows, so that a log of a
million events takes little memory.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import groupby

from models.text.words import Refused, W
from tui.spreadsheets.reading.table import TableRow

NO_KEY = W("“{column}”为空，不知属于哪一组", "“{column}” is empty, so its group is not known")

_CREATE = "CREATE TABLE event(n INTEGER PRIMARY KEY, key TEXT, amount REAL, text TEXT, cells TEXT)"
_INDEX = "CREATE INDEX event_key ON event(key, n)"
_READ = (
    "SELECT f.first, e.n, e.cells FROM event e"
    " JOIN (SELECT key, MIN(n) AS first FROM event GROUP BY key) f ON f.key = e.key"
    " ORDER BY f.first, e.amount IS NULL, e.amount, e.text, e.n"
)


def gather(
    rows: Iterable[TableRow], by: Sequence[str], order: str = ""
) -> Iterator[tuple[TableRow, ...]]:
    """Rows equal in the columns `by`, together, in the order of the column `order`.

    Groups come in the order of their first rows. Numbers are ordered as numbers, before text. A
    row that cannot be read, or lacks a column of `by`, comes alone and with its fault.
    """
    with closing(sqlite3.connect("")) as db:
        db.execute("PRAGMA synchronous=OFF")
        db.execute(_CREATE)
        for row in rows:
            lack = next((name for name in by if not row.cells.get(name)), None)
            if row.fault is not None or not row.cells:
                yield (row,)
            elif lack is not None:
                yield (row._replace(fault=Refused(NO_KEY, column=lack), column=lack),)
            else:
                _put(db, row, by, order)
        db.execute(_INDEX)
        for _, found in groupby(db.execute(_READ), key=lambda event: event[0]):
            yield tuple(TableRow(n, json.loads(cells)) for _, n, cells in found)


def _put(db: sqlite3.Connection, row: TableRow, by: Sequence[str], order: str) -> None:
    key = json.dumps([row.cells[name] for name in by])
    place = row.cells.get(order, "") if order else ""
    values = (row.number, key, _amount(place), place, json.dumps(row.cells))
    db.execute("INSERT INTO event VALUES(?, ?, ?, ?, ?)", values)


def _amount(text: str) -> float | None:
    plain = text.strip()
    if not plain or not plain.isascii() or plain[0] not in "+-.0123456789":
        return None
    try:
        return float(plain)
    except ValueError:
        return None
