"""Environment: what is different from what the proposal was approved for, however it came."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.records.preparation.reconfirmations import environment
from models.schema.roles import ENGINEER
from sync.organisation import administration
from sync.workspace.workspace import Workspace
from tests.support.preparation import proposal, set_apart
from tests.support.staff import Staff

TEXTS = (
    ("sla", "sla_changed"),
    ("needs", "need_changed"),
    ("subcontractors", "subcontractor_changed"),
)


def found(book: Book, project: str) -> list[tuple[str, str]]:
    """(trigger, what is said) of each change."""
    return [(one.trigger, str(one.why)) for one in environment.changes(book.store, project)]


def test_without_an_approval_nothing_changes(staff: Staff, project: str) -> None:
    proposal(staff, project, "sent")
    staff.manager.edit(project, {"sla": "15 分钟响应"})
    assert found(staff.manager, project) == []


@pytest.mark.parametrize(("field", "trigger"), TEXTS)
def test_a_changed_text_is_a_change(staff: Staff, project: str, field: str, trigger: str) -> None:
    proposal(staff, project, "approved")
    assert found(staff.manager, project) == []
    staff.manager.edit(project, {field: "新的内容"})
    assert [one[0] for one in found(staff.manager, project)] == [trigger]
    staff.manager.edit(project, {field: None})
    assert found(staff.manager, project) == []


def test_blanks_around_a_text_are_no_change(staff: Staff, project: str) -> None:
    staff.manager.edit(project, {"sla": "30 分钟响应"})
    proposal(staff, project, "approved")
    staff.manager.edit(project, {"sla": "30 分钟响应\n"})
    assert found(staff.manager, project) == []


def test_a_role_that_is_taken_is_a_change(staff: Staff, workspace: Workspace, project: str) -> None:
    proposal(staff, project, "approved")
    administration.set_role(workspace, staff.colleague.me, ENGINEER, "*", grant=False)
    assert found(staff.manager, project) == [("member_left", "小周已离开项目")]
    administration.set_role(workspace, staff.colleague.me, ENGINEER, "*", grant=True)
    assert found(staff.manager, project) == []


def test_who_takes_no_part_does_not_leave(staff: Staff, workspace: Workspace, project: str) -> None:
    set_apart(staff.manager, project, staff.colleague.me)
    assert staff.colleague.me not in environment.taking_part(workspace.store, project)
    proposal(staff, project, "approved")
    administration.set_role(workspace, staff.colleague.me, ENGINEER, "*", grant=False)
    assert found(staff.manager, project) == []


def test_a_confirmed_site_of_the_customer_is_a_change(staff: Staff, project: str) -> None:
    customer = staff.manager.add("customer", {"name": "医院"})
    staff.manager.edit(project, {"customer": customer.id})
    staff.manager.add("site", {"name": "一号机房", "customer": customer.id})
    proposal(staff, project, "approved")
    staff.manager.add("site", {"name": "别家的机房"})
    proposed = staff.engineer.add("site", {"name": "二号机房", "customer": customer.id})
    assert found(staff.manager, project) == []
    staff.manager.move(proposed.id, "confirm")
    assert found(staff.manager, project) == [("site_added", "新增现场“二号机房”")]


def test_a_new_approval_takes_the_environment_as_it_is(staff: Staff, project: str) -> None:
    proposal(staff, project, "approved")
    staff.manager.edit(project, {"sla": "15 分钟响应"})
    proposal(staff, project, "approved", name="另一方案")
    newest = environment.proposal_in_force(staff.manager.store, project)
    assert newest is not None and newest.name == "另一方案"
    assert found(staff.manager, project) == []


def test_what_is_no_environment_says_nothing(staff: Staff, project: str) -> None:
    made = proposal(staff, project, "approved")
    for nonsense in ("", "[]", "{", '{"members": 7, "sites": {}}', "[" * 5000):
        staff.manager.store.db.execute_sql(
            "UPDATE service_proposal SET environment=? WHERE id=?", (nonsense, made.id)
        )
        found(staff.manager, project)


def test_what_waits_is_opened_once(staff: Staff, project: str) -> None:
    proposal(staff, project, "approved")
    staff.manager.edit(project, {"sla": "15 分钟响应"})
    [one] = environment.pending(staff.manager.store, project)
    assert one.record is not None and one.trigger == "sla_changed"
    values = {"impact": "增加值班", "outcome": "holds"}
    staff.engineer.move(one.record.id, "submit", values)
    staff.department.move(one.record.id, "confirm")
    assert environment.pending(staff.manager.store, project) == []
