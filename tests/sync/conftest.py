"""Long runs are left out unless asked for by `-m long`."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "long" not in str(config.getoption("markexpr")):
        skip = pytest.mark.skip(reason="a long run: pytest -m long")
        for item in items:
            if item.get_closest_marker("long"):
                item.add_marker(skip)
