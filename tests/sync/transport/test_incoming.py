"""Incoming segments: what was applied brings those that waited for it along."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.encoding.segment import decode
from sync.transport.incoming import IncomingSegments
from tests.support.replicas import Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team.copied(tmp_path, "b")
    yield made
    made.close()


def incoming(team: Team) -> IncomingSegments:
    """That of the engineer."""
    found = team.all[1].exchange
    return IncomingSegments(found.workspace, found.trust, found.sealing)


def segments(team: Team, count: int) -> list[bytes]:
    """So many segments of the founder, one after the other."""
    a, space = team.founder, f"p:{team.project}"
    known = a.exchange.vector(space)
    for _ in range(count):
        team.fix(a)
        a.exchange.seal_now(space)
    return list(a.exchange.offer(space, known))


def test_what_is_here_already_is_counted_as_known(team: Team) -> None:
    taker, blobs = incoming(team), segments(team, 3)
    first = taker.take(team.founder.exchange.offer(f"p:{team.project}", {}))
    assert first.outcome.applied >= 3 and not first.waiting
    again = taker.take(blobs)
    assert (again.known, again.outcome.applied) == (3, 0)


def test_what_waits_at_the_end_is_told_and_what_came_meanwhile_is_not(team: Team) -> None:
    taker, space = incoming(team), f"p:{team.project}"
    known = list(team.founder.exchange.offer(space, team.all[1].exchange.vector(space)))
    taker.take(known)
    blobs = segments(team, 3)
    report = taker.take([blobs[2], blobs[1]])
    assert [one.first for one in report.waiting] == [decode(b).first for b in (blobs[2], blobs[1])]
    assert taker.waiting() and report.outcome.applied == 0
    report = taker.take(blobs[:1])
    assert not report.waiting and taker.waiting() == []
    assert report.outcome.applied == sum(decode(b).last - decode(b).first + 1 for b in blobs)


def test_it_asks_for_all_beyond_what_is_here(team: Team) -> None:
    taker, space = incoming(team), f"p:{team.project}"
    assert taker.wanted(space) == team.all[1].exchange.vector(space)
    taker.take(team.founder.exchange.offer(space, {}))
    assert taker.wanted(space) == team.founder.exchange.vector(space)


def test_one_that_is_no_segment_is_refused_and_the_others_taken(team: Team) -> None:
    taker, space = incoming(team), f"p:{team.project}"
    segments(team, 1)
    report = taker.take([b"nonsense", *team.founder.exchange.offer(space, {})])
    assert len(report.refused) == 1 and report.outcome.applied > 0
    assert gc.isenabled(), "looking for cycles is on again"


def test_the_membership_it_knows_already_is_no_news(team: Team) -> None:
    report = incoming(team).take_members(team.founder.exchange.members(0))
    assert report.members == 0 and not report.outcome.touched
