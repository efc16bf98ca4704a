"""One life of a process that syncs, to be killed at any moment: `lives.py HOME WAY PLACE SEED`."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from models import ask
from models.words import Refused
from sync import workspace
from tests.sync.carriers.ways import WAYS
from tests.sync.replicas import VALUES, replica


def live(home: Path, way: str, place: Path, seed: int) -> None:
    """Write, give and take without end; say each durable record aloud."""
    rng = random.Random(seed)
    one = replica(workspace.open_book(home))
    carrier = WAYS[way](place)
    print("READY", flush=True)
    while True:
        for project in ask.projects(one.workspace.store)[:1]:
            for _ in range(rng.randrange(1, 4)):
                made = one.book.add("fix", VALUES, project=project.id)
                print(made.id, flush=True)
        try:
            carrier.into(one)
        except Refused as why:
            print(f"- {why}", flush=True)
        carrier.out(one)
        print("ROUND", flush=True)


if __name__ == "__main__":
    live(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
