"""Round: both sides have the same afterwards, it may stop anywhere, and one failure is one line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.text.words import Refused, W
from sync.log.histories import forks
from sync.log.histories.forks import Fork
from sync.transport.carrier import Side
from sync.transport.folder.carrier import Folder
from sync.transport.round import RoundReport, SyncRound, side
from sync.trust.membership_entry import Head
from sync.workspace import acknowledgements
from tests.support.replicas import Replica, Team, differences

WHY = Refused(W("不行", "no"))


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team.copied(tmp_path / "team", "b")
    (tmp_path / "share").mkdir()
    yield made
    made.close()


@pytest.fixture
def share(tmp_path: Path) -> Path:
    return tmp_path / "share"


def meet(one: Replica, share: Path, **more: object) -> RoundReport:
    """One round over the folder."""
    return SyncRound(one.exchange, Folder(one.exchange, share), **more).run()  # type: ignore[arg-type]


def test_after_a_round_each_everybody_has_everything(team: Team, share: Path) -> None:
    a, b = team.all
    team.fix(a)
    team.fix(b)
    assert meet(a, share).given and meet(b, share).taken.outcome.applied and meet(a, share).done
    assert not differences(a, b)
    assert meet(a, share).given == 0


def test_what_a_book_holds_is_said_by_space(team: Team) -> None:
    a = team.founder
    said = side(a.exchange)
    assert set(said.vectors) == set(a.exchange.spaces())
    assert said.members == len(a.exchange.trust.membership.entries)
    assert said.vectors["company"] == a.exchange.vector("company") and said.peers == {}


def test_progress_goes_from_nothing_to_all(team: Team, share: Path) -> None:
    for number in range(3):
        team.fix(team.founder, phenomenon=f"{number}")
        team.founder.exchange.seal_now(f"p:{team.project}")
    told = list[float]()
    meet(team.founder, share, tell=told.append)
    assert told == sorted(told) and 0 < told[0] <= told[-1] <= 1


def test_a_round_that_is_stopped_says_so_and_notes_nothing(team: Team, share: Path) -> None:
    team.fix(team.founder)
    report = meet(team.founder, share, stop=lambda: True)
    assert report.stopped and not report.done and report.given == 0
    assert acknowledgements.unconfirmed(team.founder.workspace) > 0
    assert meet(team.founder, share).done


def test_members_that_cannot_be_taken_do_not_end_the_round(
    team: Team, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = team.all
    meet(a, share)

    def refuses(_entries: object) -> object:
        raise WHY

    monkeypatch.setattr(Folder, "members", lambda *_: [[object()]])
    monkeypatch.setattr(b.exchange, "take_members", refuses)
    team.fix(b)
    report = meet(b, share)
    assert report.refused == [WHY] and report.given and not report.done


def test_a_carrier_that_takes_nothing_is_given_nothing(
    team: Team, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = team.all
    meet(a, share)
    monkeypatch.setattr(Folder, "takes", False)
    team.fix(b)
    report = meet(b, share)
    assert report.given == 0 and report.taken.outcome.applied


def test_what_others_say_of_another_history_confirms_nothing(
    team: Team, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a = team.founder
    fix = team.fix(a)
    space, me = f"p:{team.project}", a.device
    peers = {
        "somebody": {space: {me: Head(1, b"h" * 32)}},
        "who holds more": {space: {me: Head(99, b"h" * 32)}},
        "who says no hash": {space: {me: Head(1, b"")}},
    }
    monkeypatch.setattr(Folder, "meet", lambda *_: Side(0, {}, peers))
    with a.workspace.store.write():
        fork = Fork(space, "another", 1, 0)
        forks.told(a.workspace.store.db.connection(), fork._replace(device=me), bytes(32))
    report = meet(a, share)
    assert ("fix", fix) not in report.confirmed and a.get(fix).synced is None
    assert a.device == me  # no word of others, which proves nothing, costs it its key
