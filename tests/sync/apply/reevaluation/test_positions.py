"""Positions: how far a person's devices got, in the spaces where a role counts."""

from __future__ import annotations

from pathlib import Path

from sync.apply.reevaluation import positions
from tests.support.replicas import Team


def test_the_positions_of_a_person(tmp_path: Path) -> None:
    team = Team.copied(tmp_path, "m", met=True)
    founder, m = team.all
    db, person = founder.workspace.store.db.connection(), team.person(m)
    team.fix(founder)
    none = {"company": (0, b""), f"p:{team.project}": (0, b"")}
    assert positions.of_person(db, person) == {m.device: none}
    team.fix(m)
    team.fix(m)
    team.meet()
    seq, hash = founder.workspace.log.tip(f"p:{team.project}", m.device)
    place = {m.device: {**none, f"p:{team.project}": (seq, hash)}}
    assert positions.of_person(db, person) == place and seq == 2
    assert positions.of_person(db, person, team.project) == place
    assert positions.of_person(db, person, "other") == {m.device: {"company": (0, b"")}}
    assert positions.devices(db, person) == [m.device]
    team.close()
