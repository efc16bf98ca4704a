"""Books for the parts about sync: filled, copied, timed beside their floor."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from models.book.writing.batch import batch
from sync.transport.exchange import Exchange
from sync.workspace.workspace import DATABASE, open_book
from tests.bench import raw
from tests.bench.search import Corpus
from tests.support.replicas import Replica, Team

CORPUS = Corpus()
SOME = 2_000
ROUNDS = 5
PHRASES = ("接头松动", "电池老化", "风扇停转", "UPS 旁路", "port flapping", "滤网堵塞")


class Took(NamedTuple):
    """Seconds by the clock on the wall, and of this process's own work."""

    wall: float
    cpu: float


def timed(work: Callable[[], object]) -> Took:
    """How long a call takes."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Took(time.perf_counter() - wall, time.process_time() - cpu)


def words() -> dict[str, object]:
    """The words of one fix."""
    text = CORPUS.text()
    return {
        "phenomenon": text[:60],
        "cause": text[60:110],
        "correction": text[110:170],
        "place": f"{CORPUS.random.randint(1, 9)} 号机柜",
        "cause_class": CORPUS.random.choice(("equipment", "software", "environment")),
    }


def phrase() -> str:
    """A short answer, as people type it."""
    draw = CORPUS.random
    return f"{draw.choice(PHRASES)} {draw.randint(1, 99)}"


def fill(team: Team, count: int) -> list[str]:
    """So many fixes by the founder, each a save of its own; returns their ids."""
    book, made = team.founder.book, list[str]()
    while len(made) < count:
        with batch(book):
            for _ in range(min(SOME, count - len(made))):
                made.append(book.add("fix", words(), project=team.project).id)
    return made


def edit(one: Replica, ids: Sequence[str], *fields: str) -> None:
    """New words in these fields of each."""
    for at in range(0, len(ids), SOME):
        with batch(one.book):
            for id in ids[at : at + SOME]:
                one.book.edit(id, {field: CORPUS.text()[:30] for field in fields})


def offers(giver: Replica, taker: Replica) -> list[bytes]:
    """What the taker lacks, by log."""
    return [
        blob
        for space in giver.exchange.spaces()
        for blob in giver.exchange.offer(space, taker.exchange.vector(space))
    ]


def snapshot(giver: Replica) -> list[bytes]:
    """Everything as a snapshot."""
    return [
        blob for space in giver.exchange.spaces() for blob in giver.exchange.snapshot(space, {})
    ]


def compare(
    folder: Path, home: Path, blobs: Sequence[bytes], name: str, asked: float, *, parts: int = 0
) -> None:
    """Floor and book in turn, each on a fresh copy of the taker; `parts`: transactions."""
    floors, books, statements = list[Took](), list[Took](), list[raw.Statement]()
    for _ in range(ROUNDS):
        copied = copy(home, folder / "copy")
        opened = open_book(copied)
        exchange = Exchange(opened)
        books.append(timed(lambda exchange=exchange: exchange.take(blobs)))  # type: ignore[misc]
        opened.close()
        if not statements:
            statements = raw.diff(home / DATABASE, copied / DATABASE)
            print(f"  {name}: rows of the floor {raw.counts(statements)}")
        target = raw.copy(home / DATABASE, folder / "floor" / DATABASE)
        writing = raw.Writing(target, statements, parts or len(blobs))
        floors.append(timed(writing.run))
        writing.close()
    show(name, floors, books, asked)


def copy(home: Path, target: Path) -> Path:
    """A book's folder again, from the beginning."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(home, target)
    return target


def show(name: str, floors: Sequence[Took], books: Sequence[Took], asked: float) -> float:
    """Print medians and ratios; returns the book's median seconds of work."""
    low, high = (Took(*map(median, zip(*some, strict=True))) for some in (floors, books))
    print(
        f"  {name}: floor {low.wall * 1e3:.1f} ms, book {high.wall * 1e3:.1f} ms,"
        f" ratio {high.wall / low.wall:.2f} x; of the processor {low.cpu * 1e3:.1f},"
        f" {high.cpu * 1e3:.1f} ms, {high.cpu / low.cpu:.2f} x (asked: {asked} x)"
    )
    return high.cpu
