"""Customers: proposed by everyone, confirmed and retired by leads."""

from __future__ import annotations

from tests.support.staff import Staff, no_add, no_move


def test_everyone_proposes_and_a_lead_confirms(staff: Staff) -> None:
    for book in (staff.engineer, staff.desk, staff.quality):
        made = book.add("customer", {"name": "滨河医院"})
        assert made.state == "proposed"
        assert "项目经理" in no_move(book, made.id, "confirm")
    assert staff.manager.move(made.id, "confirm").state == "confirmed"


def test_what_a_lead_adds_is_confirmed(staff: Staff) -> None:
    assert staff.department.add("customer", {"name": "滨河医院"}).state == "confirmed"
    assert "名称" in no_add(staff.manager, "customer", {})


def test_a_retired_one_keeps_its_reason_and_may_return(staff: Staff) -> None:
    made = staff.manager.add("customer", {"name": "滨河医院"})
    assert "需要角色" in no_move(staff.engineer, made.id, "retire")
    assert "理由" in no_move(staff.manager, made.id, "retire")
    assert staff.manager.move(made.id, "retire", comment="已搬迁").state == "retired"
    assert staff.department.move(made.id, "restore").state == "confirmed"


def test_it_belongs_to_the_company_not_to_a_project(staff: Staff, project: str) -> None:
    made = staff.engineer.add("customer", {"name": "滨河医院"}, project=project)
    assert made.project is None and staff.engineer.space_of(made) == "company"
