"""Staff: everybody in the organisation with roles and devices, as the membership log has them."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from models.book.people import People, Person, PersonDevice
from models.schema.roles import ROLES

HUB = "hub-"
"""How the person of a hub is called; it is no member of the staff."""


class Grant(NamedTuple):
    """A role held on a project; '*' for every one."""

    role: str
    project: str


class StaffMember(NamedTuple):
    """One person."""

    person: Person
    administrator: bool
    grants: tuple[Grant, ...]
    devices: tuple[PersonDevice, ...]
    """Those that were admitted, the stopped ones included."""


def everybody(people: People, *, hubs: bool = False) -> list[StaffMember]:
    """All members, those who left last, with `hubs` the hub too; read at once, however many."""
    rows = people._rows
    grants, devices = defaultdict(list), defaultdict(list)
    for person, role, project in rows("SELECT person, role, project FROM role_grant ORDER BY 3"):
        grants[person].append(Grant(role, project))
    sql = (
        "SELECT idx, id, person, tag, name, key, revoked FROM device"
        " WHERE person IS NOT NULL AND key IS NOT NULL ORDER BY idx"
    )
    for row in rows(sql):
        devices[row[2]].append(PersonDevice(*row))
    admins = {row[0] for row in rows("SELECT person FROM administrator")}
    sql = "SELECT id, name, initials, pinyin, title, active FROM person"
    found = map(Person._make, rows(f"{sql} ORDER BY active DESC, name, id"))
    return [
        StaffMember(
            one._replace(active=bool(one.active)),
            one.id in admins,
            _ordered(grants[one.id]),
            tuple(devices[one.id]),
        )
        for one in found
        if hubs or not one.id.startswith(HUB)
    ]


def _ordered(grants: list[Grant]) -> tuple[Grant, ...]:
    """By project, and within one as roles are declared."""
    place = {role: at for at, role in enumerate(ROLES)}
    return tuple(sorted(grants, key=lambda one: (one.project, place.get(one.role, len(place)))))


def administrators(people: People) -> list[str]:
    """The names of those who may change the membership."""
    return [one.person.name for one in everybody(people) if one.administrator and one.person.active]
