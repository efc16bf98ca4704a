"""Returned log: a hub takes the longer membership log, from a device or from its operator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from models.text.words import Refused, W
from sync.hub.recovery import log_mark
from sync.hub.recovery.log_mark import LogMark
from sync.transport.http import hub_errors
from sync.transport.http.hub_errors import HubError
from sync.trust.membership import Membership, replay
from sync.trust.membership_entry import MembershipEntry

if TYPE_CHECKING:
    from sync.hub.hub import Hub

NOT_OURS = W(
    "这份成员日志不属于本同步服务器的组织。请从已加入它的电脑另取一份：sitebook member log 文件。",
    "This membership log is not of this hub's organisation. Get one from a device that joined it:"
    " sitebook member log FILE.",
)
NO_LONGER = W(
    "文件中的成员日志有 {there} 条，这里有 {here} 条。只采用更长的。",
    "The membership log in the file has {there} entries, the one here {here}. Only a longer one"
    " is taken.",
)


def bring(hub: Hub, entries: Sequence[MembershipEntry]) -> Membership:
    """Take entries from a device that may not be known here (inside a transaction).

    Where the hub did not wait, they show that it was put back: it waits from then on. Raises
    `HubError`, and nothing is taken, for entries that do not follow, of another organisation, and
    for too few of them to reach the mark.
    """
    wait = hub.wait.now() or LogMark()

    def work(log: Membership) -> Membership:
        if not log.entries and not wait.root:
            raise HubError(409, hub_errors.NOT_FOUNDED)
        try:
            grown = log.extend(entries)
        except Refused:
            raise HubError(409, hub_errors.OTHER_LOG) from None
        if wait.root not in ("", grown.root.hex()) or not hub.keeps(grown):
            raise HubError(409, hub_errors.OTHER_LOG)
        if not wait.within(grown):
            longer = len(grown.entries) >= wait.n
            raise HubError(409, hub_errors.OTHER_LOG if longer else hub_errors.AWAITS)
        if len(grown.entries) > len(log.entries) and hub.wait.begin():
            hub.begin_epoch()
        _revoke(hub, log, grown)
        return grown

    return hub.membership.grow(work)


def told(hub: Hub, log: Membership, n: int, hash: str) -> None:
    """An administrator's device told its log of `n` entries (inside a transaction): the wait ends
    unless the hub lacks something of it, or of the mark.
    """
    wait = hub.wait.now()
    if wait is None or not 0 < n <= len(log.entries):
        return
    if log.entries[n - 1].hash.hex() == hash and wait.within(log):
        hub.wait.end()


def take(hub: Hub, entries: Sequence[MembershipEntry]) -> tuple[Membership, int]:
    """Take a longer log as the operator gives it; returns it and how many entries of the hub's own
    it replaces. Devices then send everything again.

    Raises `Refused` for one that is altered, of another organisation or no longer than the hub's.
    """
    log, here = replay(entries), hub.membership.now()
    mark = log_mark.read(hub.home)
    roots = {here.root.hex()} if here.entries else {mark.root} if mark is not None else set()
    if not hub.keeps(log) or (roots and log.root.hex() not in roots):
        raise Refused(NOT_OURS)
    if len(log.entries) <= len(here.entries):
        raise Refused(NO_LONGER, there=len(log.entries), here=len(here.entries))
    pairs = zip(here.entries, log.entries, strict=False)
    same = next((n for n, (a, b) in enumerate(pairs) if a.hash != b.hash), len(here.entries))

    def work() -> None:
        hub.membership.replace(log, same)
        _revoke(hub, here, log)
        if same < len(here.entries):
            hub.begin_epoch()
        wait = hub.wait.now()
        if wait is not None and wait.within(log):
            hub.wait.end()

    hub.base.write(work)
    grown = hub.membership.now()
    if same < len(here.entries) or (mark is not None and mark.within(grown)):
        log_mark.keep(hub.home, grown)
    return grown, len(here.entries) - same


def go_on(hub: Hub) -> Membership:
    """The log stands as it is here: the operator says that nothing longer will come."""
    hub.base.write(hub.wait.end)
    log = hub.membership.now()
    log_mark.keep(hub.home, log)
    return log


def _revoke(hub: Hub, before: Membership, log: Membership) -> None:
    """What follows from the revocations that came with a longer log."""
    gone = {one.id for one in log.devices.values() if one.revoked is not None}
    known = {one.id for one in before.devices.values() if one.revoked is not None}
    hub.access.revoked(gone - known, log)
