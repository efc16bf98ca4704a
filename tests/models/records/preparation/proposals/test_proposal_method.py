"""Methods of a proposal: pinned by their version when they are named."""

from __future__ import annotations

import pytest

from models.book.rows.child_rows import rows_of
from models.derived.revision_copy import new_revision
from models.schema.record import Record, kinds
from tests.support.preparation import brought, method, proposal
from tests.support.staff import Staff, no_add, no_edit, no_move


def named(staff: Staff, made: Record, of: Record) -> Record:
    """The method as a row of the proposal."""
    return staff.engineer.add("proposal_method", {"proposal": made.id, "method": of.id})


def test_the_version_is_pinned(staff: Staff, project: str) -> None:
    first = method(staff)
    row = named(staff, proposal(staff, project), first)
    assert row.values()["version"] == 1
    assert "另建" in no_edit(staff.engineer, row.id, method=method(staff, "另一程序").id)


def test_a_draft_of_a_method_is_not_followed(staff: Staff, project: str) -> None:
    draft = staff.engineer.add("service_method", {"name": "草稿程序"})
    made = proposal(staff, project)
    values = {"proposal": made.id, "method": draft.id}
    assert "没有批准" in no_add(staff.engineer, "proposal_method", values)


def test_a_replaced_version_is_named_before_the_review(staff: Staff, project: str) -> None:
    first = method(staff)
    made = brought(staff, proposal(staff, project), "discussing")
    row = named(staff, made, first)
    second = new_revision(staff.engineer, first)
    staff.engineer.move(second.id, "submit")
    staff.department.move(second.id, "approve")
    values = {"feasibility": "feasible", "participants": staff.engineer.me}
    said = no_move(staff.engineer, made.id, "submit", **values, discussed_on="2026-11-12")
    assert first.number in said and second.number in said
    staff.engineer.void(row.id, "换新版本")
    assert named(staff, made, second).values()["version"] == 2
    assert brought(staff, staff.engineer.get(made.id), "submitted").state == "submitted"


@pytest.mark.shows("Q-413", 5)
def test_an_approved_proposal_keeps_the_version_it_was_reviewed_with(
    staff: Staff, project: str
) -> None:
    first = method(staff)
    made = proposal(staff, project)
    row = named(staff, made, first)
    made = brought(staff, made, "approved")
    second = new_revision(staff.engineer, first)
    staff.engineer.move(second.id, "submit")
    staff.department.move(second.id, "approve")
    assert staff.engineer.get(row.id).values()["version"] == 1
    later = new_revision(staff.engineer, made)  # a row of the old version can still be copied
    [copy] = rows_of(staff.engineer.store, later, kinds["proposal_method"])
    assert copy.values()["version"] == 1
