"""Each type that the program ships is declared rightly; its start leaves the check to this test."""

from __future__ import annotations

import pytest

from models.schema import declaration_check
from models.schema.declaration_check import check
from models.schema.record import kinds


@pytest.mark.parametrize("name", sorted(kinds))
def test_a_shipped_type_is_declared_rightly(name: str) -> None:
    check(kinds[name], {other: cls for other, cls in kinds.items() if other != name})


def test_what_is_declared_later_is_checked_at_once() -> None:
    assert not declaration_check.postponed
