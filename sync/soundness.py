"""Soundness: whether segments that came together can be taken, before any of them is.

The same check as on arrival, against the membership as it would be afterwards: seals, chains and
their links among each other. What a change may do is judged on arrival, change by change.
"""

from __future__ import annotations

from models.words import Refused, W
from sync import seal
from sync.change import chain
from sync.membership import Membership
from sync.segment import Segment

UNKNOWN = W(
    "其中的改动出自成员日志不认识的设备 {device}。",
    "changes in it are by the device {device}, which the membership log does not know",
)
UNSEALED = W("其中一段改动的封印不对", "the seal of a segment in it is wrong")
FOREIGN = W("其中的改动属于另一个组织", "changes in it belong to another organisation")
UNLINKED = W("其中的改动前后接不上", "the changes in it do not follow each other")


class Soundness:
    """Checks segments one after another; raises `Refused` with the reason."""

    def __init__(self, membership: Membership) -> None:
        self.membership = membership
        self._tips: dict[tuple[str, str], tuple[int, bytes]] = {}

    def check(self, one: Segment) -> None:
        """Refuse what would be refused on arrival."""
        if one.organisation != self.membership.organisation:
            raise Refused(FOREIGN)
        known = self.membership.devices.get(one.vouch.old if one.vouch else one.device)
        if known is None or one.members > len(self.membership.entries):
            raise Refused(UNKNOWN, device=one.device)
        if not seal.check(known.key, one.head, one.signature) or not self._vouched(one, known.key):
            raise Refused(UNSEALED)
        hash = one.prev
        for _, body in one.changes():
            hash = chain(hash, body)
        if hash != one.hash:
            raise Refused(UNSEALED)
        self._link(one)

    def _vouched(self, one: Segment, key: bytes) -> bool:
        told, organisation = one.vouch, one.organisation
        return told is None or seal.vouched(key, organisation, told.old, one.device, told.signature)

    def _link(self, one: Segment) -> None:
        last, hash = self._tips.get((one.space, one.device), (0, b""))
        if last and (one.first != last + 1 or one.prev != hash):
            raise Refused(UNLINKED)
        self._tips[one.space, one.device] = (one.last, one.hash)
