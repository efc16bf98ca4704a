"""Hub histories: what a hub says of them, against what is here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sync.log.histories import forks
from sync.transport.http.hub_histories import HubHistories
from sync.trust.membership_entry import Head
from sync.workspace import differences
from tests.support.replicas import Team
from tests.support.twins import parted

NOTHING: dict[str, Any] = {"forked": [], "forks": [], "awaited": {}, "digests": {}, "ends": {}}


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team.copied(tmp_path / "team", "乙", met=True)
    yield found
    found.close()


def test_the_end_of_the_own_chain_counts_where_it_is_the_one_here(
    team: Team, tmp_path: Path
) -> None:
    b, twin, _ = parted(team, tmp_path)
    space = f"p:{team.project}"
    ends = {name: one.exchange.heads(space)[b.device] for name, one in (("b", b), ("twin", twin))}
    for name, head in ends.items():
        hub = HubHistories(b.exchange)
        with b.workspace.store.write():
            said = {**NOTHING, "ends": {space: [head.seq, head.hash.hex()]}}
            found = hub.heard(said)
        assert found == ({space: {b.device: head}} if name == "b" else {})
        assert hub.forked == (set() if name == "b" else {space})
    assert forks.unread(b.workspace.store.db.connection(), space) == [b.device]
    longer = Head(9, bytes(32))
    hub = HubHistories(b.exchange)
    with b.workspace.store.write():
        assert hub.heard({**NOTHING, "ends": {space: [longer.seq, longer.hash.hex()]}}) == {}
    assert hub.forked == set()  # an older copy: taking what it lacks tells
    twin.workspace.close()


def test_what_others_come_to_is_compared_by_the_same_members_only(team: Team) -> None:
    a, b = team.all
    hub, space = HubHistories(a.exchange), f"p:{team.project}"
    for digest, differs in (("m:1", False), ("m:2", True), ("other:3", True), ("m:1", False)):
        with a.workspace.store.write():
            hub.heard({**NOTHING, "digests": {space: {b.device: digest}}})
        hub.compare([space], {space: "m:1"})
        assert bool(differences.listed(a.workspace)) == differs


def test_a_fork_of_another_device_is_told_once_by_its_owner(team: Team) -> None:
    a, b = team.all
    row = [f"p:{team.project}", b.device, 3, 4, "00" * 32, ""]
    for count in (1, 0):
        hub = HubHistories(a.exchange)
        with a.workspace.store.write():
            hub.heard({**NOTHING, "forks": [row]})
        assert list(hub.proofs()) == []
        assert ["乙 的电脑 B 从第 3 条改动起" in str(why) for why in hub.told()] == [True] * count
