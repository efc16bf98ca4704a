"""Membership: the membership log at the hub, which is the one place that appends to it.

An administrator's device signs its entries itself and offers them; the hub takes them when they
follow what it has, so that two administrators never make entries with one number, and signs that
it gave the number. It takes nothing that it does not understand: what stops every reader is never
numbered. Of itself it adds only who comes with an administrator's invitation.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from models.text.words import Refused, W
from sync.hub.storage.database import Base
from sync.transport.http import hub_errors
from sync.transport.http.hub_errors import HubError
from sync.trust.membership import BROKEN, OTHER, Membership
from sync.trust.membership_entry import MembershipEntry
from sync.trust.signature import Signer

LOCK = "members"
ROWS = 1_000
"""Most in one query."""

NOT_UNDERSTOOD = W(
    "同步服务器的程序不认识成员日志第 {n} 条，没有采用。请先升级同步服务器。",
    "The hub's program does not understand entry {n} of the membership log and did not take it."
    " Update the hub first.",
)


class MembershipLog:
    """The stored log; each entry is read and checked once."""

    def __init__(
        self, base: Base, longer: Callable[[Membership], None] = lambda _log: None
    ) -> None:
        """`longer` is told the log whenever more of it was read."""
        self.base = base
        self.longer = longer
        self._log = Membership()
        self._turn = threading.Lock()

    def now(self) -> Membership:
        """The log with every entry that is stored now."""
        entries = self.after(len(self._log.entries))
        if entries:
            with self._turn:
                new = [one for one in entries if one.n > len(self._log.entries)]
                self._log = self._log.extend(new)
            self.longer(self._log)
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
            for at in range(0, len(rows), ROWS):
                base.t.Member.insert_many(rows[at : at + ROWS]).execute()
        return grown

    def replace(self, log: Membership, same: int) -> None:
        """Put a log in this one's place, from the first entry on that is not the same (inside a
        write transaction); other processes that read this one must be started again.
        """
        base, member = self.base, self.base.t.Member
        base.locked(base.t.Fact.select().where(base.t.Fact.key == LOCK)).execute()
        member.delete().where(member.n > same).execute()
        rows = [one._asdict() for one in log.entries[same:]]
        for at in range(0, len(rows), ROWS):
            member.insert_many(rows[at : at + ROWS]).execute()
        with self._turn:
            self._log = Membership()

    @property
    def last(self) -> Membership:
        """The log as last read; asks no database."""
        return self._log

    def offered(
        self, entries: Sequence[MembershipEntry], keeper: Callable[[Membership], Signer]
    ) -> Membership:
        """Append entries that an administrator signed, numbered by the key that `keeper` gives;
        `HubError` when others came first.
        """

        def work(log: Membership) -> Membership:
            fresh = [one for one in entries if one.n > len(log.entries)]
            known = [one for one in entries if one.n <= len(log.entries)]
            if any(log.entries[one.n - 1].body != one.body for one in known if one.n > 0):
                raise HubError(409, hub_errors.BEHIND, members=len(log.entries))
            try:
                for one in fresh:
                    if not log.understands(one):
                        raise Refused(NOT_UNDERSTOOD, n=one.n)
                    log = log.kept(one, keeper(log))
                return log
            except Refused as why:
                other = why.word in (BROKEN, OTHER)
                reason = hub_errors.OTHER_LOG if other else hub_errors.REFUSED
                raise HubError(409, reason, why=hub_errors.told(why)) from why

        return self.grow(work)
