"""Exchange: one book's side, the same whatever carries it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.encoding.segment import decode
from sync.trust import device_key
from tests.support.replicas import Team, differences


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team.copied(tmp_path, "b")
    yield made
    made.close()


def test_what_one_offers_the_other_takes(team: Team) -> None:
    a, b = team.all
    team.fix(a)
    assert a.exchange.spaces() == sorted(a.exchange.spaces()) and "company" in a.exchange.spaces()
    for space in a.exchange.spaces():
        report = b.exchange.take(a.exchange.offer(space, b.exchange.vector(space)))
        assert not report.refused
        assert b.exchange.vector(space) == a.exchange.vector(space)
    assert not differences(a, b) and b.exchange.waiting() == []
    assert list(a.exchange.offer("company", a.exchange.vector("company"))) == []


def test_what_waits_is_told_and_asked_for(team: Team) -> None:
    a, b = team.all
    space = f"p:{team.project}"
    team.fix(a)
    first = list(a.exchange.offer(space, {}))
    team.fix(a)
    (later,) = a.exchange.offer(
        space, a.exchange.vector(space) | {a.device: decode(first[-1]).last}
    )
    assert b.exchange.take([later]).waiting
    (waiting,) = b.exchange.waiting()
    assert (waiting.device, waiting.want.what) == (a.device, "change")
    assert b.exchange.wanted(space) == b.exchange.vector(space)
    b.exchange.take(first)
    assert b.exchange.waiting() == [] and b.exchange.vector(space) == a.exchange.vector(space)


def test_a_device_speaks_under_the_id_that_was_admitted(team: Team) -> None:
    b = team.all[1]
    admitted = b.device
    assert b.exchange.admitted().id == admitted
    b.workspace.close()
    device_key.renew(b.home)
    b.reopen()
    assert b.device != admitted and b.exchange.admitted().id == admitted


def test_members_are_given_after_a_version(team: Team) -> None:
    a = team.founder
    log = a.exchange.trust.membership.entries
    assert a.exchange.members(2) == list(log[2:]) and a.exchange.members(len(log)) == []
    assert a.exchange.take_members(log).members == 0
