"""Level rules: asked from their level on. `tests/sync/organisation/test_rules_level.py` shows a
mixed team.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from sync.validation import level_rules


@pytest.mark.parametrize(("level", "asked"), [(1, []), (2, [2]), (3, [2, 3])])
def test_a_rule_is_asked_from_its_level_on(
    monkeypatch: pytest.MonkeyPatch, level: int, asked: list[int]
) -> None:
    heard: list[int] = []

    def rule(number: int) -> level_rules.Rule:
        return lambda _case: heard.append(number)

    for one in (2, 3):
        monkeypatch.setitem(level_rules.RULES, one, (rule(one),))
    case: Any = SimpleNamespace(writer=SimpleNamespace(level=level))
    level_rules.of_level(case)
    assert heard == asked


def test_the_first_level_has_no_rules_of_its_own() -> None:
    assert level_rules.RULES == {}
