"""Verify: whether a segment is what a member's device sealed, before any of it is looked at. Pure.

The seal covers organisation, space, device, the last sequence and hash, and the membership version
its owner knew; the hash covers every change before it. Whether the changes were allowed is for
`sync.validation.authorize`. A device counts from the version that its seal names, so that everybody
says the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from models.text.words import Refused, W
from sync.changes.change import Change, genesis
from sync.changes.pruned import chain
from sync.encoding.segment import Segment
from sync.trust import seal
from sync.trust.membership import Membership
from sync.validation.history import Writer

OTHER_TEAM = W(
    "收到的一段改动属于另一个组织，没有采用。请核对它的来源。",
    "A segment of changes belongs to another organisation and was not taken. Check its source.",
)
STRANGER = W(
    "收到的一段改动出自成员之外的电脑 {device}，没有采用。请管理员先接入这台电脑。",
    "A segment of changes comes from the device {device}, which is no member's, and was not taken."
    " Ask an administrator to admit the device first.",
)
FORGED = W(
    "电脑 {device} 的一段改动签名不对，没有采用。请核对它的来源。",
    "A segment of device {device} has a wrong signature and was not taken. Check its source.",
)
ALTERED = W(
    "电脑 {device} 的一段改动与它的封印不符，没有采用。请让发送方重新导出或再同步一次。",
    "A segment of device {device} is not what was sealed and was not taken."
    " Ask the sender to export again, or sync again.",
)
FORKED = W(
    "{who} 的电脑 {device} 从第 {seq} 条改动起有两种历史：有人在用它的副本。后到的没有采用。"
    "请管理员停用它：sitebook member revoke {device}。",
    "The device {device} of {who} has two histories from change {seq} on: a copy of it is in use."
    " The later one was not taken. Ask an administrator to revoke it:"
    " sitebook member revoke {device}.",
)
FORKED_BEFORE = W(
    "{who} 的电脑 {device} 有两种历史，最迟从第 {seq} 条改动起：有人在用它的副本。后到的没有采用。"
    "请管理员停用它：sitebook member revoke {device}。",
    "The device {device} of {who} has two histories, from change {seq} on at the latest: a copy of"
    " it is in use. The later one was not taken. Ask an administrator to revoke it:"
    " sitebook member revoke {device}.",
)
UNKNOWN = W(
    "它用到成员日志第 {n} 版，却没有带来。",
    "It needs version {n} of the membership log and does not bring it.",
)
UNLINKED = W("其中的改动前后接不上。", "The changes in it do not follow each other.")

Linked = list[tuple[Change, bytes, bytes]]
"""Changes with their canonical bodies (or pruned forms) and chain hashes."""


@dataclass(frozen=True, slots=True)
class Accept:
    """It is what its owner sealed, and follows what is here."""

    changes: Linked
    writer: Writer


class Want(NamedTuple):
    """What a segment waits for."""

    what: Literal["change", "members", "body", "snapshot"]
    device: str = ""
    """Whose change."""
    seq: int = 0
    """Up to which change, the change whose values are not kept here, or a membership version."""


@dataclass(frozen=True, slots=True)
class Refuse:
    """It is not to be taken."""

    why: Refused
    forked: bool = False
    """Rightly sealed, but another history than the one here."""


Verdict = Accept | Want | Refuse


def verify(segment: Segment, membership: Membership, prev_hash: bytes | None) -> Verdict:
    """Whether a segment may be taken; `prev_hash` is that of its device's change before it here.

    None when that change is not here: the segment waits. Before the first change it is known.
    """
    writer = sealed(segment, membership)
    if not isinstance(writer, Writer):
        return writer
    begins = segment.first == 1
    before = genesis(segment.space, segment.device) if begins else prev_hash
    if before is None:
        return Want("change", segment.device, segment.first - 1)
    try:
        changes = _linked(segment)
    except Refused as why:
        return Refuse(why)
    if changes[-1][2] != segment.hash or (begins and segment.prev != before):
        return Refuse(Refused(ALTERED, device=segment.device))
    if segment.prev != before:
        return Refuse(forked(membership, writer.device, segment.first), forked=True)
    return Accept(changes, writer)


def forked(membership: Membership, device: str, first: int, upto: int = 0) -> Refused:
    """That a device has two histories, from a change on; `upto`: where the change is not known
    (0), one before which they part.
    """
    known = membership.devices.get(device)
    who = membership.people[known.person].name if known is not None else device
    named = {"who": who, "device": known.tag if known is not None else device}
    if first:
        return Refused(FORKED, seq=first, **named)
    return Refused(FORKED_BEFORE, seq=upto, **named)


def sealed(segment: Segment, membership: Membership) -> Writer | Want | Refuse:
    """Whether a member's device put this seal on a segment, its changes unread."""
    if segment.organisation != membership.organisation:
        return Refuse(Refused(OTHER_TEAM))
    if segment.members > membership.version:
        return Want("members", seq=segment.members)
    writer = writer_of(segment, membership)
    if writer is None:
        return Refuse(Refused(STRANGER, device=segment.device))
    key = membership.devices[writer.device].key
    if not seal.check(key, segment.head, segment.signature):
        return Refuse(Refused(FORGED, device=segment.device))
    return writer


def writer_of(segment: Segment, membership: Membership) -> Writer | None:
    """Who sealed a segment, if their device was a member's at the version it names.

    A device that took a new id is believed on the word of the key that an admitted one has.
    """
    person = membership.person_of(segment.device, segment.members)
    if person is not None:
        return Writer(person, segment.members, segment.device, segment.first)
    if segment.vouch is None:
        return None
    old, word = segment.vouch
    person = membership.person_of(old, segment.members)
    if person is None:
        return None
    key, organisation = membership.devices[old].key, membership.organisation
    if not seal.vouched(key, organisation, old, segment.device, word):
        return None
    return Writer(person, segment.members, old, segment.first)


def _linked(segment: Segment) -> Linked:
    hash, found = segment.prev, Linked()
    for change, body in segment.changes():
        hash = chain(hash, body)
        found.append((change, body, hash))
    return found


class ChainCheck:
    """Checks segments that came together, before any of them is taken: one after another.

    The membership is the one that there will be afterwards. What a change may do is authorised on
    arrival.
    """

    def __init__(self, membership: Membership) -> None:
        self.membership = membership
        self._tips: dict[tuple[str, str], tuple[int, bytes]] = {}

    def add(self, segment: Segment) -> None:
        """Raise `Refused` for what would be refused on arrival, or would wait for ever."""
        verdict = verify(segment, self.membership, segment.prev)
        if isinstance(verdict, Refuse):
            raise verdict.why
        if isinstance(verdict, Want) and verdict.seq > len(self.membership.entries):
            raise Refused(UNKNOWN, n=verdict.seq)
        last, hash = self._tips.get((segment.space, segment.device), (0, b""))
        if last and (segment.first != last + 1 or segment.prev != hash):
            raise Refused(UNLINKED)
        self._tips[segment.space, segment.device] = (segment.last, segment.hash)
