"""50 edits from one book into another, at two sizes of both books, in turns with the floor.

The floor writes exactly the rows that taking them wrote. What a change costs on the way, seal
included, is the size of what travels.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path
from statistics import median

from sync.workspace.workspace import DATABASE
from tests.bench import books, raw
from tests.bench.books import Took, timed
from tests.support.replicas import Replica, Team, give

EDITS, ROUNDS = 50, 30
SMALL, LARGE = 2_000, 200_000


def run(args: argparse.Namespace | None = None) -> None:
    """Print both sizes, and the one against the other."""
    large = int(getattr(args, "large", 0) or LARGE)
    print(f"\n{EDITS} edits between two books")
    with tempfile.TemporaryDirectory(prefix="sitebook-delta-") as folder:
        pairs = [_Pair(Path(folder) / str(size), size) for size in (SMALL, large)]
        for _ in range(ROUNDS):
            for pair in pairs:
                pair.round()
        took = [pair.show() for pair in pairs]
    print(f"  {large} against {SMALL} records: {took[1] / took[0]:.2f} x (asked: 1.3 x)")


class _Pair:
    """Two books in sync, and the floor beside the second one."""

    def __init__(self, folder: Path, size: int) -> None:
        self.size = size
        self.team = Team(folder, "b")
        self.ids = books.fill(self.team, size)
        self.giver, self.taker = self.team.all
        give(self.giver, self.taker)
        for one in self.team.all:
            with one.workspace.store.write():
                one.workspace.store.db.execute_sql("DELETE FROM dirty")
        store = self.taker.workspace.store
        self.floor = raw.copy(store.path, folder / "floor" / DATABASE)
        self.random = random.Random(1)
        self.floors, self.books, self.sizes = list[Took](), list[Took](), list[int]()

    def round(self) -> None:
        """Edit, pack, take, and write the same rows."""
        some = self.random.sample(self.ids, EDITS)
        for id in some:
            self.giver.book.edit(id, {"cause": books.phrase()})
        blobs = books.offers(self.giver, self.taker)
        self.sizes.append(sum(map(len, blobs)))
        (last,) = self.taker.workspace.store.row("SELECT max(n) FROM change") or (0,)
        self.books.append(timed(lambda: self.taker.exchange.take(blobs)))
        writing = raw.Writing(self.floor, _edited(self.taker, some, last), len(blobs))
        self.floors.append(timed(writing.run))
        writing.close()

    def show(self) -> float:
        """Print; returns the seconds of work."""
        took = books.show(f"into {self.size} records", self.floors, self.books, 3)
        change = median(self.sizes) / EDITS
        print(f"  {change:.1f} bytes a change, seal included (asked: 42)")
        self.team.close()
        return took


def _edited(taker: Replica, ids: list[str], last: int) -> list[raw.Statement]:
    """What taking the edits of these records wrote, since the change with this number."""
    read, marks = taker.workspace.store.rows, ",".join("?" * len(ids))
    (edge,) = read(
        "SELECT space, idx, seq, hash FROM head JOIN (SELECT space, idx FROM change"
        " WHERE n>? LIMIT 1) USING(space, idx)",
        (last,),
    )
    columns = "n, space, idx, seq, at, type, record, hash, body"
    return [
        raw.Statement(
            f"INSERT INTO change({columns}) VALUES(?,?,?,?,?,?,?,?,?)",
            read(f"SELECT {columns} FROM change WHERE n>?", (last,)),
        ),
        raw.Statement(
            "UPDATE head SET seq=?, hash=? WHERE space=? AND idx=?", [(*edge[2:], *edge[:2])]
        ),
        raw.Statement(
            "UPDATE meta SET value=? WHERE key='clock'",
            read("SELECT value FROM meta WHERE key='clock'"),
        ),
        raw.Statement(
            "INSERT INTO seal VALUES(?,?,?,?,?,?,?)",
            read("SELECT * FROM seal WHERE space=? AND idx=? AND last=?", edge[:3]),
        ),
        raw.Statement(
            "UPDATE fix SET cause=?, dots=?, digest=? WHERE n=?",
            read(f"SELECT cause, dots, digest, n FROM fix WHERE id IN ({marks}) ORDER BY n", ids),
        ),
        raw.Statement(
            "INSERT OR REPLACE INTO dirty(record, type, stamp) VALUES(?, 'fix', random())",
            [(id,) for id in ids],
        ),
    ]


if __name__ == "__main__":
    run()
