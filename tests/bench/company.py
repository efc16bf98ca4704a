"""Company: a company of 40 projects and 400,000 changes, beside one as large as the demonstration.

Printed: the work of a project manager's and a quality specialist's pages in steps of the database
(`counted_work`), the database's size, a new device's first sync by log and by snapshot with its
memory, and the time of a backup. `python -m tests.bench company`; `--weeks` says how many
instead of 130, and `--company FOLDER` where the books are kept and gone on with.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import tempfile
import time
from pathlib import Path

from models.schema.roles import PROJECT_MANAGER, QUALITY
from models.storage import backup
from sync.apply.open_book import open_book
from sync.transport.exchange import Exchange
from sync.workspace.workspace import DATABASE
from tests.bench import company_book, counted_work, pull
from tests.bench.books import timed
from tests.bench.company_book import DEMO, MANY
from tests.support.replicas import Team, replica


def run(args: argparse.Namespace) -> None:
    """Print every figure."""
    size = MANY._replace(weeks=int(args.weeks or MANY.weeks))
    with tempfile.TemporaryDirectory(prefix="sitebook-company-") as folder:
        kept = Path(args.company or folder)
        kept.mkdir(parents=True, exist_ok=True)
        begun = time.perf_counter()
        small, large = company_book.build(kept, DEMO), company_book.build(kept, size)
        print(f"\n{size.name}: written or found in {time.perf_counter() - begun:.0f} s")
        _size(large)
        for role in (PROJECT_MANAGER, QUALITY):
            _pages(Path(folder), small, large, role, size)
        _first_sync(Path(folder), large)
        _backup(Path(folder), large)


def _size(home: Path) -> None:
    opened = open_book(home)
    row = opened.store.row("SELECT count(*) FROM change")
    changes = int(row[0]) if row else 0
    opened.close()
    size = (home / DATABASE).stat().st_size
    print(f"  {changes:,} changes, database {size / 1e6:,.0f} MB, {size / changes:.0f} B a change")


def _pages(folder: Path, small: Path, large: Path, role: str, size: company_book.Size) -> None:
    found = []
    for home, of in ((small, DEMO), (large, size)):
        copied = folder / "pages"
        shutil.rmtree(copied, ignore_errors=True)
        shutil.copytree(home, copied)
        person = company_book.person(of, role)
        found.append(asyncio.run(counted_work.screens(copied, person)))
    print(f"  {role}: steps of the database, as large as the demonstration → this company")
    for what, before in found[0].items():
        print(f"    {what:14}{before:>12,}{found[1][what]:>12,}{found[1][what] / before:>8.2f} ×")


def _first_sync(folder: Path, home: Path) -> None:
    """A device that was just admitted takes everything."""
    copied = folder / "giver"
    shutil.copytree(home, copied)
    team = Team.__new__(Team)
    team.folder, team.founder = folder, replica(open_book(copied))
    team.all = [team.founder]
    team.admit("新来的", (QUALITY,))
    giver, taker = team.all
    log = [b for space in giver.exchange.spaces() for b in giver.exchange.offer(space, {})]
    snap = [b for space in giver.exchange.spaces() for b in giver.exchange.snapshot(space, {})]
    team.close()
    for name, blobs in (("log", log), ("snapshot", snap)):
        target = folder / "taker"
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(taker.home, target)
        opened = open_book(target)
        took = timed(lambda opened=opened, blobs=blobs: Exchange(opened).take(blobs))  # type: ignore[misc]
        opened.close()
        memory = pull.memory(folder, taker.home, blobs)
        print(
            f"  first sync by {name}: {sum(map(len, blobs)) / 1e6:.1f} MB, {took.wall:.1f} s"
            f" (processor {took.cpu:.1f} s), {memory} MB of memory at most"
        )


def _backup(folder: Path, home: Path) -> None:
    opened = open_book(home)
    took = timed(lambda: backup.backup(opened.store, folder / "backups"))
    opened.close()
    print(f"  backup: {took.wall:.1f} s (processor {took.cpu:.1f} s)")
