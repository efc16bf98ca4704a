"""Hub errors: why the hub does not do what was asked, as a status and a word that never changes."""

from __future__ import annotations

from typing import Any

from models.text.words import Refused, W


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


LONGEST = 1000
"""Most characters of a sentence that a client shows."""


def told(why: Refused) -> dict[str, str]:
    """A sentence as it travels: whole, in both languages, since the one who reads it chooses."""
    return {"zh": why.both().zh, "en": why.both().en}


def heard(told: Any) -> W:
    """A sentence that came, without its full stop, to be put into one of ours."""
    pair = told if isinstance(told, dict) else {"zh": told, "en": told}
    zh, en = (str(pair.get(lang, "?"))[:LONGEST].rstrip("。. ") for lang in ("zh", "en"))
    return W(zh or "?", en or "?")


def malformed(**facts: Any) -> HubError:
    """What was sent is not in the agreed form."""
    return HubError(400, MALFORMED, **facts)
