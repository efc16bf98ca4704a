"""The version: the installed one, and that of a tree that was never installed."""

from __future__ import annotations

from importlib import metadata

import pytest

from models.text import version


def test_the_installed_version_is_told() -> None:
    assert version.version() == metadata.version("sitebook")
    assert version.line() == f"sitebook {metadata.version('sitebook')}"


def test_a_tree_that_was_never_installed_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", absent)
    assert version.version() == version.UNKNOWN and version.line() == "sitebook 0+unknown"
