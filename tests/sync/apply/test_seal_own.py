"""Seal own: what this device wrote is signed once, under each of its ids, and judged as others'."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.text.words import Refused
from sync.apply.seal_own import NOT_ADMITTED, Sealing
from sync.encoding.segment import decode
from sync.log import device_aliases, seals
from sync.trust import device_key, seal
from sync.workspace.setup import begin as begin_book
from tests.support.replicas import Replica, Team, give, replica


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team.copied(tmp_path, "b")
    yield made
    made.close()


def sealed(one: Replica, space: str) -> list[tuple[int, int]]:
    """The bounds of the segments of a space that this device sealed."""
    idx = one.workspace.log.idx
    found = seals.of_space(one.workspace.store.db.connection(), space)
    return [(seal.first, seal.last) for seal in found if seal.idx == idx]


def test_what_was_written_is_sealed_once(team: Team) -> None:
    one, space = team.founder, f"p:{team.project}"
    before = sealed(one, space)
    assert one.exchange.seal_now(space) == len(sealed(one, space)) - len(before)
    team.fix(one)
    assert one.exchange.seal_now(space) == 1 and one.exchange.seal_now(space) == 0
    last = one.workspace.log.tip(space, one.device)
    (found,) = one.exchange.offer(space, {one.device: last[0] - 1})
    segment = decode(found)
    assert segment.hash == last[1]
    assert seal.check(one.exchange.sealing.key.public, segment.head, segment.signature)


def test_a_space_without_anything_new_needs_no_key(team: Team) -> None:
    one = team.founder
    for space in one.exchange.spaces():
        one.exchange.seal_now(space)
    (one.home / device_key.FILE).unlink()
    fresh = Sealing(one.workspace, one.exchange.trust)
    assert fresh.seal(f"p:{team.project}") == 0
    team.fix(one)
    with pytest.raises(Refused):
        fresh.seal(f"p:{team.project}")


def test_a_book_begun_alone_seals_for_nobody_else(team: Team, tmp_path: Path) -> None:
    alone = replica(begin_book(tmp_path / "alone", name="独自", project="项目"))
    stranger = Sealing(alone.workspace, team.founder.exchange.trust)
    with pytest.raises(Refused) as caught:
        for space in alone.exchange.spaces():
            stranger.seal(space)
    assert caught.value.word is NOT_ADMITTED
    alone.workspace.close()


def test_a_new_id_of_the_same_key_is_vouched_for(team: Team) -> None:
    a, b = team.all
    old = b.device
    b.workspace.close()
    device_key.renew(b.home)
    b.reopen()
    assert b.device != old
    team.fix(b)
    assert b.exchange.seal_now(f"p:{team.project}") == 1
    word = device_aliases.of(b.workspace.store.db.connection(), b.device)
    assert word is not None and word.old == old
    assert give(b, a).outcome.quarantined == 0
    assert a.workspace.people.person_of(b.device) == team.person(b)
