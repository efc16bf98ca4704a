"""Hub histories: which histories of devices a hub holds, beside those that are here.

Of this device the hub says where its chain ends, and which other one it was shown; of revoked
devices, where it has another history than the one that is named; of other devices, what their
records come to where they hold the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from models.text.words import Refused
from sync.apply.reevaluation import named_history
from sync.log.histories import common_part, forks
from sync.log.histories.forks import Fork
from sync.transport.exchange import Exchange
from sync.trust.membership_entry import Head
from sync.validation.verify import forked
from sync.workspace import acknowledgements, differences


class HubHistories:
    """What a hub says of histories in one round."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange
        self.workspace = exchange.workspace
        self.forked = set[str]()
        """Spaces where the hub holds another history of this device."""
        self._shown: list[Any] = []
        """Second histories that the hub was shown."""
        self._digests: dict[str, dict[str, str]] = {}
        """By space, what the records of other devices come to that hold what the hub holds."""
        self._other = set[tuple[str, str]]()
        """(space, device) of which the hub holds another history than the one named, or brought."""

    @property
    def _db(self) -> Any:
        return self.workspace.store.db.connection()

    def heard(self, data: Any) -> dict[str, dict[str, Head]]:
        """Take what a meeting said (inside a transaction).

        Returns, by space, where the hub's chain of this device ends if it is the one here.
        """
        self.forked = set(data["forked"])
        self._shown = data["forks"]
        self._other = {(s, str(d)) for s, some in data["awaited"].items() for d in some}
        for space, some in data["digests"].items():
            self._digests[str(space)] = {str(device): str(one) for device, one in some.items()}
        found, me = dict[str, dict[str, Head]](), self.workspace.log.device
        for space, (seq, hash) in data["ends"].items():
            head = Head(int(seq), bytes.fromhex(hash))
            here = common_part.hash_here(self._db, str(space), me, head.seq)
            if here == head.hash:
                found[str(space)] = {me: head}
            elif here is not None or space in self.forked:
                self.forked.add(str(space))
                fork = Fork(str(space), me, head.seq, self.workspace.log.now())
                forks.told(self._db, fork, head.hash)
            # else an older copy of this device: taking what it lacks tells
        return found

    def awaited(self) -> list[str]:
        """The spaces where the hub waits for a named history."""
        return sorted({space for space, _ in self._other})

    def proofs(self) -> Iterator[bytes]:
        """Segments of second histories of this device."""
        own = acknowledgements.own(self.workspace)
        return (bytes.fromhex(one[5]) for one in self._shown if one[1] in own and one[5])

    def told(self) -> list[Refused]:
        """Second histories of other devices; each is said once."""
        now, own = self.workspace.log.now(), acknowledgements.own(self.workspace)
        members, said = self.exchange.trust.membership, list[Refused]()
        with self.workspace.store.write():
            for space, device, first, last, hash, _ in self._shown:
                if device in own:
                    continue
                fork = Fork(str(space), str(device), int(last), now, int(first))
                if forks.told(self._db, fork, bytes.fromhex(hash)):
                    said.append(forked(members, fork.device, fork.first, fork.seq))
        return said

    def doubted(self, space: str, device: str, last: int) -> list[Refused]:
        """The hub has another history of a device than the one that was brought."""
        members = self.exchange.trust.membership
        if named_history.head_of_named(self._db, members, space, device) is not None:
            self._other.add((space, device))
        elif device not in common_part.hashes(self._db, space):
            return [forked(members, device, 0, last)]
        return []

    def from_the_start(self, space: str) -> Iterator[bytes]:
        """The chains of revoked devices of which the hub has another history than the one here:
        where a revocation names this one, the hub takes it.
        """
        members, again = self.exchange.trust.membership, dict[str, int]()
        for one, device in self._other:
            head = named_history.head_of_named(self._db, members, space, device)
            here = head and common_part.hash_here(self._db, space, device, head.seq)
            if one == space and head is not None and here == head.hash:
                again[device] = 0
        if again:
            yield from self.exchange.offer(space, {**self.exchange.vector(space), **again})

    def compare(self, spaces: Iterable[str], digests: Mapping[str, str]) -> None:
        """Note what others said that their records come to who hold the same as this device."""
        for space in spaces:
            mine = digests[space]
            for device, digest in self._digests.get(space, {}).items():
                if digest.partition(":")[0] == mine.partition(":")[0]:
                    differences.note(self.workspace, device, space, same=digest == mine)
