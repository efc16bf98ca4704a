"""The people of a project."""

from __future__ import annotations

import pytest

from sync.workspace.workspace import Workspace
from tests.support.staff import Staff


@pytest.fixture
def staff(workspace: Workspace) -> Staff:
    """One person for each role."""
    return Staff(workspace)
