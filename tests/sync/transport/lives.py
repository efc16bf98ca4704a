"""Lives: what processes do that are killed or meet a full disk (`forked_processes`)."""

from __future__ import annotations

import random
import resource
import signal
import socket
import sys
from pathlib import Path

from models.book.projects import all_projects
from models.text.words import Refused
from sync.transport.bundle import bundle
from sync.transport.exchange import Exchange
from sync.workspace import workspace
from tests.support.replicas import VALUES, Replica, replica
from tests.sync.transport.ways import WAYS


def live(home: str, way: str, place: str, seed: int) -> None:
    """Write, give and take without end; say each durable record, and what others confirmed."""
    rng = random.Random(seed)
    one = replica(workspace.open_book(Path(home)))
    carrier = WAYS[way](Path(place))
    print("READY", flush=True)
    while True:
        for project in all_projects(one.workspace.store)[:1]:
            for _ in range(rng.randrange(1, 4)):
                made = one.book.add("fix", VALUES, project=project.id)
                print(made.id, flush=True)
        for step in (carrier.into, carrier.out):
            try:
                step(one)
            except Refused as why:
                print(f"- {why}", flush=True)
        print(f"HELD {_held(one)}", flush=True)


def _held(one: Replica) -> int:
    """Up to which of our own changes in the first project the hub says that it holds them."""
    sql = "SELECT max(seq) FROM seen WHERE peer='hub' AND device=? AND space LIKE 'p:%'"
    return int(one.workspace.store.rows(sql, (one.device,))[0][0] or 0)


def serve(home: str, fd: int) -> None:
    """A hub on a socket that is open already, on SQLite in its folder."""
    from sync.hub.hub import Hub
    from sync.hub.serving.server import server

    house = Hub(Path(home), f"sqlite:///{home}/hub.sqlite3")
    house.create()
    print("READY", flush=True)
    server(house, "127.0.0.1", 0).run([socket.socket(fileno=fd)])


def take(home: str, letter: str) -> None:
    """Take the segments that lie in a folder, saying each name before it."""
    opened = workspace.open_book(Path(home))

    def blobs() -> object:
        for path in sorted(Path(letter).iterdir()):
            print(path.name, flush=True)
            yield path.read_bytes()

    Exchange(opened).take(blobs())  # type: ignore[arg-type]
    opened.close()


def limited(home: str, what: str, path: str, limit: int) -> None:
    """Write or read a bundle while no file may grow beyond a limit."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    opened = workspace.open_book(Path(home))
    exchange = Exchange(opened)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        getattr(bundle, what)(exchange, Path(path))
    except Refused as why:
        print(f"REFUSED {why}", flush=True)
        sys.exit(1)
    opened.close()
