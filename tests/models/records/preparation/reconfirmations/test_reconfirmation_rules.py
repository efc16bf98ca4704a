"""Rules of re-confirmations: an edit opens them, on whatever device it is made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.records.preparation.reconfirmations import environment
from models.records.preparation.reconfirmations.reconfirmation_rules import open_pending
from models.records.registers import calendar_years
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, PROJECT_MANAGER
from tests.support.preparation import DECIDED, PROPOSAL, proposal
from tests.support.replicas import Team
from tests.support.staff import Staff, attach


@pytest.mark.shows("Q-413", 6)
def test_an_edit_of_the_sla_opens_one_with_its_day(staff: Staff, project: str) -> None:
    proposal(staff, project, "approved")
    staff.manager.edit(project, {"sla": "15 分钟响应"})
    [made] = [staff.manager.get(id) for (id,) in _ids(staff)]
    values = made.values()
    day = calendar_years.calendar(staff.manager).add_workdays(staff.manager.today, 10)
    assert (values["trigger"], values["due"]) == ("sla_changed", day.isoformat())
    assert "服务级别协议" in values["why"]
    staff.manager.edit(project, {"code": "X-1"})
    assert len(_ids(staff)) == 1


def test_a_confirmed_site_opens_one_in_each_project(staff: Staff, project: str) -> None:
    customer = staff.manager.add("customer", {"name": "医院"})
    staff.manager.edit(project, {"customer": customer.id})
    proposal(staff, project, "approved")
    staff.manager.add("site", {"name": "二号机房", "customer": customer.id})
    [made] = [staff.manager.get(id) for (id,) in _ids(staff)]
    assert made.values()["trigger"] == "site_added" and "二号机房" in made.values()["why"]


def test_nothing_is_opened_without_a_role(staff: Staff, project: str) -> None:
    proposal(staff, project, "approved")
    assert open_pending(staff.desk, project) == []


def _ids(staff: Staff) -> list[tuple[str]]:
    return [(str(id),) for (id,) in staff.manager.store.rows("SELECT id FROM reconfirmation")]


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder, two project managers, a department manager and an engineer."""
    made = Team(tmp_path / "team")
    made.admit("lead", (PROJECT_MANAGER,))
    made.admit("other", (PROJECT_MANAGER,))
    made.admit("boss", (DEPARTMENT_MANAGER,))
    made.admit("eng", (ENGINEER,))
    made.meet()
    _, lead, _, boss, eng = made.all
    id = eng.book.add("service_proposal", PROPOSAL, project=made.project).id
    eng.book.move(id, "discuss")
    values = {"feasibility": "feasible", "participants": eng.book.me}
    eng.book.move(id, "submit", {**values, "discussed_on": "2026-11-12"})
    made.meet()
    boss.book.move(id, "endorse")
    made.meet()
    lead.book.move(id, "send", {"addressee": "信息科"})
    attach(lead.book, id)
    lead.book.move(id, "approve", DECIDED)
    made.meet()
    yield made
    made.close()


def test_two_devices_that_make_the_same_edit_open_one_record(team: Team) -> None:
    _, lead, other, _, _ = team.all
    for one in (lead, other):
        one.book.edit(team.project, {"sla": "15 分钟响应"})
    team.meet()
    for one in team.all:
        assert one.workspace.store.rows("SELECT COUNT(*) FROM reconfirmation") == [(1,)]
    assert len({one.digest() for one in team.all}) == 1


def test_two_different_edits_at_once_wait_both(team: Team) -> None:
    _, lead, other, _, _ = team.all
    lead.book.edit(team.project, {"sla": "15 分钟响应"})
    other.book.edit(team.project, {"sla": "10 分钟响应"})
    team.meet()
    for one in team.all:
        found = environment.pending(one.workspace.store, team.project)
        assert len(found) == 2 and all(it.record is not None for it in found)


def test_a_confirmation_at_once_with_a_new_change_leaves_that_one_open(team: Team) -> None:
    _, lead, other, boss, eng = team.all
    lead.book.edit(team.project, {"sla": "15 分钟响应"})
    team.meet()
    [first] = environment.pending(lead.workspace.store, team.project)
    assert first.record is not None
    eng.book.move(first.record.id, "submit", {"impact": "增加值班", "outcome": "holds"})
    team.meet()
    boss.book.move(first.record.id, "confirm")
    other.book.edit(team.project, {"needs": "夜间也要巡检"})
    team.meet()
    for one in team.all:
        found = environment.pending(one.workspace.store, team.project)
        assert [it.trigger for it in found] == ["need_changed"]
