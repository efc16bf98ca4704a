"""Verifier: what this book knows of the members, brought to the rules that check what arrives.

The rules (`sync.validation.verify`, `sync.validation.authorize`) are pure and the same everywhere.
Here they are given the membership log, which is read and checked once and remembered while it does
not grow.
"""

from __future__ import annotations

from typing import Any, TypeVar

from models.storage.store import Store
from sync.encoding.segment import Segment
from sync.log import device_aliases, membership_store
from sync.log.pending_segments import Want
from sync.trust.membership import Membership
from sync.validation.history import Writer
from sync.validation.verify import Accept, Refuse, Wait, sealed, verify

Said = TypeVar("Said", Accept, Writer)


class SegmentVerifier:
    """The membership as this book holds it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._membership: Membership | None = None

    @property
    def membership(self) -> Membership:
        """The membership log with all that it says."""
        found = self._membership
        entries = self.store.row("SELECT COUNT(*) FROM membership")
        if found is None or entries is None or entries[0] != len(found.entries):
            found = self._membership = membership_store.load(self.store.db)
        return found

    def verify(self, segment: Segment) -> Accept | Want:
        """What a segment says, or what it awaits; else `Refused`.

        Whether it follows what is here is for the caller: its place may change meanwhile.
        """
        return _told(verify(segment, self.membership, segment.prev))

    def sealed(self, segment: Segment) -> Writer | Want:
        """The same by the seal alone, for what is read later."""
        return _told(sealed(segment, self.membership))

    def writer(self, db: Any, device: str, members: int) -> Writer | None:
        """Who writes as a device, as everybody believes a seal of it at this membership version."""
        known = self.membership
        person = known.person_of(device, members)
        if person is not None:
            return Writer(person, members, device)
        word = device_aliases.of(db, device)
        person = known.person_of(word.old, members) if word is not None else None
        return Writer(person, members, word.old) if person and word else None


def _told(verdict: Said | Wait | Refuse) -> Said | Want:
    """A verdict, or what is awaited; else `Refused`."""
    if isinstance(verdict, Refuse):
        raise verdict.why
    if isinstance(verdict, Wait):
        return Want(verdict.what, verdict.device, verdict.seq)
    return verdict
