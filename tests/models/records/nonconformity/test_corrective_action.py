"""Corrective actions: planned and done by their owner, evaluated by quality, supervised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine

from models.book.book import Book
from models.book.conflict.conflicts import all_conflicts
from models.calendar.business_dates import instant
from models.queries.filters import Filter
from models.queries.paging import Listed, pages
from models.queries.waiting import agenda, inbox, urgency
from models.records.nonconformity.corrective_action import CorrectiveAction
from models.schema.record import Record
from models.schema.roles import (
    DEPARTMENT_MANAGER,
    ENGINEER,
    GENERAL_OFFICE,
    PROJECT_MANAGER,
    QUALITY,
)
from sync.log import quarantine
from tests.support.corrective_actions import FOUND, PLANNED, action, done, working
from tests.support.replicas import Replica, Team
from tests.support.staff import Staff, attach, no_add, no_edit, no_move

FRIDAY = date(2026, 11, 20)
EVALUATED = "2026-12-18"
"""Four weeks after that Friday."""


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A Friday morning."""
    with time_machine.travel(instant(FRIDAY, 540) / 1000, tick=False) as traveller:
        yield traveller


def later(clock: time_machine.Traveller, day: str) -> None:
    """Let it be the morning of another day."""
    clock.move_to(instant(date.fromisoformat(day), 540) / 1000)


def test_it_is_assigned_with_an_owner_and_a_day(staff: Staff, project: str) -> None:
    made = action(staff.desk, project)
    assert "角色" in no_move(staff.desk, made.id, "assign")
    said = no_move(staff.manager, made.id, "assign")
    assert "负责人" in said and "要求完成日期" in said
    given = {"owner": staff.engineer.me, "due": "2026-12-11"}
    assert staff.quality.move(made.id, "assign", given).state == "assigned"


@pytest.mark.shows("Q-CA", 42)
@pytest.mark.parametrize(("sort", "needed"), [("corrective", "原因"), ("preventive", "风险")])
def test_a_corrective_one_needs_a_cause_a_preventive_one_a_risk(
    staff: Staff, project: str, sort: str, needed: str
) -> None:
    made = action(staff.manager, project, staff.engineer.me, sort=sort)
    staff.manager.move(made.id, "assign")
    assert needed in no_move(staff.engineer, made.id, "plan", measure="每月盘点")
    field = {"原因": "cause", "风险": "risk"}[needed]
    values = {"measure": "每月盘点", field: "没有指定责任人"}
    assert staff.engineer.move(made.id, "plan", values).state == "working"


def test_a_correction_needs_neither(staff: Staff, project: str) -> None:
    made = action(staff.manager, project, staff.engineer.me, sort="correction")
    assert staff.engineer.move(made.id, "plan", {"measure": "补登"}).state == "working"


def test_only_the_owner_reports_it_as_done_with_evidence(staff: Staff, project: str) -> None:
    made = working(staff, project)
    assert "负责人" in no_move(staff.manager, made.id, "finish", outcome="已盘点")
    assert "凭据" in no_move(staff.engineer, made.id, "finish", outcome="已盘点")
    file = attach(staff.engineer, made.id)
    moved = staff.engineer.move(made.id, "finish", {"outcome": "已盘点", "evidence": file})
    assert (moved.state, moved.values()["done_by"]) == ("done", staff.engineer.me)
    assert "不能修改" in no_edit(staff.engineer, made.id, outcome="别的")


def test_an_engineer_begins_none_but_writes_in_what_is_theirs(staff: Staff, project: str) -> None:
    assert "角色" in no_add(staff.engineer, "corrective_action", FOUND, project)
    made = working(staff, project)
    staff.engineer.edit(made.id, {"similar": "另两处已查"})
    assert "角色" in no_edit(staff.colleague, made.id, similar="x")


