"""Raw: the floor of a pull, plain `sqlite3` writing exactly the rows that taking it wrote.

`Diff` compares a book before and after; what was inserted or changed in any table is written
again into a copy of the book before, with the same indexes, WAL and `synchronous=FULL`, one
transaction for each segment. Values are prepared beforehand; the floor only executes.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

LEFT_OUT = ("doc", "sqlite_", "lack", "fork", "waiting", "vouch")


class Statement(NamedTuple):
    """One statement with all its rows."""

    sql: str
    rows: list[tuple[Any, ...]]


def copy(source: Path, target: Path) -> Path:
    """A database alone in a fresh folder, its log worked in."""
    with closing(sqlite3.connect(source)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    target.parent.mkdir(parents=True, exist_ok=True)
    for path in target.parent.glob(f"{target.name}*"):
        path.unlink()
    shutil.copy(source, target)
    return target


def diff(before: Path, after: Path) -> list[Statement]:
    """What makes the one of the other, tables with records first."""
    with closing(sqlite3.connect(after)) as db:
        db.execute("ATTACH ? AS old", (str(before),))
        sql = "SELECT name FROM main.sqlite_master WHERE type='table' ORDER BY name"
        names = [name for (name,) in db.execute(sql) if not name.startswith(LEFT_OUT)]
        return [statement for name in names for statement in _table(db, name)]


def counts(statements: Sequence[Statement]) -> dict[str, int]:
    """Rows by table."""
    found: dict[str, int] = {}
    for sql, rows in statements:
        name = sql.split('"')[1]
        found[name] = found.get(name, 0) + len(rows)
    return found


class Writing:
    """Statements to be executed in so many transactions."""

    def __init__(self, path: Path, statements: Sequence[Statement], parts: int) -> None:
        self._portions = [_portion(statements, part, parts) for part in range(parts)]
        self._db = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode=wal", "synchronous=full", "cache_size=-8192"):
            self._db.execute(f"PRAGMA {pragma}")

    def run(self) -> None:
        """Execute them."""
        for portion in self._portions:
            self._db.execute("BEGIN IMMEDIATE")
            for one in portion:
                self._db.executemany(one.sql, one.rows)
            self._db.execute("COMMIT")

    def close(self) -> None:
        """Close the database."""
        self._db.close()


def _portion(statements: Sequence[Statement], part: int, parts: int) -> list[Statement]:
    found = []
    for sql, rows in statements:
        size = -(-len(rows) // parts)
        found.append(Statement(sql, list(islice(rows, part * size, (part + 1) * size))))
    return [one for one in found if one.rows]


def _table(db: sqlite3.Connection, name: str) -> list[Statement]:
    info = db.execute(f'PRAGMA table_info("{name}")').fetchall()
    columns = [row[1] for row in info]
    key = [row[1] for row in info if row[5]] or ["rowid"]
    fresh = db.execute(
        f'SELECT {_of("a", columns)} FROM main."{name}" a WHERE NOT EXISTS(SELECT 1'
        f' FROM old."{name}" b WHERE {_same(key)}) ORDER BY {_of("a", key)}'
    ).fetchall()
    marks = ",".join("?" * len(columns))
    found = [Statement(f'INSERT INTO "{name}"({_of("", columns)}) VALUES({marks})', fresh)]
    return [one for one in [*found, *_changed(db, name, columns, key)] if one.rows]


def _changed(
    db: sqlite3.Connection, name: str, columns: Sequence[str], key: Sequence[str]
) -> list[Statement]:
    """An UPDATE of the columns that differ, for every set of them."""
    differ = " OR ".join(f'a."{c}" IS NOT b."{c}"' for c in columns)
    sql = (
        f"SELECT {_of('a', columns)},{_of('b', columns)},{_of('a', key)}"
        f' FROM main."{name}" a JOIN old."{name}" b ON {_same(key)}'
        f" WHERE {differ} ORDER BY {_of('a', key)}"
    )
    groups: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    wide = len(columns)
    for row in db.execute(sql):
        new, old, where = row[:wide], row[wide : 2 * wide], row[2 * wide :]
        names = tuple(c for c, n, o in zip(columns, new, old, strict=True) if n != o)
        values = tuple(n for n, o in zip(new, old, strict=True) if n != o)
        groups.setdefault(names, []).append((*values, *where))
    where = " AND ".join(f'"{c}"=?' for c in key)
    return [
        Statement(f'UPDATE "{name}" SET {_sets(names)} WHERE {where}', rows)
        for names, rows in groups.items()
    ]


def _of(alias: str, names: Sequence[str]) -> str:
    dot = f"{alias}." if alias else ""
    return ",".join(f'{dot}"{name}"' for name in names)


def _same(key: Sequence[str]) -> str:
    return " AND ".join(f'a."{c}"=b."{c}"' for c in key)


def _sets(names: Sequence[str]) -> str:
    return ",".join(f'"{name}"=?' for name in names)
