"""Qualifications: rows of a competence file, kept where the file is."""

from __future__ import annotations

from models.schema.record import kinds
from tests.support.preparation import file_of
from tests.support.staff import Staff, no_add


def test_they_are_kept_with_the_file(staff: Staff) -> None:
    file = file_of(staff, staff.engineer.me)
    [(id,)] = staff.office.store.rows("SELECT id FROM qualification")
    assert staff.office.space_of(staff.office.get(id)) == staff.office.space_of(file)


def test_a_confirmed_file_takes_no_more(staff: Staff) -> None:
    file = file_of(staff, staff.engineer.me)
    values = {"competence": file.id, "sort": "training", "name": "安全培训"}
    assert "不能修改" in no_add(staff.office, "qualification", values)


def test_its_kind_and_name_are_needed(staff: Staff) -> None:
    values = {"member": staff.engineer.me}
    made = staff.office.add("competence", values)
    said = no_add(staff.office, "qualification", {"competence": made.id})
    assert "类别" in said and "名称" in said
    names = [one.name for one in kinds["qualification"].specs()["sort"].choices]
    assert names == ["education", "training", "certificate"]
