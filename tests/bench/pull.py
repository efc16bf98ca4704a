"""What others wrote, taken into a book: a first pull, a few edits, both sides edited.

The floor (`tests.bench.raw`) writes exactly the rows that taking wrote: records, log, heads,
seals, siblings, search marks, the same tables and indexes, one transaction for each segment. Floor
and book take turns on fresh copies in one run; medians. Packing is the sender's and printed apart.

`python -m tests.bench pull`, or `python -m tests.bench.pull [first edits both memory]`.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from models.batch import batch
from sync.exchange import Exchange
from sync.workspace import DATABASE, open_book
from tests.bench import raw
from tests.bench.search import Corpus
from tests.sync.replicas import Replica, Team, give

RECORDS, EDITS, BOTH, ROUNDS = 10_000, 50, 5_000, 5
SIZES = (2_000, 20_000)
CORPUS = Corpus()


def run(args: argparse.Namespace | None = None) -> None:
    """Print every figure beside its floor."""
    chosen = getattr(args, "pulls", None) or list(PARTS)
    for name in chosen:
        with tempfile.TemporaryDirectory(prefix="sitebook-pull-") as folder:
            PARTS[name](Path(folder))


def fill(team: Team, count: int) -> None:
    """So many fixes by the founder, each a save of its own."""
    book = team.founder.book
    done = 0
    while done < count:
        some = min(2_000, count - done)
        with batch(book):
            for _ in range(some):
                book.add("fix", fresh(), project=team.project)
        done += some


def fresh() -> dict[str, object]:
    """The words of one fix."""
    text = CORPUS.text()
    return {
        "phenomenon": text[:60],
        "cause": text[60:110],
        "correction": text[110:170],
        "place": f"{CORPUS.random.randint(1, 9)} 号机柜",
        "cause_class": CORPUS.random.choice(("equipment", "software", "environment")),
    }


def first(folder: Path) -> None:
    """A first pull of 10,000 records into an empty book, by log and by snapshot."""
    team = Team(folder, "b")
    taker = team.all[1]
    fill(team, RECORDS)
    begun = time.perf_counter()
    seals = sum(team.founder.exchange.seal_now(space) for space in team.founder.exchange.spaces())
    sealing = time.perf_counter() - begun
    begun = time.perf_counter()
    blobs = _offers(team.founder, taker)
    packing = time.perf_counter() - begun
    taker.workspace.close()
    team.founder.workspace.close()
    sizes = sum(map(len, blobs)) / RECORDS
    print(f"first pull: {RECORDS} records, {len(blobs)} segments, {sizes:.0f} bytes a change")
    print(f"  sender: sealing {sealing:.2f} s ({seals} seals), packing {packing:.2f} s")
    _compare(folder, taker.home, lambda exchange: exchange.take(blobs), len(blobs), "by log", 3)


def edits(folder: Path) -> None:
    """50 edits from one book into another, at two sizes of both."""
    took = [_edits(folder / str(size), size) for size in SIZES]
    print(f"  {SIZES[1]} against {SIZES[0]}: {took[1] / took[0]:.2f} x (asked: 1.3 x)")


def _edits(folder: Path, size: int) -> float:
    team = Team(folder, "b")
    fill(team, size)
    giver, taker = team.all
    give(giver, taker)
    for one in team.all:
        with one.workspace.store.write():
            one.workspace.store.db.execute_sql("DELETE FROM dirty")
    floor = raw.copy(taker.workspace.store.path, folder / "floor" / DATABASE)
    timed: dict[str, list[float]] = {"floor": [], "book": []}
    rng, sizes = random.Random(1), list[int]()
    ids = [row[0] for row in giver.workspace.store.rows("SELECT id FROM fix")]
    for _ in range(6 * ROUNDS):
        some = rng.sample(ids, EDITS)
        for id in some:
            giver.book.edit(id, {"cause": CORPUS.text()[:30]})
        blobs = _offers(giver, taker)
        sizes.append(sum(map(len, blobs)))
        (last,) = taker.workspace.store.row("SELECT max(n) FROM change") or (0,)
        begun = time.perf_counter()
        taker.exchange.take(blobs)
        timed["book"].append(time.perf_counter() - begun)
        timed["floor"].append(raw.write(floor, _edited(taker, some, last), len(blobs)))
    took = _print(f"50 edits into {size}", timed, 3)
    print(f"  {median(sizes) / EDITS:.1f} bytes a change, seal included")
    team.close()
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


def both(folder: Path) -> None:
    """5,000 records edited on both sides, taken by one of them."""
    team = Team(folder, "b")
    fill(team, BOTH)
    giver, taker = team.all
    give(giver, taker)
    ids = [row[0] for row in giver.workspace.store.rows("SELECT id FROM fix")]
    half = len(ids) // 2
    for one, some in ((giver, ids[:half]), (taker, ids), (giver, ids[half:])):
        with batch(one.book):
            for id in some:
                one.book.edit(id, {"cause": CORPUS.text()[:30]})
    blobs = _offers(giver, taker)
    for space in taker.exchange.spaces():
        taker.exchange.seal_now(space)
    team.close()
    _compare(
        folder,
        taker.home,
        lambda exchange: exchange.take(blobs),
        len(blobs),
        f"{BOTH} records edited on both sides",
        4,
    )


def memory(folder: Path) -> None:
    """The most memory of a process that takes 10,000 records."""
    team = Team(folder, "b")
    fill(team, RECORDS)
    blobs = _offers(team.founder, team.all[1])
    team.close()
    for number, blob in enumerate(blobs):
        (folder / f"{number:04}.blob").write_bytes(blob)
    words = [sys.executable, "-m", "tests.bench.pull", "child", str(folder), str(team.all[1].home)]
    found = subprocess.run(words, capture_output=True, text=True, check=True)
    print(f"memory: {found.stdout.strip()} MB at most (asked: 100 MB)")


def _child(folder: Path, home: Path) -> None:
    opened = open_book(home)
    exchange = Exchange(opened)
    exchange.take(path.read_bytes() for path in sorted(folder.glob("*.blob")))
    opened.close()
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def _compare(
    folder: Path,
    home: Path,
    take: Callable[[Exchange], object],
    parts: int,
    name: str,
    asked: float,
) -> None:
    """Floor and book in turn, each on a fresh copy of the taker."""
    timed: dict[str, list[float]] = {"floor": [], "book": []}
    statements: list[raw.Statement] = []
    for _ in range(ROUNDS):
        copied = _fresh_home(home, folder / "copy")
        opened = open_book(copied)
        exchange = Exchange(opened)
        begun = time.perf_counter()
        take(exchange)
        timed["book"].append(time.perf_counter() - begun)
        opened.close()
        if not statements:
            statements = raw.diff(home / DATABASE, copied / DATABASE)
            rows = {
                one.sql.split()[2].strip('"').split("(")[0]: len(one.rows) for one in statements
            }
            print(f"  rows of the floor: {rows}")
        target = raw.copy(home / DATABASE, folder / "floor" / DATABASE)
        timed["floor"].append(raw.write(target, statements, parts))
    _print(name, timed, asked)


def _fresh_home(home: Path, target: Path) -> Path:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(home, target)
    return target


def _print(name: str, timed: dict[str, list[float]], asked: float) -> float:
    floor, book = median(timed["floor"]), median(timed["book"])
    print(
        f"{name}: floor {floor * 1e3:.1f} ms, book {book * 1e3:.1f} ms,"
        f" ratio {book / floor:.2f} x (asked: {asked} x)"
    )
    return book


def _offers(giver: Replica, taker: Replica) -> list[bytes]:
    return [
        blob
        for space in giver.exchange.spaces()
        for blob in giver.exchange.offer(space, taker.exchange.vector(space))
    ]


PARTS: dict[str, Callable[[Path], None]] = {
    "first": first,
    "edits": edits,
    "both": both,
    "memory": memory,
}

if __name__ == "__main__":
    if sys.argv[1:2] == ["child"]:
        _child(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        run(argparse.Namespace(pulls=sys.argv[1:] or None))
