"""Chain: whether segments that came together can be taken, before any of them is.

The same check as on arrival (`sync.validation.verify`), against the membership as it would be
afterwards, and that they follow each other. What a change may do is judged on arrival, change by
change.
"""

from __future__ import annotations

from models.text.words import Refused, W
from sync.encoding.segment import Segment
from sync.trust.membership import Membership
from sync.validation.verify import Refuse, Wait, verify

UNKNOWN = W(
    "它用到成员日志第 {n} 版，却没有带来。",
    "It needs version {n} of the membership log and does not bring it.",
)
UNLINKED = W("其中的改动前后接不上。", "The changes in it do not follow each other.")


class Soundness:
    """Checks segments one after another; raises `Refused` with the reason."""

    def __init__(self, membership: Membership) -> None:
        self.membership = membership
        self._tips: dict[tuple[str, str], tuple[int, bytes]] = {}

    def check(self, one: Segment) -> None:
        """Refuse what would be refused on arrival, or would wait for ever."""
        verdict = verify(one, self.membership, one.prev)
        if isinstance(verdict, Refuse):
            raise verdict.why
        if isinstance(verdict, Wait) and verdict.seq > len(self.membership.entries):
            raise Refused(UNKNOWN, n=verdict.seq)
        last, hash = self._tips.get((one.space, one.device), (0, b""))
        if last and (one.first != last + 1 or one.prev != hash):
            raise Refused(UNLINKED)
        self._tips[one.space, one.device] = (one.last, one.hash)
