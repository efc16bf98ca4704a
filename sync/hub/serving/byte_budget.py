"""Byte budget: how many bytes of requests and answers a hub process holds at once.

Bytes count as they come: what is only announced takes no room. Strangers share a part; when it is
full, the request that holds most is cut, of the address that holds most.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from sync.hub.serving.connection_limits import ConnectionRegistry, CountedConnection
from sync.transport.http import hub_errors
from sync.transport.http.hub_errors import HubError

MIB = 1 << 20


class ByteShares(NamedTuple):
    """The most bytes at once."""

    all: int = 128 * MIB
    strangers: int = 24 * MIB
    device: int = 24 * MIB
    """Of one device."""


class ByteBudget:
    """What is held, altogether and by whom."""

    def __init__(self, shares: ByteShares, registry: ConnectionRegistry) -> None:
        self.shares = shares
        self.registry = registry
        self.held = 0
        self.strange = 0
        """Of strangers, altogether."""
        self.devices = Counter[str]()
        self.addresses: dict[str, set[HeldBytes]] = {}

    def crowded(self) -> None:
        """Cut what is too much of strangers' requests."""
        while self.strange > self.shares.strangers:
            most = max(self.addresses.values(), key=lambda some: sum(one.size for one in some))
            largest = max(most, key=lambda one: one.size)
            largest.end()
            self.registry.cut(largest.line, "bytes")


class HeldBytes:
    """The bytes of one request and of its answer."""

    def __init__(self, budget: ByteBudget, line: CountedConnection) -> None:
        self.budget = budget
        self.line = line
        self.size = 0
        self._device = line.device
        self._ended = False

    def free(self, size: int) -> None:
        """Raise `HubError` where so many bytes have no room now."""
        budget = self.budget
        if budget.held + size > budget.shares.all:
            raise HubError(503, hub_errors.BUSY)
        if self._device and budget.devices[self._device] + size > budget.shares.device:
            raise HubError(429, hub_errors.BUSY)

    def take(self, size: int) -> None:
        """So many more are held; a stranger's connection may be cut for them."""
        self.free(size)
        self.add(size)
        self.budget.crowded()

    def add(self, size: int) -> None:
        """So many more are held, of an answer that is made already; fewer when it was sent."""
        if not self._ended:
            self._count(size)

    def signed(self) -> None:
        """The signature was checked: from now on they are the device's."""
        size = self.size
        self._count(-size)
        self._device = self.line.device
        self._count(size)

    def end(self) -> None:
        """Nothing is held any more; it may be said twice."""
        self.add(-self.size)
        self._ended = True

    def _count(self, size: int) -> None:
        budget = self.budget
        self.size += size
        budget.held += size
        if self._device:
            budget.devices[self._device] += size
            if not budget.devices[self._device]:
                del budget.devices[self._device]
            return
        budget.strange += size
        mine = budget.addresses.setdefault(self.line.address, set())
        (mine.add if self.size else mine.discard)(self)
        if not mine:
            del budget.addresses[self.line.address]
