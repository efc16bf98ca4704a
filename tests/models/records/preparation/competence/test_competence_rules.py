"""Rules of competence: what a confirmation rests on, and what is proposed for it."""

from __future__ import annotations

from models.book.rules import proposed_values
from models.records.preparation.competence import competence_rules
from tests.support.preparation import file_of
from tests.support.staff import Staff, no_move

ABLE = {"service_kinds": "routine", "basis": "certificate"}


def test_a_certificate_has_number_and_issuer(staff: Staff) -> None:
    values = {"member": staff.engineer.me, "education": "bachelor", "resume": "五年"}
    made = staff.office.add("competence", values)
    row = {"competence": made.id, "sort": "certificate", "name": "电工证"}
    added = staff.office.add("qualification", row)
    assert "电工证" in no_move(staff.office, made.id, "submit")
    staff.office.edit(added.id, {"document_no": "D-1"})
    assert "发证" in no_move(staff.office, made.id, "submit")
    staff.office.edit(added.id, {"issuer": "发证机关"})
    assert staff.office.move(made.id, "submit").state == "submitted"


def test_nobody_is_confirmed_without_a_confirmed_file(staff: Staff, project: str) -> None:
    person = staff.engineer.me
    made = staff.manager.add("competence_confirmation", {"member": person}, project=project)
    assert "小林" in no_move(staff.department, made.id, "confirm", **ABLE)
    file = file_of(staff, person)
    staff.office.move(file.id, "update", comment="新证书")
    assert "档案" in no_move(staff.department, made.id, "confirm", **ABLE)
    staff.office.move(file.id, "submit")
    staff.department.move(file.id, "confirm", {"conclusion": "具备"})
    assert staff.department.move(made.id, "confirm", ABLE).state == "confirmed"


def test_an_expired_certificate_is_no_basis(staff: Staff, project: str) -> None:
    person = staff.engineer.me
    file_of(staff, person, valid_to="2020-01-01")
    made = staff.manager.add("competence_confirmation", {"member": person}, project=project)
    assert "basis" not in proposed_values(staff.department, made, "confirm") or (
        proposed_values(staff.department, made, "confirm")["basis"] == "resume"
    )
    said = no_move(staff.department, made.id, "confirm", **ABLE)
    assert "网络工程师" in said and "2020-01-01" in said
    able = {**ABLE, "basis": "resume"}
    assert staff.department.move(made.id, "confirm", able).state == "confirmed"


def test_the_first_expiry_is_proposed_as_the_end(staff: Staff, project: str) -> None:
    person = staff.engineer.me
    file_of(staff, person, valid_to="2099-05-01")
    made = staff.manager.add("competence_confirmation", {"member": person}, project=project)
    found = proposed_values(staff.department, made, "confirm")
    assert found == {"basis": "certificate,resume", "valid_to": "2099-05-01"}
    assert proposed_values(staff.manager, made, "deny") == {}


def test_rows_of_a_file_are_read_by_their_expiry(staff: Staff) -> None:
    file = file_of(staff, staff.engineer.me)
    found = competence_rules.file_of(staff.department, staff.engineer.me)
    assert found is not None and found.id == file.id
    assert [one.name for one in competence_rules.qualifications(staff.department, file.id)] == [
        "网络工程师"
    ]
    assert competence_rules.file_of(staff.department, staff.colleague.me) is None
