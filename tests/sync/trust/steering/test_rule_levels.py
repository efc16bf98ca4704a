"""Rule levels: what a device says that it knows."""

from __future__ import annotations

import pytest

from sync.trust.steering import rule_levels


def test_the_first_level_is_not_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert rule_levels.said() == {} and rule_levels.heard({}) == 1
    monkeypatch.setattr(rule_levels, "KNOWN", 3)
    assert rule_levels.heard(rule_levels.said()) == 3


@pytest.mark.parametrize("level", ["2", True, None, [2]])
def test_nonsense_says_nothing(level: object) -> None:
    assert rule_levels.heard({rule_levels.SAID: level}) == 1


def test_a_level_of_a_newer_program_is_not_understood() -> None:
    known = rule_levels.KNOWN
    assert rule_levels.understood({"level": known})
    assert not rule_levels.understood({"level": known + 1})
