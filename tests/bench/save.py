"""One durable save through the book, against raw SQLite writing the same rows.

The floor writes exactly the rows that the book's save writes (the record, the change log row,
the chain's head, the clock, the serial number, the search mark) into the same tables with the
same indexes, one transaction each, WAL and `synchronous=FULL`. Floor and book take turns.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

from models.book.projects import all_projects
from models.schema.record import kinds
from models.storage import rows
from sync.workspace.setup import begin

TEXT = "精密空调回风温度偏高，现场检查过滤网积尘，已清洗并复测，温度恢复正常。" * 3
VALUES = {"phenomenon": TEXT, "cause": TEXT, "correction": TEXT, "place": "3 号机柜 U12"}


def run(args: argparse.Namespace | None = None) -> None:
    """Print medians and 95th percentiles of both, and the ratios."""
    saves = int(getattr(args, "saves", 0) or 600)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "book"
        opened = begin(home, name="张工", project="项目")
        project = all_projects(opened.store)[0].id
        for _ in range(50):
            opened.book.add("fix", VALUES, project=project)
        opened.store.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(opened.store.path, Path(folder) / "floor.sqlite3")
        floor = Floor(Path(folder) / "floor.sqlite3")
        timed: dict[str, list[float]] = {"floor": [], "book": []}
        for number in range(saves):
            timed["floor"].append(clock(lambda number=number: floor.save(number)))  # type: ignore[misc]
            timed["book"].append(clock(lambda: opened.book.add("fix", VALUES, project=project)))
        opened.close()
    for name, times in timed.items():
        p95 = quantiles(times, n=20)[18]
        print(f"{name:6} median {median(times) * 1e3:6.3f} ms   p95 {p95 * 1e3:6.3f} ms")
    middle = median(timed["book"]) / median(timed["floor"])
    high = quantiles(timed["book"], n=20)[18] / quantiles(timed["floor"], n=20)[18]
    print(f"ratio  median {middle:.2f} x   p95 {high:.2f} x   (asked: 1.6 x, 2 x)")


def clock(work: Callable[[], object]) -> float:
    """Seconds a call takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


class Floor:
    """Raw sqlite3 writing the rows one save writes, prepared beforehand."""

    def __init__(self, path: Path) -> None:
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.execute("PRAGMA journal_mode=wal")
        self.db.execute("PRAGMA synchronous=full")
        self.db.execute("PRAGMA cache_size=-8192")
        names = rows.columns(kinds["fix"])
        held = self.db.execute(f"{rows.select(kinds['fix'])} LIMIT 1").fetchone()
        self.row = dict(zip(names, held, strict=True))
        marks = ",".join("?" * len(names))
        self.insert = f"INSERT INTO fix VALUES({marks})"
        self.order = [r[1] for r in self.db.execute("PRAGMA table_info(fix)")]
        self.change = self.db.execute(
            "SELECT space, idx, seq, at, type, record, hash, body FROM change WHERE type='fix'"
        ).fetchone()
        self.seq = int(self.db.execute("SELECT MAX(seq) FROM change").fetchone()[0])

    def save(self, number: int) -> None:
        """One save's rows in one transaction."""
        new = self.row["id"][:-6] + f"{number:06x}"
        row = self.row | {"n": self.row["n"] + 10_000_000 + number, "id": new}
        row["number"] = f"FX-2026-B-{number:04d}"
        self.seq += 1
        space, idx, _, at, kind, _, hashed, body = self.change
        run = self.db.execute
        run("BEGIN IMMEDIATE")
        run("UPDATE serial SET last=last+1 WHERE code='FX'")
        run(
            "INSERT INTO change(space, idx, seq, at, type, record, hash, body)"
            " VALUES(?,?,?,?,?,?,?,?)",
            (space, idx, self.seq, at + number, kind, new, hashed, body),
        )
        run("UPDATE head SET seq=?, hash=? WHERE space=? AND idx=?", (self.seq, hashed, space, idx))
        run("UPDATE meta SET value=? WHERE key='clock'", (at + number,))
        run(self.insert, [row[name] for name in self.order])
        run("INSERT INTO dirty(record, type, stamp) VALUES(?, 'fix', random())", (new,))
        run("COMMIT")


if __name__ == "__main__":
    run()
