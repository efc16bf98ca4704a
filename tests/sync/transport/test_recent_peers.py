"""Recent peers: the last round with each, the latest first, whatever lies in the table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.text.words import Refused, W
from sync.transport import recent_peers
from sync.transport.recent_peers import KEPT, META, noted, of
from sync.transport.round import RoundReport
from tests.support.replicas import Replica, Team

WHY = Refused(W("{peer} 不在", "{peer} is away"), peer="x")


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Replica]:
    team = Team.copied(tmp_path)
    yield team.founder
    team.close()


def report(**more: object) -> RoundReport:
    found = RoundReport("folder", given=3)
    for name, value in more.items():
        setattr(found, name, value)
    return found


def test_a_round_is_noted_with_its_figures(one: Replica) -> None:
    one.clock(1_700_000_000_000)
    assert noted(one.workspace, "/share", "round", lambda: report(unconfirmed=2)).given == 3
    (found,) = of(one.workspace)
    assert (found.peer, found.at, found.given) == ("/share", 1_700_000_000_000, 3)
    assert found.unconfirmed == 2 and found.done


def test_what_was_refused_or_stopped_is_not_done(one: Replica) -> None:
    def refuses() -> RoundReport:
        raise WHY

    with pytest.raises(Refused):
        noted(one.workspace, "/a", "round", refuses)
    noted(one.workspace, "/b", "round", lambda: report(refused=[WHY]))
    noted(one.workspace, "/c", "round", lambda: report(stopped=True))
    found = {last.peer: last for last in of(one.workspace)}
    assert not any(last.done for last in found.values())
    assert found["/a"].why == WHY.both() == found["/b"].why and found["/c"].why is None


def test_one_line_for_each_peer_and_way_the_oldest_makes_room(one: Replica) -> None:
    for number in range(KEPT + 3):
        one.clock(1_700_000_000_000 + number)
        noted(one.workspace, f"/{number}", "round", report)
    one.clock(1_700_000_001_000)
    noted(one.workspace, "/5", "round", report)
    noted(one.workspace, "/5", recent_peers.TO_FILE, report)
    found = [(last.peer, last.way) for last in of(one.workspace)]
    assert len(found) == KEPT == len(set(found)) and ("/0", "round") not in found
    assert {found[0], found[1]} == {("/5", "round"), ("/5", recent_peers.TO_FILE)}


@pytest.mark.parametrize("text", ["", "{", "5", "[5]", "[[1]]", '{"a": 1}', "[null]"])
def test_what_cannot_be_read_is_nothing(one: Replica, text: str) -> None:
    with one.workspace.store.write():
        one.workspace.store.set_meta(META, text)
    assert of(one.workspace) == []
    noted(one.workspace, "/a", "round", report)
    assert [last.peer for last in of(one.workspace)] == ["/a"]
