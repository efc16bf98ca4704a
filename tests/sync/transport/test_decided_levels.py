"""A decision by a version of a table is the same for everybody, whatever carries both there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.schema.roles import ENGINEER, PROJECT_MANAGER
from tests.support.levels import GRAVE, levels
from tests.support.replicas import Team, differences
from tests.sync.transport.ways import Way, carried
from tests.sync.validation.rules.test_decision_rules import forged, lenient, noted, shipped


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder, who keeps the tables, and two who decide by them."""
    with levels():
        made = Team.copied(tmp_path / "team")
        made.admit("lead", (PROJECT_MANAGER,))
        made.admit("eng", (ENGINEER,))
        made.meet()
        yield made
        made.close()


def test_the_version_named_decides_over_every_carrier(team: Team, way: Way) -> None:
    founder, lead, eng = team.all
    carried(way, *team.all)
    before = eng.book.add("sample", GRAVE, project=team.project)
    eng.book.move(before.id, "level")
    lenient(lead)
    after = lead.book.add("sample", GRAVE, project=team.project)
    lead.book.move(after.id, "level")
    false = forged(team, lead, "two", shipped())
    carried(way, *team.all)
    for one in team.all:
        grades = [one.get(record).values()["grade"] for record in (before.id, after.id, false)]
        assert grades[:2] == ["one", "three"]
        assert noted(one, before.id) == noted(one, after.id) == (0, 0)
    assert noted(founder, false) == noted(eng, false) == (1, 0)
    assert not any(differences(founder, eng))
