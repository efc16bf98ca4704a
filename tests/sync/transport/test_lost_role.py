"""The round in which the loss of a role is heard: it ends well, and unsent work is delivered."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER
from sync.organisation import administration
from tests.support.escalations import taken_up
from tests.support.replicas import Team
from tests.sync.log.test_quarantine import listed
from tests.sync.transport.ways import WAYS

ROLES = (ENGINEER, DEPARTMENT_MANAGER)


@pytest.mark.parametrize("name", sorted(WAYS))
def test_f15_the_round_in_which_the_loss_of_a_role_is_heard(tmp_path: Path, name: str) -> None:
    team = Team.copied(tmp_path, "m", "e", roles=ROLES, met=True)
    founder, m, e = team.all
    (tmp_path / "way").mkdir()
    way = WAYS[name](tmp_path / "way")
    id = e.book.add("escalation", {"phenomenon": "x"}, project=team.project).id
    for giver, taker in ((founder, m), (e, m), (e, founder)):
        way.out(giver)
        way.into(taker)
    m.book.move(id, "accept", taken_up(m.book))
    fix = team.fix(m)
    for role in ROLES:
        administration.set_role(founder.workspace, team.person(m), role, "*", grant=False)
    team.fix(founder)
    way.out(founder)
    heard = way.into(m)
    given = way.out(m)
    assert heard.done and given.done and not given.refused
    for one in (founder, e):
        way.into(one)
    assert founder.get(id).state == e.get(id).state == "reported"
    assert {one.reason.en[:20] for one in listed(e)} == {"The role by which m "}
    assert {one.record for one in listed(founder)} >= {id, fix}
    team.close()
