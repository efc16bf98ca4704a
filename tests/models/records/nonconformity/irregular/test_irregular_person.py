"""Persons concerned: known to those who lead and supervise and to themselves, to nobody else."""

from __future__ import annotations

from tests.support.irregular_services import corrected, person_of
from tests.support.staff import Staff, no_add, no_move

STATEMENT = "票在车上忘了带进来"


def test_the_person_says_what_they_think_of_it(staff: Staff, project: str) -> None:
    service = corrected(staff, project)
    made = person_of(staff.manager, service, staff.engineer.me)
    assert "角色" in no_move(staff.manager, made.id, "answer", view="agrees")
    said = {"view": "objects", "statement": STATEMENT}
    assert staff.engineer.move(made.id, "answer", said).state == "heard"


def test_only_who_leads_or_supervises_names_them(staff: Staff, project: str) -> None:
    service = corrected(staff, project)
    values = {"service": service.id, "person": staff.engineer.me}
    assert no_add(staff.colleague, "irregular_person", values, project)
    person_of(staff.quality, service, staff.engineer.me)
