"""A first pull of 10,000 records into an empty book: by log, by snapshot, and its memory.

The floor (`tests.bench.raw`) writes exactly the rows that taking wrote: records, log, heads,
seals, search marks, the same tables and indexes, in as many transactions. Floor and book take
turns on fresh copies in one run; medians. Sealing and packing are the sender's, printed apart.
A snapshot pays where records were edited: each is taken with and without two earlier edits.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from sync.transport.exchange import Exchange
from sync.workspace.workspace import open_book
from tests.bench import books
from tests.bench.books import timed
from tests.support.replicas import Team

RECORDS, EDITS = 10_000, 2


def run(args: argparse.Namespace | None = None) -> None:
    """Print every figure beside its floor."""
    count = int(getattr(args, "records", 0) or RECORDS)
    for edits in (0, EDITS):
        with tempfile.TemporaryDirectory(prefix="sitebook-pull-") as folder:
            _first(Path(folder), count, edits)


def _first(folder: Path, count: int, edits: int) -> None:
    team = Team(folder, "b")
    giver, taker = team.all
    ids = books.fill(team, count)
    for _ in range(edits):
        books.edit(giver, ids, "cause", "correction")
    print(f"\nFirst pull of {count} records, each edited {edits} times before")
    sealing = timed(lambda: [giver.exchange.seal_now(one) for one in giver.exchange.spaces()])
    log, snap = list[bytes](), list[bytes]()
    by_log = timed(lambda: log.extend(books.offers(giver, taker)))
    by_snapshot = timed(lambda: snap.extend(books.snapshot(giver)))
    team.close()
    print(
        f"  the sender: sealing {sealing.cpu:.2f} s; packing the log {by_log.cpu:.2f} s,"
        f" {sum(map(len, log)) >> 10} KB; a snapshot {by_snapshot.cpu:.2f} s,"
        f" {sum(map(len, snap)) >> 10} KB"
    )
    home = taker.home
    books.compare(folder, home, log, "by log", 3 if not edits else 0)
    books.compare(folder, home, snap, "by snapshot", 2, parts=len(giver_spaces(snap)))
    for name, blobs in (("log", log), ("snapshot", snap)):
        print(f"  memory by {name}: {memory(folder, home, blobs)} MB at most (asked: 100 MB)")


def giver_spaces(blobs: list[bytes]) -> set[str]:
    """The spaces that segments are of: a snapshot is one transaction in each."""
    from sync.encoding.segment import decode

    return {decode(blob).space for blob in blobs}


def memory(folder: Path, home: Path, blobs: list[bytes]) -> str:
    """The most memory of a process that takes these, read one by one."""
    copied = books.copy(home, folder / "memory")
    for number, blob in enumerate(blobs):
        (copied / f"{number:05}.blob").write_bytes(blob)
    words = [sys.executable, "-m", "tests.bench.pull", str(copied)]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


def _child(home: Path) -> None:
    opened = open_book(home)
    Exchange(opened).take(path.read_bytes() for path in sorted(home.glob("*.blob")))
    opened.close()
    print(_most() >> 10)


def _most() -> int:
    """The most memory this process had, KB; where told, without that of whoever began it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lines = status.read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    _child(Path(sys.argv[1]))
