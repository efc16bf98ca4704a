"""Chain cut: everything of a device after a sequence is gone, and its chain checks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.log import logged_changes
from sync.log.histories import chain_cut
from sync.workspace import acknowledgements
from tests.support.replicas import Team, give


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team.copied(tmp_path / "team", "乙", met=True)
    yield found
    found.close()


@pytest.mark.parametrize("upto", [0, 1, 2])
def test_the_end_of_a_chain_is_taken_out(team: Team, upto: int) -> None:
    a, b = team.all
    space = f"p:{team.project}"
    made = [team.fix(b) for _ in range(2)]
    give(b, a)
    acknowledgements.note_seen(a.workspace, "hub", space, {b.device: 2, a.device: 1})
    a.book.edit(made[1], {"place": "built on it"})
    db, idx = a.workspace.store.db.connection(), a.workspace.people.idx_of(b.device)
    with a.workspace.store.write():
        touched = chain_cut.cut(db, space, b.device, idx, upto)
    gone = {("fix", id) for id in made[upto:]}
    assert gone <= set(touched)  # and what names a version of it
    assert ("fix", made[1]) in touched
    assert a.exchange.vector(space).get(b.device, 0) == upto
    assert logged_changes.tip_of(db, space, b.device) == upto
    assert acknowledgements.said_by(a.workspace, "hub", space) == {b.device: upto, a.device: 1}
    assert a.workspace.log.verify_chain() is None
