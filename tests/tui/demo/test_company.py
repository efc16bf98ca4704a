"""The invented company: every reference between people, projects and places resolves."""

from __future__ import annotations

import pytest

from models.records.registers.equipment import CLASSES
from models.schema.roles import ROLES
from tui.demo.company import (
    CUSTOMERS,
    EQUIPMENT,
    FOUNDER,
    LEAD,
    PEOPLE,
    PROJECTS,
    PROPOSED,
    SITES,
    devices_of,
    lead_of,
    roles_on,
)


def test_refs_are_given_once() -> None:
    refs = [one.ref for group in (PROJECTS, CUSTOMERS, SITES, EQUIPMENT, PROPOSED) for one in group]
    assert len(refs) == len(set(refs)) > 30
    keys = [person.key for person in PEOPLE]
    assert len(keys) == len(set(keys)) and FOUNDER not in keys


def test_places_belong_to_customers_and_projects_to_theirs() -> None:
    customers = {one.ref for one in CUSTOMERS}
    assert {site.customer for site in SITES} == customers
    assert {project.customer for project in PROJECTS} == customers
    for device in (*EQUIPMENT, *PROPOSED):
        assert device.site in {site.ref for site in SITES}
        assert device.equipment_class in {name for name, _, _ in CLASSES}


def test_one_device_is_proposed_and_not_among_the_others() -> None:
    assert len(PROPOSED) == 1 and PROPOSED[0] not in EQUIPMENT
    assert not any(device.proposed for device in EQUIPMENT)


def test_roles_are_declared_ones_on_projects_that_exist() -> None:
    projects = {project.ref for project in PROJECTS}
    for person in PEOPLE:
        assert set(person.roles) <= set(ROLES)
        assert all(set(held) <= projects for held in person.roles.values())


@pytest.mark.parametrize("project", [project.ref for project in PROJECTS])
def test_each_project_has_every_role_and_one_lead(project: str) -> None:
    held = [role for person in PEOPLE for role in roles_on(person, project)]
    assert set(held) == set(ROLES) and held.count(LEAD) == 1
    (lead,) = (person for person in PEOPLE if person.key == lead_of(project))
    assert roles_on(lead, project) == [LEAD]


def test_devices_of_a_project_are_those_at_its_customer_s_sites() -> None:
    found = [device.ref for device in devices_of("hosp", "room")]
    assert found == ["hosp-crac1", "hosp-crac2", "hosp-crac3"]
    assert devices_of("tram", "room") == []
