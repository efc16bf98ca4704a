"""Outgoing segments: what others lack, our own sealed first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.encoding.segment import decode
from sync.transport.outgoing import OutgoingSegments
from tests.support.replicas import Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team.copied(tmp_path)
    yield made
    made.close()


def outgoing(team: Team) -> OutgoingSegments:
    """That of the founder."""
    found = team.founder.exchange
    return OutgoingSegments(found.workspace, found.trust, found.sealing)


def test_what_is_not_sealed_yet_is_sealed_and_offered(team: Team) -> None:
    giver, space = outgoing(team), f"p:{team.project}"
    known = team.founder.exchange.vector(space)
    team.fix(team.founder)
    (last,) = [decode(blob) for blob in giver.offer(space, known)]
    held = team.founder.exchange.vector(space)
    assert (last.space, last.device, last.last) == (space, team.founder.device, held[last.device])
    assert list(giver.offer(space, held)) == []


def test_a_segment_is_offered_from_where_the_other_side_ends(team: Team) -> None:
    giver, space, device = outgoing(team), f"p:{team.project}", team.founder.device
    for _ in range(3):
        team.fix(team.founder)
    held = team.founder.exchange.vector(space)[device]
    whole = [decode(blob) for blob in giver.offer(space, {})]
    assert whole[0].first == 1 and whole[-1].last == held
    (rest,) = [decode(blob) for blob in giver.offer(space, {device: held - 1})]
    assert (rest.first, rest.last, rest.hash) == (held, held, whole[-1].hash)


def test_a_snapshot_leaves_out_what_no_longer_stands_and_lean_only_where_it_pays(
    team: Team,
) -> None:
    giver, space = outgoing(team), f"p:{team.project}"
    fix = team.fix(team.founder)
    for place in "甲乙丙":
        team.founder.book.edit(fix, {"place": place})
    assert any(decode(blob).thin is not None for blob in giver.snapshot(space, {}))
    assert all(decode(blob).thin is None for blob in giver.offer(space, {}, lean=True))


def test_membership_entries_are_given_after_a_version(team: Team) -> None:
    entries = outgoing(team).members(0)
    assert entries == outgoing(team).members(0)
    assert outgoing(team).members(len(entries) - 1) == entries[-1:]
