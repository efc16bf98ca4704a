"""Replay parked: done once for each set of declarations, and only where anything is parked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.apply.reevaluation.replay_parked import declared, replay
from sync.log import parked
from sync.log.parked import MARK
from tests.support import gadgets
from tests.support.gadgets import NAME
from tests.support.replicas import Team, give


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """The founder writes with the newer version, the other one reads with the older."""
    gadgets.declare(new=True)
    made = Team.copied(tmp_path, "b", met=True)
    made.founder.book.add(NAME, {"name": "n", "colour": "green"}, project=made.project)
    gadgets.declare(new=False)
    give(made.founder, made.all[1])
    yield made
    made.close()
    gadgets.forget()


def test_what_is_understood_by_now_is_shown(team: Team) -> None:
    taker = team.all[1].workspace
    space = f"p:{team.project}"
    assert parked.spaces(taker.store.db.connection()) == [space]
    (before,) = taker.store.rows("SELECT colour FROM gadget")
    gadgets.declare(new=True)
    touched = replay(taker, [space])
    assert {type for type, _ in touched} == {NAME}
    assert (before, *taker.store.rows("SELECT colour FROM gadget")) == ((None,), ("green",))
    assert taker.store.meta(MARK) == declared() and replay(taker, [space]) == set()


def test_what_is_still_not_understood_stays_parked(team: Team) -> None:
    taker = team.all[1].workspace
    assert replay(taker, [f"p:{team.project}"]) == set()
    assert parked.spaces(taker.store.db.connection()) == [f"p:{team.project}"]


def test_the_mark_follows_fields_choices_states_and_moves() -> None:
    try:
        gadgets.declare(new=False)
        old = declared()
        assert declared() == old
        gadgets.declare(new=True)
        assert declared() != old
    finally:
        gadgets.forget()
    assert declared() not in ("", old)
