"""Membership: the membership log at the hub, which is the one place that appends to it.

An administrator's device signs its entries itself and offers them; the hub takes them when they
follow what it has, so that two administrators never make entries with one number. For a person
who comes with a code the hub signs, as the administrator that the founder made it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from models.text.words import Refused
from sync.hub.storage.database import Base
from sync.transport.http import hub_errors
from sync.transport.http.hub_errors import HubError
from sync.trust.membership import Membership
from sync.trust.membership_entry import MembershipEntry

LOCK = "members"


class MembershipLog:
    """The stored log; each entry is read and checked once."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self._log = Membership()
        self._turn = threading.Lock()

    def knows(self, device: str) -> bool:
        """Whether a device is in the log as last read; asks no database."""
        return device in self._log.devices

    def now(self) -> Membership:
        """The log with every entry that is stored now."""
        entries = self.after(len(self._log.entries))
        if entries:
            with self._turn:
                new = [one for one in entries if one.n > len(self._log.entries)]
                self._log = self._log.extend(new)
        return self._log

    def after(self, n: int) -> list[MembershipEntry]:
        """The entries after one."""
        member = self.base.t.Member
        rows = self.base.rows(lambda n: member.select().where(member.n > n).order_by(member.n), n)
        return [MembershipEntry(n, bytes(h), bytes(b), bytes(s)) for n, h, b, s in rows]

    def grow(self, work: Callable[[Membership], Membership]) -> Membership:
        """Append what `work` adds, inside a write transaction that locks the log."""
        base, fact = self.base, self.base.t.Fact
        base.locked(fact.select().where(fact.key == LOCK)).execute()
        before = self.now()
        grown = work(before)
        rows = [one._asdict() for one in grown.entries[len(before.entries) :]]
        if rows:
            base.t.Member.insert_many(rows).execute()
        return grown

    def offered(self, entries: Sequence[MembershipEntry]) -> Membership:
        """Append entries that an administrator signed; `HubError` when others came first."""

        def work(log: Membership) -> Membership:
            fresh = [one for one in entries if one.n > len(log.entries)]
            known = [one for one in entries if one.n <= len(log.entries)]
            if any(log.entries[one.n - 1].body != one.body for one in known if one.n > 0):
                raise HubError(409, hub_errors.BEHIND, members=len(log.entries))
            try:
                return log.extend(fresh)
            except Refused as why:
                raise HubError(409, hub_errors.REFUSED, why=hub_errors.told(why)) from why

        return self.grow(work)
