"""A team of three, and each carrier in turn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.replicas import Team
from tests.sync.transport.ways import WAYS, Way


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder and two engineers."""
    found = Team.copied(tmp_path / "team", "乙", "丙")
    yield found
    found.close()


@pytest.fixture(params=list(WAYS))
def way(request: pytest.FixtureRequest, tmp_path: Path) -> Way:
    """One way between books."""
    folder = tmp_path / "between"
    folder.mkdir()
    return WAYS[request.param](folder)
