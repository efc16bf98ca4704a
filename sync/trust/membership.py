"""Membership: the append-only, hash-chained log of people, devices and roles. Pure.

It begins with its founder, who has every role on every project; each later entry is signed by an
administrator's device, and no person grants a role to themself. One place appends (the founder's
device, or the hub): two entries with one number are never merged, the second is refused. A hub
signs that it gave the number, and every replica looks for that; it signs nothing else, but that
somebody came with an administrator's invitation.

An entry of a kind or form that this version of the program does not know makes the log *wait*
from there: it and what follows is kept and passed on, but nothing from there on is in force, so
that work which names a later membership version waits too, until the program is updated. Only who
keeps the log can make it wait, and none of them takes what it does not know from others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from models.schema.roles import ROLES
from models.text.words import Refused, W
from sync.trust import entry_rules, membership_entry
from sync.trust.membership_entry import EntryStatement, MembershipEntry
from sync.trust.roster import Roster
from sync.trust.signature import Signer
from sync.trust.steering import rule_levels

GAP = W(
    "成员日志缺少第 {n} 条。请先取得前面的部分。",
    "Entry {n} of the membership log is missing. Fetch what comes before first.",
)
OTHER = W(
    "成员日志第 {n} 条与本机已有的不同，未采用。请与管理员核对哪一份是对的。",
    "Entry {n} of the membership log differs from the one already here and was not taken."
    " Ask an administrator which copy is right.",
)
BROKEN = W(
    "成员日志第 {n} 条与前一条不相连，未采用。请向管理员要一份新的。",
    "Entry {n} of the membership log does not follow from the one before it and was not taken."
    " Ask an administrator for a fresh copy.",
)
NEWER = W(
    "成员日志从第 {n} 条起由更新的程序版本写成。请先升级程序。",
    "From entry {n} on the membership log was written by a newer program. Update this one first.",
)


class Membership(Roster):
    """The log with what it says; never changed, `extend` and `append` give a new one."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: tuple[MembershipEntry, ...] = ()
        """All entries kept, those that wait for a newer program included."""

    @property
    def head(self) -> bytes:
        """The hash of the last entry."""
        return self.entries[-1].hash if self.entries else membership_entry.START

    @property
    def root(self) -> bytes:
        """The hash of the founding: what a device that joins is told to trust."""
        return self.entries[0].hash if self.entries else membership_entry.START

    @property
    def waits(self) -> int | None:
        """The first entry that only a newer program understands; None when there is none."""
        return self.version + 1 if len(self.entries) > self.version else None

    def extend(self, entries: Iterable[MembershipEntry]) -> Membership:
        """The log with these entries, each checked; those already here are passed over.

        Raises `Refused`, and nothing is taken, for a missing, altered, forged or forbidden one.
        """
        grown = Membership()
        self._copy_to(grown)
        grown.entries = self.entries
        for one in entries:
            if 1 <= one.n <= len(grown.entries):
                if grown.entries[one.n - 1].body != one.body:
                    raise Refused(OTHER, n=one.n)
            elif not grown._take(one):
                break
        return grown

    def drafted(self, one: MembershipEntry) -> Membership:
        """The log with an entry that its keeper has yet to number; not to be stored."""
        grown = Membership()
        self._copy_to(grown)
        grown.entries = self.entries
        grown._take(one, draft=True)
        return grown

    def kept(self, one: MembershipEntry, keeper: Signer) -> Membership:
        """The log with an entry that its keeper numbers, where that is a hub."""
        hub = entry_rules.number_of(self, membership_entry.read(one))
        if hub is not None and hub == keeper.public:
            one = membership_entry.numbered(one, keeper)
        return self.extend([one])

    def understands(self, one: MembershipEntry) -> bool:
        """Whether this program knows what an entry says. Raises `Refused` for a damaged one."""
        return _known(membership_entry.read(one))

    def append(self, kind: str, body: Mapping[str, Any], signer: Signer) -> Membership:
        """The log with a new entry, held to the same rules as one received."""
        if self.waits:
            raise Refused(NEWER, n=self.waits)
        number = len(self.entries) + 1
        said = EntryStatement(
            membership_entry.VERSION, number, self.head, kind, signer.id, dict(body)
        )
        if kind not in entry_rules.ACTS:
            raise ValueError(f"unknown kind of membership entry: {kind}")
        entry_rules.shaped(said)
        return self.drafted(membership_entry.write(said, signer))

    def admit(self, person: str, device: str, key: bytes, name: str, signer: Signer) -> Membership:
        """Admit a device under the next free tag."""
        body = {"person": person, "device": device, "key": key.hex(), "name": name}
        return self.append("device", {**body, "tag": self.next_tag()}, signer)

    def _take(self, one: MembershipEntry, *, draft: bool = False) -> bool:
        """Take the next entry; False when only a newer program can check it."""
        number = len(self.entries) + 1
        if one.n != number:
            raise Refused(GAP, n=number)
        said = membership_entry.read(one)
        if said.prev != self.head or (said.kind == "found") != (number == 1):
            raise Refused(BROKEN, n=number)
        unknown = bool(self.waits) or not _known(said)
        if unknown and not self._by_its_keeper(one, said):
            return False
        membership_entry.check(one, entry_rules.public_of(self, said))
        if not draft:
            membership_entry.check_number(one, entry_rules.number_of(self, said))
        if not unknown:
            entry_rules.apply(self, said)
        self.entries = (*self.entries, one)
        return True

    def _by_its_keeper(self, one: MembershipEntry, said: EntryStatement) -> bool:
        """Keep what waits only from who keeps the log: others cannot stop it."""
        try:
            entry_rules.public_of(self, said)
            membership_entry.check_number(one, entry_rules.number_of(self, said))
        except Refused:
            return False
        return entry_rules.keeps(self, said)


def _known(said: EntryStatement) -> bool:
    """Whether this program understands an entry."""
    return (
        said.v <= membership_entry.VERSION
        and said.kind in entry_rules.ACTS
        and (said.kind != "level" or rule_levels.understood(said.body))
    )


def replay(entries: Iterable[MembershipEntry], root: bytes | None = None) -> Membership:
    """The membership these entries make, all checked; with `root`, only if they begin with it."""
    whole = Membership().extend(entries)
    if root is not None and whole.root != root:
        raise Refused(OTHER, n=1)
    return whole


def hub_of(log: Membership) -> str | None:
    """The device of the hub that keeps this log; None where no hub does."""
    return log.steering.hub


def found(
    signer: Signer,
    *,
    organisation: str,
    name: str,
    person: str,
    person_name: str,
    title: str = "",
    device_name: str = "",
    roles: Iterable[str] = ROLES,
) -> Membership:
    """A new log: an organisation, and its founder with every role on this device, tag 'A'."""
    body = {
        "organisation": organisation,
        "name": name,
        "person": person,
        "person_name": person_name,
        "title": title,
        "device": signer.id,
        "device_name": device_name,
        "key": signer.public.hex(),
        "tag": "A",
        "roles": sorted(roles),
    }
    return Membership().append("found", body, signer)
