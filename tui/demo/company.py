"""The invented company and its customers: people, projects, sites, equipment."""

from __future__ import annotations

from typing import NamedTuple

from models.text.words import W
from tui.demo.data_files import read

FOUNDER = "founder"
"""The key of the person who makes the book and looks at the demonstration: every role."""
LEAD = "project_manager"


class DemoPerson(NamedTuple):
    """A member: `roles` maps a role to the projects (refs) on which it is held."""

    key: str
    name: W
    title: W
    roles: dict[str, tuple[str, ...]]


class DemoProject(NamedTuple):
    """A service contract; service days are counted from the first day of the month shown."""

    ref: str
    customer: str
    name: W
    code: str
    department: W
    since: int
    until: int
    sla: W


class DemoCustomer(NamedTuple):
    """A customer of the company."""

    ref: str
    name: W
    short: W
    contact: W
    phone: str
    address: W


class DemoSite(NamedTuple):
    """A place at a customer's."""

    ref: str
    customer: str
    name: W
    address: W
    access: W


class DemoEquipment(NamedTuple):
    """A device at a site; `proposed` by an engineer and not confirmed."""

    ref: str
    site: str
    name: W
    equipment_class: str
    model: str
    serial_no: str
    location: W
    proposed: bool = False


_COMPANY = read("company", {"person": DemoPerson, "project": DemoProject})
_PLACES = read("places", {"customer": DemoCustomer, "site": DemoSite, "equipment": DemoEquipment})
PEOPLE = _COMPANY.of(DemoPerson)
PROJECTS = _COMPANY.of(DemoProject)
CUSTOMERS = _PLACES.of(DemoCustomer)
SITES = _PLACES.of(DemoSite)
EQUIPMENT = tuple(e for e in _PLACES.of(DemoEquipment) if not e.proposed)
PROPOSED = tuple(e for e in _PLACES.of(DemoEquipment) if e.proposed)


def roles_on(person: DemoPerson, project: str) -> list[str]:
    """The roles that a person holds on a project."""
    return [role for role, projects in person.roles.items() if project in projects]


def lead_of(project: str) -> str:
    """The key of the project's manager."""
    return next(p.key for p in PEOPLE if project in p.roles.get(LEAD, ()))


def devices_of(project: str, equipment_class: str) -> list[DemoEquipment]:
    """The equipment of a class at the sites of the project's customer."""
    customer = next(p.customer for p in PROJECTS if p.ref == project)
    sites = {site.ref for site in SITES if site.customer == customer}
    return [e for e in EQUIPMENT if e.equipment_class == equipment_class and e.site in sites]
