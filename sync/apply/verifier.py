"""Verifier: the membership log of this book, for the rules that check segments.

The rules (`sync.validation.verify`, `sync.validation.authorize`) are pure and the same everywhere.
The log is read and checked once and remembered while it does not grow.
"""

from __future__ import annotations

from typing import Any

from models.storage.store import Store
from sync.log import device_aliases, membership_store
from sync.trust.membership import Membership
from sync.validation.history import Writer


class SegmentVerifier:
    """The membership as this book holds it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._membership: Membership | None = None

    @property
    def membership(self) -> Membership:
        """The membership log with all that it says."""
        found = self._membership
        if found is None or membership_store.count(self.store.db) != len(found.entries):
            found = self._membership = membership_store.load(self.store.db)
        return found

    def writer(self, db: Any, device: str, members: int, first: int = 1) -> Writer | None:
        """The writer of a device's changes, by a seal that names this membership version.

        `first`: the first sequence under the seal.
        """
        known = self.membership
        person = known.person_of(device, members)
        if person is not None:
            return Writer(person, members, device, first)
        word = device_aliases.of(db, device)
        person = known.person_of(word.old, members) if word is not None else None
        return Writer(person, members, word.old, first) if person and word else None
