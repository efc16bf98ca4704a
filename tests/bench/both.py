"""5,000 records edited on both sides while apart, taken by one of them.

The floor writes exactly the rows that taking wrote, siblings included, in as many transactions.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.bench import books
from tests.support.replicas import Team, give

RECORDS = 5_000


def run(args: argparse.Namespace | None = None) -> None:
    """Print it."""
    count = int(getattr(args, "records", 0) or 0) // 2 or RECORDS
    with tempfile.TemporaryDirectory(prefix="sitebook-both-") as folder:
        team = Team(Path(folder), "b")
        ids = books.fill(team, count)
        giver, taker = team.all
        give(giver, taker)
        print(f"\n{count} records edited on both sides")
        half = count // 2
        for one, some in ((giver, ids[:half]), (taker, ids), (giver, ids[half:])):
            books.edit(one, some, "cause")
        blobs = books.offers(giver, taker)
        for space in taker.exchange.spaces():
            taker.exchange.seal_now(space)
        team.close()
        books.compare(Path(folder), taker.home, blobs, "taken", 4)


if __name__ == "__main__":
    run()
