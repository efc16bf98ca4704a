"""Service methods: approved by a second person, fixed in use, changed by a new version."""

from __future__ import annotations

from models.derived import revisions
from models.derived.revision_copy import new_revision
from tests.support.preparation import method
from tests.support.staff import Staff, no_add, no_edit, no_move


def test_an_engineer_writes_it_and_a_second_person_approves(staff: Staff) -> None:
    made = staff.engineer.add("service_method", {"name": "割接程序"})
    assert "步骤与要求" in no_move(staff.engineer, made.id, "submit")
    staff.engineer.edit(made.id, {"steps": "先备份，后割接"})
    staff.engineer.move(made.id, "submit")
    assert "需要角色" in no_move(staff.manager, made.id, "approve")
    approved = staff.quality.move(made.id, "approve")
    assert approved.state == "in_use"
    assert "不能修改" in no_edit(staff.engineer, made.id, steps="另一种")


def test_the_author_does_not_approve_their_own(staff: Staff) -> None:
    made = staff.quality.add("service_method", {"name": "抽查程序", "steps": "逐项"})
    staff.quality.move(made.id, "submit")
    assert "另一个人" in no_move(staff.quality, made.id, "approve")


def test_service_desk_writes_none(staff: Staff) -> None:
    assert "角色" in no_add(staff.desk, "service_method", {"name": "x"})


def test_a_new_version_replaces_the_old_one_when_it_is_approved(staff: Staff) -> None:
    first = method(staff)
    second = new_revision(staff.engineer, first)
    assert (second.values()["version"], second.values()["steps"]) == (2, "逐项检查")
    look = revisions.versions(staff.engineer.store, "service_method")
    assert look.in_force(first)
    staff.engineer.move(second.id, "submit")
    staff.department.move(second.id, "approve")
    look = revisions.versions(staff.engineer.store, "service_method")
    assert look.in_force(staff.engineer.get(second.id)) and not look.in_force(first)
