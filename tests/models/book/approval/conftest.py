"""A team whose engineers may write without hearing of each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.schema.roles import ENGINEER, PROJECT_MANAGER
from tests.support.replicas import Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder, a project manager and two engineers, all in sync."""
    made = Team.copied(tmp_path)
    made.admit("lead", (PROJECT_MANAGER,))
    made.admit("eng", (ENGINEER,))
    made.admit("mate", (ENGINEER,))
    made.meet()
    yield made
    made.close()
