"""What tests of the hub's storage begin with: an organisation and a database, and no server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sync.hub.storage.database import Base
from tests.sync.hub.devices import Organisation, signer


@pytest.fixture
def base(url: str) -> Iterator[Base]:
    """A hub's database of this version, on SQLite and on PostgreSQL."""
    made = Base(url)
    made.create()
    for name, value in (("epoch", "first"), ("members", "")):
        made.note(name, value)
    yield made
    made.close()


@pytest.fixture
def staff() -> Organisation:
    """An organisation of three devices on one project, and its hub."""
    return Organisation(signer(77))
