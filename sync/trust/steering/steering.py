"""Steering: who numbers the membership log, open invitations and requests, the recovery key. Pure.

A value that is never changed: each entry that steers gives the roster a new one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.frozen import NamedTuple

HUB = "hub-"
"""How the person id of a hub begins: so everybody sees in the log that a hub keeps it."""
RECOVERY = "recovery"
"""Who signs with the organisation's recovery key, in place of a device."""


class Invitation(NamedTuple):
    """What an administrator's device signed for one device still to come."""

    id: str
    """The public key, in hexadecimal, of the code: who has the code has its secret."""
    by: str
    """The device that signed it; once that is revoked, the invitation is void."""
    person: str
    """Whose further device it is for; nothing for a new person."""
    name: str
    """The new person's name; nothing where the one who comes says it."""
    roles: tuple[tuple[str, str], ...]
    """(role, project or '*') of the new person."""
    until: int
    """When it ends, ms UTC."""
    paired: bool = False
    """Whether two administrators signed it."""


class PendingRequest(NamedTuple):
    """What one administrator asks for and another has to confirm."""

    n: int
    """The entry that asks."""
    by: str
    """The device that signed it."""
    kind: str
    body: Mapping[str, Any]


class RecoveryUse(NamedTuple):
    """The recovery key made somebody an administrator."""

    n: int
    person: str
    instead: tuple[str, ...]
    """Those who are no administrators since."""
    at: int
    """When, as the device said on which it was done; ms UTC."""


class Steering(NamedTuple):
    """How the log is steered at the last version understood."""

    hub: str | None = None
    """The device of the hub that keeps the log; None where no hub does."""
    invitations: Mapping[str, Invitation] = {}
    """By id: those that were neither used nor withdrawn."""
    pair: bool = False
    """Whether two administrators must sign what concerns an administrator."""
    requests: Mapping[int, PendingRequest] = {}
    """By number, those that were neither confirmed nor dropped."""
    recovery: bytes | None = None
    """The public half of the recovery key."""
    since: int = 0
    """The entry that set it."""
    used: tuple[RecoveryUse, ...] = ()

    def without(self, id: str) -> Steering:
        """The same, one invitation less."""
        left = {one: it for one, it in self.invitations.items() if one != id}
        return self._replace(invitations=left)

    def decided(self, n: int) -> Steering:
        """The same, one request less."""
        return self._replace(requests={at: it for at, it in self.requests.items() if at != n})
