"""Discussion points: each is closed by a change of its section, or by a reason."""

from __future__ import annotations

from models.book.rows.child_rows import rows_of
from models.derived.revision_copy import new_revision
from models.schema.record import Record, kinds
from tests.support.preparation import brought, proposal
from tests.support.staff import Staff, no_add, no_edit, no_move


def point(staff: Staff, made: Record, section: str = "scope") -> Record:
    """A point about a section."""
    values = {"proposal": made.id, "section": section, "finding": "范围不清"}
    return staff.colleague.add("discussion_point", values)


def test_a_change_is_no_change_while_the_section_reads_as_before(
    staff: Staff, project: str
) -> None:
    made = proposal(staff, project, "discussing")
    raised = point(staff, made)
    said = no_move(staff.engineer, raised.id, "change", answer="改了")
    assert "服务范围" in said and "说明理由" in said
    staff.engineer.edit(made.id, {"tools": "万用表"})
    assert "服务范围" in no_move(staff.engineer, raised.id, "change", answer="改了")
    staff.engineer.edit(made.id, {"scope": "四个机房"})
    closed = staff.engineer.move(raised.id, "change", {"answer": "补了一个机房"})
    assert (closed.state, closed.values()["settled_by"]) == ("changed", staff.engineer.me)


def test_a_reason_closes_it_without_a_change(staff: Staff, project: str) -> None:
    raised = point(staff, proposal(staff, project, "discussing"))
    assert "修改内容或理由" in no_move(staff.engineer, raised.id, "explain")
    closed = staff.engineer.move(raised.id, "explain", {"answer": "合同附件已列明"})
    assert closed.state == "kept_as_is"
    assert "不能修改" in no_edit(staff.colleague, raised.id, finding="另一条")
    assert "理由" in no_move(staff.colleague, raised.id, "reopen")
    assert staff.colleague.move(raised.id, "reopen", comment="附件没有").state == "open"


def test_its_section_is_settled_at_birth(staff: Staff, project: str) -> None:
    made = proposal(staff, project, "discussing")
    raised = point(staff, made)
    assert "另建" in no_edit(staff.colleague, raised.id, section="sla")
    values = {"proposal": made.id, "finding": "x"}
    assert "章节" in no_add(staff.colleague, "discussion_point", values)


def test_a_reviewed_proposal_takes_no_more_points(staff: Staff, project: str) -> None:
    made = proposal(staff, project, "endorsed")
    values = {"proposal": made.id, "section": "scope", "finding": "晚了"}
    assert "不能修改" in no_add(staff.colleague, "discussion_point", values)


def test_a_new_version_begins_without_the_old_points(staff: Staff, project: str) -> None:
    made = proposal(staff, project, "discussing")
    raised = point(staff, made)
    staff.engineer.move(raised.id, "explain", {"answer": "已列明"})
    made = brought(staff, staff.engineer.get(made.id), "approved")
    later = new_revision(staff.engineer, made)
    assert rows_of(staff.engineer.store, later, kinds["discussion_point"]) == []
