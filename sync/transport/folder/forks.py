"""Forks: which files of a shared folder belong to another history than the one that is here.

A file's name has the last hash of its segment, encrypted by the key of its bytes. So the name is
enough to tell whether a segment is here, and a segment of a fork is opened once: it is recorded as
a fork, and from then on its name tells that too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sync.log import logged_changes, seals
from sync.log.histories import common_part
from sync.transport.exchange import Exchange
from sync.transport.folder.files import FolderFile
from sync.transport.folder.space_keys import Key


class Sorted(NamedTuple):
    """The files of a space."""

    good: list[FolderFile]
    """Segments that are here already, or that may continue what is here."""
    other: list[FolderFile]
    """Segments of forks that are not recorded yet."""


def parted(
    exchange: Exchange, keys: Mapping[str, Key], space: str, some: Iterable[FolderFile]
) -> Sorted:
    """Separate the files of forks from the rest."""
    here, found = _Here(exchange, space), Sorted([], [])
    for one in some:
        key = keys[one.key]
        if here.holds(key, one):
            found.good.append(one)
        elif not here.noted(key, one):
            (found.other if one.last <= here.held(one) else found.good).append(one)
    return found


class _Here:
    """The chains and forks of one space that this book has."""

    def __init__(self, exchange: Exchange, space: str) -> None:
        self._people = exchange.workspace.people
        self._space = space
        self._db: Any = exchange.workspace.store.db.connection()
        self._vector = exchange.vector(space)
        self._ends = seals.ends(self._db, space)
        self._forks = common_part.hashes(self._db, space)

    def held(self, one: FolderFile) -> int:
        """Up to which sequence its device is held."""
        return self._vector.get(one.device, 0)

    def holds(self, key: Key, one: FolderFile) -> bool:
        """Whether this very segment is here."""
        if not 0 < one.last <= self.held(one):
            return False
        hash = self._ends.get((one.device, one.last)) or self._hash(one)
        return key.veiled(hash) == one.chain

    def noted(self, key: Key, one: FolderFile) -> bool:
        """Whether it belongs to a fork that is recorded."""
        return any(key.veiled(hash) == one.chain for hash in self._forks.get(one.device, ()))

    def _hash(self, one: FolderFile) -> bytes:
        idx = self._people.idx_of(one.device)
        return logged_changes.hash_at(self._db, self._space, one.device, idx, one.last)
