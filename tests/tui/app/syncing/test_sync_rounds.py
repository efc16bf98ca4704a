"""Sync rounds: the worst of several counts, and a failure has two words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.text.words import Refused, W
from sync.apply.receive import OUTDATED
from sync.transport import peers
from sync.transport.folder import carrier
from sync.transport.http import client
from sync.transport.incoming import ExchangeReport
from sync.transport.round import RoundReport
from sync.workspace.workspace import Workspace
from tests.support.replicas import Team
from tui.app.syncing import sync_rounds
from tui.app.syncing.sync_rounds import AWAY, FAILED

OTHER = W("另有原因", "something else")


GOOD = RoundReport("folder")
BAD = RoundReport("folder", refused=[Refused(OTHER)])
BAD_THERE = RoundReport("folder", taken=ExchangeReport(refused=[Refused(OTHER)]))


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder and two engineers, in sync."""
    made = Team.copied(tmp_path, "甲", "乙", met=True)
    yield made
    made.close()


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """A shared folder."""
    path = tmp_path / "share"
    path.mkdir()
    return path


@pytest.mark.parametrize("word", [client.AWAY, client.BUSY, carrier.NO_FOLDER])
def test_nobody_reached_is_no_contact(word: W) -> None:
    names = dict.fromkeys(("url", "path", "reason", "name", "seconds", "peer", "host"), "x")
    assert sync_rounds.trouble(Refused(word, **names)) == AWAY


@pytest.mark.parametrize("result", [Refused(OTHER), BAD, BAD_THERE])
def test_any_other_refusal_is_a_failed_sync(result: Any) -> None:
    assert sync_rounds.trouble(result) == FAILED


def test_a_round_that_went_well_is_no_trouble() -> None:
    assert sync_rounds.trouble(GOOD) is None


def test_the_last_trouble_of_several_rounds_counts_else_the_first_result() -> None:
    other = Refused(OTHER)
    assert sync_rounds.worst([GOOD, BAD, RoundReport("hub")]) is BAD
    assert sync_rounds.worst([BAD, other]) is other
    assert sync_rounds.worst([GOOD, RoundReport("hub")]) is GOOD


def test_no_round_at_all_is_refused() -> None:
    result = sync_rounds.worst([])
    assert isinstance(result, Refused) and result.word == peers.NOBODY


def test_only_the_word_of_an_older_copy_is_one() -> None:
    assert sync_rounds.is_old(Refused(OUTDATED))
    assert not sync_rounds.is_old(Refused(OTHER)) and not sync_rounds.is_old(GOOD)


def test_a_book_without_peers_has_no_usual_round(workspace: Workspace) -> None:
    result = sync_rounds.with_usual(workspace, None, _ignore, lambda: False)
    assert isinstance(result, Refused) and result.word == peers.NOBODY


def test_a_folder_is_met_and_met_again_as_a_usual_peer(team: Team, share: Path) -> None:
    one, two = team.all[1:]
    fix = team.fix(one)
    report = sync_rounds.with_peer(one.workspace, str(share), None, _ignore, lambda: False)
    assert sync_rounds.trouble(report) is None
    sync_rounds.with_peer(two.workspace, str(share), None, _ignore, lambda: False)
    assert two.book.find(fix)
    later = team.fix(one)
    for who in (one, two):
        result = sync_rounds.with_usual(who.workspace, None, _ignore, lambda: False)
        assert sync_rounds.trouble(result) is None
    assert two.book.find(later)


def test_a_usual_folder_that_is_gone_is_no_contact(team: Team, share: Path) -> None:
    one = team.all[1]
    sync_rounds.with_peer(one.workspace, str(share), None, _ignore, lambda: False)
    share.rename(share.with_name("away"))
    result = sync_rounds.with_usual(one.workspace, None, _ignore, lambda: False)
    assert sync_rounds.trouble(result) == AWAY


def _ignore(_share: float) -> None:
    """Progress is not looked at."""
