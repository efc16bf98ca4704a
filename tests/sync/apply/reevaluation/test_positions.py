"""Positions: how far a person's devices got, in the spaces where a role counts."""

from __future__ import annotations

from pathlib import Path

from models.schema.roles import ENGINEER, QUALITY
from sync.apply.reevaluation import positions
from sync.apply.transaction import begin
from sync.trust import device_key
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


def test_what_is_in_doubt_where_a_position_is_of_another_history(tmp_path: Path) -> None:
    team = Team.copied(tmp_path, "m", roles=(ENGINEER, QUALITY), met=True)
    founder, m = team.all
    space, person = f"p:{team.project}", team.person(m)
    fixes = [team.fix(m), team.fix(m)]
    team.meet()
    seq, hash = founder.workspace.log.tip(space, m.device)

    def doubt(first: int, hash: bytes) -> list[str]:
        heads = {m.device: {space: [seq, hash.hex()]}}
        said = {"person": person, "role": QUALITY, "project": "*", "grant": False}
        key = device_key.load(founder.home)
        log = founder.exchange.trust.membership.append("role", {**said, "heads": heads}, key)
        with begin(founder.workspace, founder.exchange.trust, space) as tx:
            tx.membership = log
            return sorted(id for _, id in positions.in_doubt(tx, m.device, first))

    assert doubt(1, hash) == []
    assert doubt(1, bytes(32)) == sorted(fixes) == doubt(seq, bytes(32))
    assert doubt(seq + 1, bytes(32)) == []
    team.close()
