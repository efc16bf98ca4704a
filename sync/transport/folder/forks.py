"""Forks: which files of a shared folder tell another history than the one that is here.

A file's name carries the last hash of its segment, veiled by the key that its bytes are under. So
a name is enough to know what is here already, and a second history is opened once: the one who
reads it notes the fork, and what is noted is known by its name as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sync.log import forks, logged_changes, seals
from sync.transport.exchange import Exchange
from sync.transport.folder.files import FolderFile
from sync.transport.folder.space_keys import Key


class Sorted(NamedTuple):
    """The files of a space."""

    good: list[FolderFile]
    """What is here already, or does not contradict it as far as its name tells."""
    other: list[FolderFile]
    """Another history, not looked at yet."""


def parted(
    exchange: Exchange, keys: Mapping[str, Key], space: str, some: Iterable[FolderFile]
) -> Sorted:
    """Tell the files of another history from the rest."""
    here, found = _Here(exchange, space), Sorted([], [])
    for one in some:
        key = keys[one.key]
        if here.holds(key, one):
            found.good.append(one)
        elif not here.noted(key, one):
            (found.other if one.last <= here.held(one) else found.good).append(one)
    return found


class _Here:
    """What is known here of one space."""

    def __init__(self, exchange: Exchange, space: str) -> None:
        self._people = exchange.workspace.people
        self._space = space
        self._db: Any = exchange.workspace.store.db.connection()
        self._vector = exchange.vector(space)
        self._ends = seals.ends(self._db, space)
        self._forks = forks.hashes(self._db, space)

    def held(self, one: FolderFile) -> int:
        """Up to which sequence its device is held."""
        return self._vector.get(one.device, 0)

    def holds(self, key: Key, one: FolderFile) -> bool:
        """Whether all of it is here, and the same."""
        if not 0 < one.last <= self.held(one):
            return False
        hash = self._ends.get((one.device, one.last)) or self._hash(one)
        return key.veiled(hash) == one.chain

    def noted(self, key: Key, one: FolderFile) -> bool:
        """Whether it is a second history that was met before."""
        return any(key.veiled(hash) == one.chain for hash in self._forks.get(one.device, ()))

    def _hash(self, one: FolderFile) -> bytes:
        idx = self._people.idx_of(one.device)
        return logged_changes.hash_at(self._db, self._space, one.device, idx, one.last)
