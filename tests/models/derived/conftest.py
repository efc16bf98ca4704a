"""One project in the hands of its people, for tests of who may do what."""

from __future__ import annotations

from tests.models.records.conftest import staff

__all__ = ["staff"]
