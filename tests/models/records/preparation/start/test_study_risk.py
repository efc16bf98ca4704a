"""Risks of a study: rows in their order, closed with the study."""

from __future__ import annotations

from models.book.rows.child_rows import rows_of
from models.schema.record import kinds
from tests.support.preparation import RISK, study
from tests.support.staff import Staff, no_add, no_edit


def test_they_stand_in_their_order(staff: Staff, project: str) -> None:
    made = study(staff, project, "draft")
    for place, risk in ((2, "备件不足"), (1, "门禁未办")):
        staff.engineer.add("study_risk", {"study": made.id, "risk": risk, "position": place})
    found = [row.title() for row in rows_of(staff.engineer.store, made, kinds["study_risk"])]
    assert found == ["门禁未办", "备件不足", RISK["risk"]]


def test_a_confirmed_study_keeps_them(staff: Staff, project: str) -> None:
    made = study(staff, project)
    values = {"study": made.id, "risk": "另一个"}
    assert "不能修改" in no_add(staff.engineer, "study_risk", values)
    [row] = rows_of(staff.engineer.store, made, kinds["study_risk"])
    assert "不能修改" in no_edit(staff.engineer, row.id, after="high")
