"""Bytes of a change on the way, seal included, against the same changes as JSON objects.

Edits of one field with a short answer, as people type them, and with thirty characters of text,
whose own words then weigh most.
"""

from __future__ import annotations

import argparse
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.bench import books
from tests.bench.books import CORPUS
from tests.support.replicas import Team, give

COUNTS = (1, 10, 50, 500, 5_000)
TEXTS: dict[str, Callable[[], str]] = {
    "a short answer": books.phrase,
    "30 characters": lambda: CORPUS.text()[:30],
}


def run(args: argparse.Namespace | None = None) -> None:
    """Print every number of changes."""
    count = int(getattr(args, "records", 0) or COUNTS[-1])
    print(f"\n{'Bytes a change':22}{'changes':>8}{'packed':>8}{'JSON, zlib':>12}   asked")
    with tempfile.TemporaryDirectory(prefix="sitebook-wire-") as folder:
        team = Team(Path(folder), "b")
        ids = books.fill(team, count)
        giver, taker = team.all
        give(giver, taker)
        for name, text in TEXTS.items():
            for some in COUNTS:
                if some <= count:
                    _line(team, name, CORPUS.random.sample(ids, some), text)
        team.close()


def _line(team: Team, name: str, ids: list[str], text: Callable[[], str]) -> None:
    giver, taker = team.all
    (last,) = giver.workspace.store.row("SELECT max(n) FROM change") or (0,)
    for id in ids:
        giver.book.edit(id, {"cause": text()})
    size = sum(map(len, books.offers(giver, taker)))
    bodies = giver.workspace.store.rows("SELECT body FROM change WHERE n>?", (last,))
    plain = len(zlib.compress(b"\n".join(body for (body,) in bodies), 9))
    give(giver, taker)
    asked = "42" if len(ids) == 50 and text is books.phrase else ""
    print(f"{name:22}{len(ids):>8}{size / len(ids):>8.1f}{plain / len(ids):>12.1f}   {asked}")


if __name__ == "__main__":
    run()
