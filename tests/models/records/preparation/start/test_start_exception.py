"""Start exceptions: asked for by a lead, signed by the department manager, and revoked."""

from __future__ import annotations

from tests.support.staff import Staff, no_add, no_move

WHY = {"reason": "证书换发中", "measures": "由持证人员陪同", "valid_to": "2099-01-01"}


def test_who_signs_and_what_for(staff: Staff, project: str) -> None:
    assert "角色" in no_add(staff.engineer, "start_exception", WHY, project)
    made = staff.manager.add("start_exception", WHY, project=project)
    assert "缺少" in no_move(staff.manager, made.id, "submit")
    staff.manager.edit(made.id, {"lacking": "competence"})
    assert "所涉人员" in no_move(staff.manager, made.id, "submit")
    staff.manager.edit(made.id, {"people": staff.engineer.me})
    staff.manager.move(made.id, "submit")
    assert "需要角色" in no_move(staff.manager, made.id, "sign")
    signed = staff.department.move(made.id, "sign", {"opinion": "同意，限期补齐"})
    assert signed.state == "signed"
    assert "理由" in no_move(staff.department, made.id, "revoke")
    assert staff.department.move(made.id, "revoke", comment="已补齐").state == "revoked"


def test_who_asks_does_not_sign(staff: Staff, project: str) -> None:
    values = {**WHY, "lacking": "study"}
    made = staff.department.add("start_exception", values, project=project)
    staff.department.move(made.id, "submit")
    assert "另一个人" in no_move(staff.department, made.id, "sign")
