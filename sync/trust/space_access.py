"""Space access: who may hold a space, as the membership log says now, and who may write into it.
Pure.

The company's space is every member's; a project's is for those who have a role on it. That of a
restricted record is for the roles that its type declares, and for the people whom it names
(`sync.validation.rules.reader_rules`): `named` are these, as far as they are known where it is
asked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

from models.book.people import EVERY
from models.schema.kind import Readers
from models.schema.natural_keys import FILE, file_of
from models.schema.record import kinds
from sync.trust.roster import Roster, RosterDevice
from sync.trust.steering.steering import HUB

COMPANY = "company"
MOST_TOLD = 20
"""Most revoked devices that a folder or a bundle tells so."""
Held = TypeVar("Held")
"""How far a device's work is held: a sequence, or a position."""

Named = Callable[[str], Collection[str]]
"""Space -> the people whom a restricted record names as its readers."""


def nobody(_space: str) -> Collection[str]:
    """No people: where the contents of a space are not known."""
    return ()


def entitled(roster: Roster, person: str, space: str, named: Collection[str] = ()) -> bool:
    """Whether a person may hold a space."""
    if space == COMPANY:
        return roster.is_active(person)
    kind, _, project = space.partition(":")
    if kind == FILE:
        file = file_of(space)
        if file is None or not roster.is_active(person):
            return False
        return person in named or reads(space, _roles(roster, person, file.project))
    return kind == "p" and bool(_roles(roster, person, project))


def readers_of(space: str) -> Readers | None:
    """What the type of a restricted record declares; None where the type is not known here."""
    file = file_of(space)
    cls = kinds.get(file.type) if file is not None else None
    return cls.kind.readers if cls is not None else None


def reads(space: str, roles: Collection[str]) -> bool:
    """Whether one of these roles on its project opens a space, as far as that is restricted.

    A type that this version does not know opens to no role.
    """
    if file_of(space) is None:
        return True
    readers = readers_of(space)
    return readers is not None and not set(roles).isdisjoint(readers.roles)


def may_give(roster: Roster, person: str, space: str, named: Collection[str] = ()) -> bool:
    """Whether a person may bring what they wrote into a space, be it read by them or not.

    Into a project's also who had a role there: what they wrote by it is quarantined, not lost.
    """
    if entitled(roster, person, space, named):
        return True
    if not roster.is_active(person):
        return False
    file = file_of(space)
    if file is None:
        return had_a_role(roster, person, space)
    if file.type in kinds and readers_of(space) is None:
        return False  # not a restricted type; one that is not known here may be
    return file.project is None or bool(_roles(roster, person, file.project))


def had_a_role(roster: Roster, person: str, space: str) -> bool:
    """Whether a person ever had a role on the project of a space that is not restricted."""
    kind, _, project = space.partition(":")
    return kind == "p" and not roster.where(person).isdisjoint({project, EVERY})


def own(
    vector: Mapping[str, Held], person: str, whose: Callable[[str], str | None]
) -> dict[str, Held]:
    """What is told of a space to somebody who wrote into it and may not hold it: their own part."""
    return {device: seq for device, seq in vector.items() if whose(device) == person}


def candidates(roster: Roster, person: str) -> list[str] | None:
    """Spaces that a person may be entitled to, but for restricted ones; None when it may be any."""
    projects = roster.where(person)
    if EVERY in projects:
        return None
    return [COMPANY, *(f"p:{project}" for project in sorted(projects))]


def members(roster: Roster) -> list[RosterDevice]:
    """The working devices of everybody who has not left."""
    return [
        one
        for one in roster.devices.values()
        if one.revoked is None and roster.is_active(one.person)
    ]


def devices(roster: Roster, space: str, named: Collection[str] = ()) -> list[RosterDevice]:
    """The working devices that may hold a space."""
    return [one for one in members(roster) if entitled(roster, one.person, space, named)]


def stopped(roster: Roster) -> list[RosterDevice]:
    """The devices that were revoked last, the newest first: those that may not know it yet."""
    gone = (one for one in roster.devices.values() if one.revoked is not None)
    people = (one for one in gone if not one.person.startswith(HUB))
    return sorted(people, key=lambda one: one.revoked or 0, reverse=True)[:MOST_TOLD]


def speaker(roster: Roster, public: bytes, claimed: str) -> str:
    """The device that a signed word comes from: as it says itself, if the key is that device's.

    A device that goes on under a new id is still known by the one that was admitted.
    """
    known = [one.id for one in roster.devices.values() if one.key == public]
    return claimed if claimed in known or not known else known[-1]


def _roles(roster: Roster, person: str, project: str | None) -> frozenset[str]:
    return roster.roles_at(roster.version, person, project)
