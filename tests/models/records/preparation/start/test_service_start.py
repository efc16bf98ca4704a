"""The start of a service: one for a project, made by its leads, taken back with a reason."""

from __future__ import annotations

from models.records.preparation.reconfirmations import environment
from models.text.lists import names_of
from tests.support.preparation import everybody_confirmed, study
from tests.support.staff import Staff, no_add, no_edit, no_move


def test_the_leads_start_it(staff: Staff, project: str) -> None:
    assert "角色" in no_add(staff.engineer, "service_start", {}, project)
    made = staff.manager.add("service_start", {"planned_on": "2026-12-01"}, project=project)
    assert "已有相同的" in no_add(staff.department, "service_start", {}, project)
    study(staff, project)
    everybody_confirmed(staff, project)
    assert "需要角色" in no_move(staff.engineer, made.id, "start")
    done = staff.manager.move(made.id, "start")
    assert (done.state, done.values()["started_by"]) == ("started", staff.manager.me)
    assert "不能修改" in no_edit(staff.manager, made.id, planned_on="2026-12-02")
    assert "理由" in no_move(staff.manager, made.id, "take_back")
    assert staff.manager.move(made.id, "take_back", comment="客户推迟").state == "prepared"


def test_it_notes_who_takes_part(staff: Staff, project: str) -> None:
    made = staff.manager.add("service_start", {}, project=project)
    study(staff, project)
    everybody_confirmed(staff, project)
    done = staff.manager.move(made.id, "start")
    expected = environment.taking_part(staff.manager.store, project)
    assert names_of(done.values()["team"]) == expected
    assert sorted(expected) == sorted((staff.engineer.me, staff.colleague.me, staff.manager.me))
