"""What leads to an irregular service, and what it leads to, pre-filled."""

from __future__ import annotations

from models.records.common import follow_ups
from tests.support.irregular_services import NOTED, noted, person_of
from tests.support.staff import Staff


def test_it_leads_to_an_action_without_a_name(staff: Staff, project: str) -> None:
    made = noted(staff.manager, project)
    person_of(staff.manager, made, staff.engineer.me)
    found = follow_ups.values(staff.quality, made, "corrective_action")
    assert found["source"] == made.id and found["finding"] == NOTED["facts"]
    assert staff.engineer.me not in found.values()


def test_its_person_stands_apart(staff: Staff, project: str) -> None:
    made = noted(staff.manager, project)
    assert follow_ups.values(staff.manager, made, "irregular_person") == {"service": made.id}


def test_the_person_concerned_attends_the_training(staff: Staff, project: str) -> None:
    made = noted(staff.manager, project)
    found = follow_ups.values(staff.department, made, "training")
    assert found == {"subject": NOTED["subject"], "category": "permit"}
    person_of(staff.manager, made, staff.engineer.me)
    found = follow_ups.values(staff.department, made, "training")
    assert found["attendees"] == staff.engineer.me


def test_a_finding_on_site_begins_one(staff: Staff) -> None:
    assert {"answer", "complaint"} <= set(follow_ups.origins("irregular_service"))
