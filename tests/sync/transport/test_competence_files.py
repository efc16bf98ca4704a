"""Competence files over every carrier: those entitled have them, others have the confirmation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, GENERAL_OFFICE, PROJECT_MANAGER
from tests.support.incident_files import traces
from tests.support.replicas import Team
from tests.sync.transport.ways import Way, carried

SECRET = "曾在外省机房任值班长"
NUMBER = "ZS-2024-771"


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """The office keeps files; a manager, a project manager, an engineer and a colleague."""
    made = Team(tmp_path / "team")
    made.admit("office", (GENERAL_OFFICE,))
    made.admit("boss", (DEPARTMENT_MANAGER,))
    made.admit("lead", (PROJECT_MANAGER,))
    made.admit("eng", (ENGINEER,))
    made.admit("mate", (ENGINEER,))
    made.meet()
    yield made
    made.close()


@pytest.mark.shows("Q-412", 3)
def test_only_its_readers_have_a_byte_of_it(team: Team, way: Way) -> None:
    _, office, boss, lead, eng, mate = team.all
    values = {"member": team.person(eng), "education": "college", "resume": SECRET}
    file = office.book.add("competence", values).id
    row = {"competence": file, "sort": "certificate", "name": "电工证", "document_no": NUMBER}
    office.book.add("qualification", {**row, "issuer": "发证机关", "valid_to": "2099-03-01"})
    office.book.move(file, "submit")
    carried(way, *team.all)
    boss.book.move(file, "confirm", {"conclusion": "具备"})
    asked = {"member": team.person(eng)}
    made = lead.book.add("competence_confirmation", asked, project=team.project).id
    carried(way, *team.all)
    boss.book.move(made, "confirm", {"service_kinds": "routine", "basis": "certificate"})
    carried(way, *team.all)
    for one in (office, boss, eng):
        assert one.get(file).values()["resume"] == SECRET
        assert one.workspace.store.rows("SELECT document_no FROM qualification") == [(NUMBER,)]
    for one in (lead, mate):
        assert one.book.find(file) is None and traces(one, SECRET, NUMBER) == []
        assert one.get(made).state == "confirmed"
        assert one.exchange.quarantined() == []
