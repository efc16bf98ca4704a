"""Fixtures: a book that knows plans with tasks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.workspace.workspace import Workspace
from tests.support.plans import plan_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace whose book knows plans."""
    with plan_workspace(tmp_path) as opened:
        yield opened
