"""What the customer has not approved is passed by no way, whatever carries it there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.queries.filters import Filter
from models.queries.paging import pages
from models.queries.record_json import plain
from models.queries.waiting.agenda import agenda
from models.schema.record import kinds
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, PROJECT_MANAGER
from models.text.words import Refused
from tests.models.records.problems.concessions.test_concession_hold import DECIDED, SENT, WHY, held
from tests.support.replicas import Replica, Team, differences
from tests.sync.transport.ways import Way, carried


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder, a project manager, a department manager and an engineer."""
    made = Team.copied(tmp_path / "team")
    made.admit("lead", (PROJECT_MANAGER,))
    made.admit("boss", (DEPARTMENT_MANAGER,))
    made.admit("eng", (ENGINEER,))
    made.meet()
    yield made
    made.close()


def added(at: Replica, project: str, type: str, name: str, due: str) -> str:
    """A milestone or a delivery."""
    return at.book.add(type, {"name": name, "due": due}, project=project).id


def same(team: Team, wanted: set[str]) -> None:
    """Every replica shows the same as held: by id, in lists and in JSON."""
    said = set()
    for one in team.all:
        store = one.workspace.store
        assert held(store) == wanted
        found: dict[str, dict[str, Any]] = {}
        for type in ("milestone", "delivery", "project"):
            rows = store.rows(f'SELECT id FROM "{type}" ORDER BY id')
            found |= {id: plain(one.get(id), store=store) for (id,) in rows}
            listed = pages(store, kinds[type], ("id",), Filter(states=("held",))).count()
            assert listed == sum(found[id]["state"] == "held" for (id,) in rows)
        keys = ("state", "held", "held_state")
        said.add(json.dumps({id: [it[key] for key in keys] for id, it in found.items()}))
        assert not any(differences(team.founder, one))
        assert not list(store.rows("SELECT * FROM quarantine"))
    assert len(said) == 1


def refused(at: Replica, id: str, move: str) -> None:
    with pytest.raises(Refused) as caught:
        at.book.move(id, move)
    assert "挂起" in str(caught.value)


@pytest.mark.shows(35)
def test_five_ways_past_a_concession_are_none(team: Team, way: Way) -> None:
    founder, lead, boss, _ = team.all
    project = team.project
    first = added(lead, project, "milestone", "M1", "2026-12-10")
    later = added(lead, project, "milestone", "M2", "2027-03-10")
    spares = added(lead, project, "delivery", "D1", "2026-12-10")
    papers = added(lead, project, "delivery", "D2", "2027-03-10")
    made = lead.book.add("concession", WHY, project=project).id
    carried(way, *team.all)
    everything = {first, later, spares, papers, project}
    same(team, everything)
    for one in (founder, lead, boss):  # (a) naming only the project, (b) the project itself
        for id, move in ((first, "done"), (later, "done"), (papers, "deliver")):
            refused(one, id, move)
        refused(one, project, "complete")
    lead.book.move(made, "inform")
    lead.book.move(made, "send", SENT)
    lead.book.add("attachment", {"about": made, "name": "复函.pdf", "sha256": "0" * 64})
    lead.book.move(made, "refuse", DECIDED)
    carried(way, *team.all)
    same(team, everything)  # (c) the customer's No
    refused(boss, first, "done")
    values = {**WHY, "milestone": later}
    other = boss.book.add("concession", values, project=project).id
    carried(way, *team.all)
    lead.book.move(made, "withdraw", {"withdrawal": "replaced", "replaced_by": other}, comment="-")
    carried(way, *team.all)
    same(team, everything)
    with pytest.raises(Refused, match="另一个人"):
        lead.book.move(made, "confirm_withdrawal")
    boss.book.move(made, "confirm_withdrawal")
    carried(way, *team.all)
    same(team, everything - {first})  # (d) every delivery, though it names a milestone
    refused(founder, spares, "deliver")
    lead.book.move(other, "withdraw", {"withdrawal": "error"}, comment="误填")
    refused(lead, later, "done")  # (e) one person alone
    carried(way, *team.all)
    founder.book.move(other, "confirm_withdrawal")
    carried(way, *team.all)
    same(team, set())


@pytest.mark.shows(35, 70)
def test_what_a_merge_brings_is_held_alike_and_waits(team: Team, way: Way) -> None:
    """Done and completed by devices that had not heard of the concession, and with its approval."""
    founder, lead, boss, _ = team.all
    project = team.project
    first = added(lead, project, "milestone", "M1", "2026-12-10")
    spares = added(lead, project, "delivery", "D1", "2026-12-10")
    carried(way, *team.all)
    made = boss.book.add("concession", WHY, project=project).id
    lead.book.move(first, "done")
    lead.book.move(project, "complete")
    carried(way, *team.all)
    same(team, {first, spares, project})
    for one in (founder, lead, boss):
        waits = {task.record.id for task in agenda(one.book) if task.record is not None}
        assert {first, project} <= waits
    boss.book.move(made, "inform")
    boss.book.move(made, "send", SENT)
    boss.book.add("attachment", {"about": made, "name": "复函.pdf", "sha256": "0" * 64})
    boss.book.move(made, "approve", DECIDED)
    carried(way, *team.all)
    same(team, set())
    lead.book.move(spares, "deliver")
    boss.book.move(made, "expire")
    carried(way, *team.all)
    same(team, {first, project})  # delivered with the approval in hand, the others beside it
