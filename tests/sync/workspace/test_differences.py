"""Differences: noted once with their time, forgotten when they are gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.organisation import administration
from sync.workspace import differences
from tests.support.replicas import Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team.copied(tmp_path / "team", "乙", met=True)
    yield found
    found.close()


def test_a_difference_has_the_time_it_was_first_seen(team: Team) -> None:
    a, b = team.all
    assert differences.listed(a.workspace) == []
    differences.note(a.workspace, b.device, "company", same=True)
    a.clock(1_800_000_000_000)
    differences.note(a.workspace, b.device, "company", same=False)
    a.clock(1_800_000_060_000)
    differences.note(a.workspace, b.device, "company", same=False)
    differences.note(a.workspace, b.device, "p:one", same=False)
    (one,) = differences.listed(a.workspace)
    assert one == (b.device, ("company", "p:one"), 1_800_000_000_000)
    assert differences.names(a.workspace) == ["乙 (B)"]
    differences.note(a.workspace, b.device, "company", same=True)
    (one,) = differences.listed(a.workspace)
    assert one.spaces == ("p:one",)
    differences.note(a.workspace, b.device, "p:one", same=True)
    assert differences.listed(a.workspace) == []


def test_a_revoked_device_may_differ(team: Team) -> None:
    a, b = team.all
    differences.note(a.workspace, b.device, "company", same=False)
    administration.revoke(a.workspace, b.device)
    assert differences.listed(a.workspace) == []


def test_nonsense_in_the_fact_is_no_difference(team: Team) -> None:
    a = team.founder
    for text in ("{", "[]", '{"d": 5}', '{"d": {"s": "x"}}'):
        with a.workspace.store.write():
            a.workspace.store.set_meta(differences.FACT, text)
        assert differences.listed(a.workspace) == []
