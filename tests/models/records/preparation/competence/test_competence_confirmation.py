"""Competence confirmations: one for each person and project, by the department manager."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.text.words import Refused
from tests.support.preparation import confirmed, file_of
from tests.support.staff import Staff, no_add, no_edit, no_move

ABLE = {"service_kinds": "routine", "basis": "certificate"}


def test_the_department_manager_confirms(staff: Staff, project: str) -> None:
    person = staff.engineer.me
    file_of(staff, person)
    made = staff.manager.add("competence_confirmation", {"member": person}, project=project)
    for book in (staff.manager, staff.engineer, staff.quality):
        assert "部门经理" in no_move(book, made.id, "confirm", **ABLE)
    assert "可承担的服务类型" in no_move(staff.department, made.id, "confirm")
    done = staff.department.move(made.id, "confirm", {**ABLE, "opinion": "可独立值班"})
    assert done.state == "confirmed"
    assert "不能修改" in no_edit(staff.manager, made.id, duty="值班")
    assert "已有相同的" in no_add(
        staff.manager, "competence_confirmation", {"member": person}, project
    )


def test_nobody_confirms_themselves(staff: Staff, book: Book, project: str) -> None:
    """The founder is a department manager, too, and there is another one."""
    file_of(staff, book.me)
    made = staff.manager.add("competence_confirmation", {"member": book.me}, project=project)
    assert "另一个人" in no_move(book, made.id, "confirm", **ABLE)
    assert staff.department.move(made.id, "confirm", ABLE).state == "confirmed"


def test_not_able_and_no_part_need_their_reason(staff: Staff, project: str) -> None:
    values = {"member": staff.engineer.me}
    made = staff.manager.add("competence_confirmation", values, project=project)
    assert "理由" in no_move(staff.department, made.id, "deny")
    assert staff.department.move(made.id, "deny", comment="无登高证").state == "unfit"
    assert staff.manager.move(made.id, "reopen", comment="已考取").state == "proposed"
    assert "需要角色" in no_move(staff.engineer, made.id, "set_apart")
    assert staff.manager.move(made.id, "set_apart", comment="调离").state == "apart"


def test_a_file_with_records_confirms_nobody(staff: Staff, project: str) -> None:
    values = {"member": staff.engineer.me}
    made = staff.engineer.add("competence_confirmation", values, project=project)
    with pytest.raises(Refused, match="部门经理"):
        staff.engineer.imported(made.id, "confirmed", ABLE)


def test_others_see_the_confirmation_and_nothing_of_the_file(staff: Staff, project: str) -> None:
    made = confirmed(staff, project, staff.engineer.me)
    assert staff.colleague.space_of(made) == f"p:{project}"
    said = " ".join(str(value) for value in made.values().values())
    assert "N-1" not in said and "网络工程师" not in said
