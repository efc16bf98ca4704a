"""Space access: whose devices may hold a space, as the membership log says now. Pure.

The company's space is every member's; a project's is for those who have a role on it; its
restricted one to those who answer for it.
"""

from __future__ import annotations

from models.book.people import EVERY
from models.schema.roles import DEPARTMENT_MANAGER, GENERAL_OFFICE, PROJECT_MANAGER, QUALITY
from sync.trust.roster import Roster, RosterDevice

COMPANY = "company"
RESTRICTED = frozenset({DEPARTMENT_MANAGER, QUALITY, GENERAL_OFFICE, PROJECT_MANAGER})


def entitled(roster: Roster, person: str, space: str) -> bool:
    """Whether a person may hold a space."""
    if space == COMPANY:
        return roster.is_active(person)
    kind, _, project = space.partition(":")
    roles = roster.roles_at(roster.version, person, project)
    if kind == "r":
        return bool(roles & RESTRICTED)
    return kind == "p" and bool(roles)


def candidates(roster: Roster, person: str) -> list[str] | None:
    """Spaces that a person may be entitled to, and no others; None when it may be any."""
    projects = roster.where(person)
    if EVERY in projects:
        return None
    return [COMPANY, *(f"{kind}:{project}" for kind in "pr" for project in sorted(projects))]


def members(roster: Roster) -> list[RosterDevice]:
    """The working devices of everybody who has not left."""
    return [
        one
        for one in roster.devices.values()
        if one.revoked is None and roster.is_active(one.person)
    ]


def devices(roster: Roster, space: str) -> list[RosterDevice]:
    """The working devices that may hold a space."""
    return [one for one in members(roster) if entitled(roster, one.person, space)]


def speaker(roster: Roster, public: bytes, claimed: str) -> str:
    """The device that a signed word comes from: as it says itself, if the key is that device's.

    A device that goes on under a new id is still known by the one that was admitted.
    """
    own = [one.id for one in roster.devices.values() if one.key == public]
    return claimed if claimed in own or not own else own[-1]