@pytest.mark.shows("Q-CA")
@pytest.mark.usefixtures("clock")
def test_its_effect_is_evaluated_after_the_set_time_by_somebody_else(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    made = done(staff, project)
    assert made.values()["check_on"] == EVALUATED
    assert "2026-12-18" in no_move(staff.quality, made.id, "verify", effect="两月未再发生")
    later(clock, EVALUATED)
    assert "角色" in no_move(staff.engineer, made.id, "verify", effect="好")
    moved = staff.quality.move(made.id, "verify", {"effect": "两月未再发生"})
    assert (moved.state, moved.values()["result"]) == ("verified", "effective")


@pytest.mark.usefixtures("clock")
def test_who_did_it_does_not_evaluate_it(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    made = action(staff.manager, project, staff.quality.me)
    staff.quality.move(made.id, "plan", PLANNED)
    file = attach(staff.quality, made.id)
    staff.quality.move(made.id, "finish", {"outcome": "已盘点", "evidence": file})
    later(clock, EVALUATED)
    assert "另一个人" in no_move(staff.quality, made.id, "verify", effect="有效")


@pytest.mark.usefixtures("clock")
def test_without_effect_it_is_the_owners_again_with_a_new_day(staff: Staff, project: str) -> None:
    made = done(staff, project)
    assert "理由" in no_move(staff.quality, made.id, "fail")
    staff.quality.move(made.id, "fail", {"due": "2027-01-15"}, comment="又漏登两件")
    again = staff.engineer.get(made.id)
    values = again.values()
    assert (again.state, values["result"], values["due"]) == (
        *("returned", "not_effective"),
        "2027-01-15",
    )
    assert [one.group for one in agenda.agenda(staff.engineer) if one.record] == ["returned"]


@pytest.mark.shows("Q-CA", 43)
@pytest.mark.usefixtures("clock")
def test_the_office_confirms_what_is_effective_or_sends_it_back(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    made = done(staff, project)
    later(clock, EVALUATED)
    staff.quality.move(made.id, "verify", {"effect": "两月未再发生"})
    assert "角色" in no_move(staff.quality, made.id, "sign")
    assert [one.record.id for one in inbox.inbox(staff.office)] == [made.id]
    assert urgency.due_day(staff.office.get(made.id)) is None and not overdue(staff.office)
    moved = staff.office.move(made.id, "sign", {"opinion": "同意"})
    assert (moved.state, moved.values()["signed_by"]) == ("closed", staff.office.me)
    assert "理由" in no_move(staff.office, made.id, "send_back")
    assert staff.office.move(made.id, "send_back", comment="证据不足").state == "returned"


@pytest.mark.usefixtures("clock")
def test_it_waits_for_quality_from_its_evaluation_day_on(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    made = done(staff, project)
    assert not [one for one in agenda.agenda(staff.quality) if one.record]
    assert urgency.due_day(made) == date.fromisoformat(EVALUATED)
    later(clock, EVALUATED)
    (task,) = [one for one in agenda.agenda(staff.quality) if one.record]
    assert (task.group, task.due, task.overdue) == ("decide", urgency.due_day(made), False)
    assert not overdue(staff.quality)
    later(clock, "2026-12-21")
    (task,) = [one for one in agenda.agenda(staff.quality) if one.record]
    assert task.overdue and overdue(staff.quality) == [made.id]
    (item,) = [one for one in inbox.inbox(staff.quality) if one.group == "decide"]
    assert item.overdue


@pytest.mark.usefixtures("clock")
def test_one_of_the_company_waits_for_whoever_has_the_role_anywhere(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    made = action(staff.manager, None)
    assert made.project is None
    (task,) = [one for one in agenda.agenda(staff.quality) if one.record]
    assert task.record is not None and task.record.id == made.id
    assert not [one for one in agenda.agenda(staff.colleague) if one.record]
    assert made.id in [one.record.id for one in inbox.inbox(staff.office)]


def overdue(book: Book) -> list[str]:
    """What the list of overdue ones has."""
    wanted = Filter(marks=frozenset({"overdue"}))
    found = pages(book.store, CorrectiveAction, ("n", "id"), wanted, today=book.today.isoformat())
    assert isinstance(found, Listed)
    found.find()
    return [str(row[1]) for row in found.window(0, found.count())]


# -- over devices ----------------------------------------------------------------------------------


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder, an owner, a project manager, two of quality, the office, in sync."""
    made = Team.copied(tmp_path / "team")
    for name, role in (
        *(("eng", ENGINEER), ("lead", PROJECT_MANAGER), ("boss", DEPARTMENT_MANAGER)),
        *(("qa", QUALITY), ("qb", QUALITY), ("office", GENERAL_OFFICE)),
    ):
        made.admit(name, (role,))
    made.meet()
    yield made
    made.close()


def states(team: Team, id: str) -> set[str]:
    return {one.get(id).state for one in team.all}


def in_order(team: Team) -> None:
    """All devices hold the same, and none quarantined anything."""
    assert len({one.digest() for one in team.all}) == 1
    for one in team.all:
        assert not list(quarantine.listed(one.workspace.store.db.connection()))


def carried_out(team: Team, id: str, by: Replica, **more: object) -> None:
    by.book.move(id, "plan", PLANNED)
    file = attach(by.book, id)
    by.book.move(id, "finish", {"outcome": "已盘点", "evidence": file, **more})
    team.meet()


def given(team: Team, **more: object) -> Record:
    eng, lead = team.all[1:3]
    values = {**FOUND, "owner": team.person(eng), "due": "2026-12-11", "check_weeks": 0, **more}
    made = lead.book.add("corrective_action", values, project=team.project)
    lead.book.move(made.id, "assign")
    team.meet()
    return made


def test_one_finds_it_effective_while_another_does_not(team: Team) -> None:
    _, eng, _, _, qa, qb, _ = team.all
    made = given(team)
    carried_out(team, made.id, eng)
    qa.book.move(made.id, "verify", {"effect": "有效"})
    qb.book.move(made.id, "fail", comment="又漏登")
    team.meet()
    assert states(team, made.id) == {"returned"}, "the less advanced state is shown meanwhile"
    in_order(team)


def test_the_office_sends_back_what_quality_verifies_meanwhile(team: Team) -> None:
    _, eng, _, _, qa, _, office = team.all
    made = given(team)
    carried_out(team, made.id, eng)
    qa.book.move(made.id, "verify", {"effect": "有效"})
    office.book.move(made.id, "send_back", comment="证据不足")
    team.meet()
    assert states(team, made.id) == {"returned"}
    in_order(team)


def test_the_owner_plans_what_the_lead_gives_to_another(team: Team) -> None:
    _, eng, lead, boss, _, _, _ = team.all
    made = given(team)
    eng.book.move(made.id, "plan", PLANNED)
    lead.book.edit(made.id, {"owner": team.person(boss)})
    team.meet()
    assert states(team, made.id) == {"working"}
    assert {one.get(made.id).owner_id for one in team.all} == {team.person(boss)}
    in_order(team)


def test_two_assign_it_to_different_people(team: Team) -> None:
    _, eng, lead, boss, qa, _, _ = team.all
    made = lead.book.add("corrective_action", FOUND, project=team.project)
    team.meet()
    lead.book.move(made.id, "assign", {"owner": team.person(eng), "due": "2026-12-11"})
    qa.book.move(made.id, "assign", {"owner": team.person(boss), "due": "2026-12-11"})
    team.meet()
    assert states(team, made.id) == {"assigned"}
    for one in team.all:
        (conflict,) = [c for c in all_conflicts(one.book) if c.field == "owner"]
        people = {stand.value for stand in conflict.stands}
        assert people == {team.person(eng), team.person(boss)}
    in_order(team)


def test_the_one_who_did_it_cannot_evaluate_it_on_another_device(team: Team) -> None:
    """The move names who reported it as done; every device checks it by that."""
    qa, qb = team.all[4:6]
    made = given(team, owner=team.person(qa))
    carried_out(team, made.id, qa)
    assert "另一个人" in no_move(qa.book, made.id, "verify", effect="有效")
    qb.book.move(made.id, "verify", {"effect": "有效"})
    team.meet()
    assert states(team, made.id) == {"verified"}
    in_order(team)
