"""The store is tested as it is: its tables are made, not copied."""

from __future__ import annotations

import pytest

from models.storage.store import Store
from tests.support import prepared_tables


@pytest.fixture(autouse=True)
def as_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every book of these tests is made from nothing."""
    monkeypatch.setattr(Store, "create", prepared_tables.create)
