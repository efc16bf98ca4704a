"""Hub errors: why the hub does not do what was asked, as a status and a word that never changes."""

from __future__ import annotations

from typing import Any


class HubError(Exception):
    """An answer that is no success; `facts` are said beside the reason, never any content."""

    def __init__(self, status: int, reason: str, **facts: Any) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.facts = facts


MALFORMED = "malformed"
TOO_LARGE = "too-large"
TOO_MANY = "too-many"
UNSIGNED = "unsigned"
STRANGER = "stranger"
REVOKED = "revoked"
BAD_SIGNATURE = "bad-signature"
OLD_EPOCH = "old-epoch"
CLOCK = "clock"
REPLAYED = "replayed"
NOT_ENTITLED = "not-entitled"
NOT_ADMIN = "not-administrator"
NO_CODE = "no-such-code"
NAMELESS = "name-needed"
BEHIND = "behind"
FOUNDED = "founded-already"
NOT_FOUNDED = "not-founded"
AWAITS = "awaits-log"
OTHER_LOG = "other-log"
OVER_QUOTA = "over-quota"
BUSY = "busy"
NOWHERE = "nowhere"
NOT_THERE = "not-there"
REFUSED = "refused"
FULL = "full"
TROUBLE = "trouble"


def malformed(**facts: Any) -> HubError:
    """What was sent is not in the agreed form."""
    return HubError(400, MALFORMED, **facts)
