"""Inviting: an administrator has a one-time code made from afar, as `hub invite` makes it here."""

from __future__ import annotations

from typing import Any

from models.schema.roles import ROLES
from sync.hub.handlers.enrolment import new_code
from sync.hub.hub import Caller, Hub
from sync.hub.routes import HubResponse, said, way
from sync.transport.http import hub_errors
from sync.transport.http.hub_errors import HubError, malformed
from sync.transport.http.signed_request import Ask, read
from sync.trust.entry_rules import is_id, is_name

MOST_DAYS = 90
MOST_ROLES = 20


@way("POST", "/v1/invite", "Make a one-time code: for a new person of this name with these roles,"
     " each a role and a project ('*' for every one), or for a further device of a person.",
     takes="application/json", heavy=True)  # fmt: skip
def invite(hub: Hub, ask: Ask, caller: Caller) -> HubResponse:
    """Make a code; the answer is its secret, and the administrator's device adds the rest."""
    if not caller.membership.is_admin(caller.person):
        raise HubError(403, hub_errors.NOT_ADMIN)
    data = read(ask.body)
    name, person, days = data.get("name", ""), data.get("person", ""), data.get("days")
    if (name and not is_name(name)) or type(days) is not int or not 0 < days <= MOST_DAYS:
        raise malformed(part="body")
    if person and (not is_id(person) or person not in caller.membership.people):
        raise malformed(part="person")
    roles = _roles(data.get("roles", []))
    hub.base.write(lambda: hub.spend(caller))
    secret = new_code(hub, name=name, person=person, roles=roles, days=days)
    return said({"code": secret.hex()})


def _roles(data: Any) -> list[tuple[str, str]]:
    if not isinstance(data, list) or len(data) > MOST_ROLES:
        raise malformed(part="roles")
    for one in data:
        right = isinstance(one, list) and len(one) == 2 and one[0] in ROLES
        if not right or not (one[1] == "*" or is_id(one[1])):
            raise malformed(part="roles")
    return [(role, project) for role, project in data]
