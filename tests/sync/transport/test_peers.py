"""Peers: a folder or the hub by its name, the last one by none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.text.words import Refused
from sync.transport import peers, recent_peers
from sync.transport.folder.carrier import Folder
from sync.transport.http.carrier import NO_HUB
from sync.workspace import hub_address
from sync.workspace.acknowledgements import PEER
from sync.workspace.hub_address import Address
from tests.support.replicas import Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team.copied(tmp_path / "team", "b")
    (tmp_path / "share").mkdir()
    yield made
    made.close()


def test_the_last_peer_is_the_next_one(team: Team, tmp_path: Path) -> None:
    one, share = team.founder.workspace, tmp_path / "share"
    with pytest.raises(Refused) as caught:
        peers.sync(one)
    assert caught.value.word is peers.NOBODY and peers.usual(one) == []
    assert peers.sync(one, str(share)).done
    assert one.store.meta(PEER) == str(share) and peers.usual(one) == [str(share)]
    assert peers.sync(one).done
    (round,) = recent_peers.of(one)
    assert (round.peer, round.way, round.done) == (str(share), "round", True)


def test_a_peer_tried_once_is_not_remembered_unless_it_is_to_be(team: Team, tmp_path: Path) -> None:
    one = team.founder.workspace
    peers.sync(one, str(tmp_path / "share"), remember=False)
    assert one.store.meta(PEER) is None
    team.fix(team.founder)
    assert peers.sync(one, str(tmp_path / "share"), stop=lambda: True).stopped
    assert one.store.meta(PEER) is None


def test_a_hub_that_was_not_joined_is_refused_and_noted(team: Team) -> None:
    one = team.founder.workspace
    with pytest.raises(Refused) as caught:
        peers.sync(one, "https://hub.example.com:8443")
    assert caught.value.word is NO_HUB and one.store.meta(PEER) is None
    (round,) = recent_peers.of(one)
    assert round.why is not None and not round.done


def test_a_folder_is_known_by_its_whole_path(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert peers.known_as("share") == str(tmp_path / "share")
    assert peers.known_as("https://hub:1") == "https://hub:1"
    assert isinstance(peers.reach(team.founder.exchange, "share"), Folder)


def test_the_hub_comes_first_among_the_usual_ones(team: Team, tmp_path: Path) -> None:
    one = team.founder.workspace
    hub_address.save(one.home, Address("https://hub:1", "", "d9", "00"))
    peers.sync(one, str(tmp_path / "share"))
    assert peers.usual(one) == ["https://hub:1", str(tmp_path / "share")]
    with one.store.write():
        one.store.set_meta(PEER, "https://hub:1")
    assert peers.usual(one) == ["https://hub:1"]
