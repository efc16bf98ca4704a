"""Witness statements: by every carrier those who decide and the witness have them, others none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, PROJECT_MANAGER, QUALITY
from sync.organisation import administration
from tests.support.incident_files import traces
from tests.support.incidents import IMPACT, NOTED
from tests.support.replicas import Replica, Team
from tests.sync.transport.ways import Way

ASKED, SAID = "请说明断电前谁在机柜旁", "我看到值班员拔下第二路电源"


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """The founder, who is the office; the person concerned; the witness; a colleague, who also
    manages the project; quality."""
    made = Team.copied(tmp_path / "team")
    made.admit("当事人", (ENGINEER,))
    made.admit("知情人", (ENGINEER,))
    made.admit("同事", (ENGINEER, PROJECT_MANAGER))
    made.admit("质量", (QUALITY,))
    founder = made.person(made.founder)
    for role in (QUALITY, DEPARTMENT_MANAGER):
        administration.set_role(made.founder.workspace, founder, role, "*", grant=False)
    made.meet()
    yield made
    made.close()


def hand(way: Way, giver: Replica, *takers: Replica) -> None:
    """What the giver has reaches some others."""
    way.out(giver)
    for taker in takers:
        way.into(taker)


@pytest.mark.shows("Q-54", 46)
def test_the_witness_and_those_who_decide_have_it_and_others_not_a_byte(
    team: Team, way: Way
) -> None:
    office, concerned, witness, colleague, quality = team.all
    incident = colleague.book.add("incident", NOTED, project=team.project).id
    colleague.book.move(incident, "report", IMPACT)
    hand(way, colleague, quality, witness, concerned, office)
    file = quality.book.add(
        "incident_file",
        {"incident": incident, "duty": "main", "concerned": team.person(concerned)},
        project=team.project,
    ).id
    values = {"incident": incident, "witness": team.person(witness), "question": ASKED}
    asked = quality.book.add("witness_statement", values, project=team.project).id
    hand(way, quality, *(one for one in team.all if one is not quality))
    witness.book.move(asked, "give", {"statement": SAID})
    hand(way, witness, *(one for one in team.all if one is not witness))
    hand(way, quality, office, colleague, concerned)
    for one in (office, witness, quality):
        assert one.get(asked).values()["statement"] == SAID
    number = quality.get(asked).number
    for one in (concerned, colleague):
        assert one.get(incident) and one.book.find(asked) is None
        assert traces(one, SAID, ASKED, asked, number) == []
    assert concerned.get(file) and witness.book.find(file) is None
    assert all(not one.exchange.quarantined() for one in team.all)
