"""Connection limits: how many connections are open at once, of strangers and of members' devices.

A connection is a stranger's until the signature of a request over it was checked; from then on it
is its device's. Both have places of their own, so strangers take none of the members'. When the
strangers' places are full, the connection that rested longest goes, of the address that has most:
who comes to sign is done long before that.
"""

from __future__ import annotations

import ipaddress
import sys
from collections import Counter, OrderedDict
from collections.abc import Mapping
from itertools import count
from typing import NamedTuple, Protocol

TOTAL, STRANGERS, OF_DEVICE = 1_000, 400, 8
RESERVE = 80
"""File descriptors for the database, for logs and for what has just come."""


class Places(NamedTuple):
    """The most connections at once."""

    strangers: int = STRANGERS
    members: int = TOTAL - STRANGERS
    of_device: int = OF_DEVICE


class CountedConnection(Protocol):
    """A connection."""

    address: str
    device: str
    """Whose it is; empty for a stranger's."""
    working: bool
    """Whether the hub is at work for it: it is not cut then."""

    def cut(self, why: str) -> None:
        """End it at once."""


def places() -> Places:
    """As many as this process may open, after it asked for what it may have."""
    most = _descriptors() - RESERVE
    if most >= TOTAL:
        return Places()
    strangers = max(8, most * STRANGERS // TOTAL)
    return Places(strangers, max(8, most - strangers))


def network(host: str) -> str:
    """Whom an address stands for: itself; of IPv6 the network, since a computer has it whole."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((int(address), 64), strict=False))
    return str(address)


class ConnectionRegistry:
    """Every open connection of a process; each list begins with the one that rested longest."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.cuts = Counter[str]()
        """How many were cut, by reason."""
        self.strangers = 0
        self.members = 0
        self._strangers: dict[str, OrderedDict[CountedConnection, int]] = {}
        self._members: dict[str, OrderedDict[CountedConnection, int]] = {}
        self._steps = count()

    def came(self, one: CountedConnection) -> None:
        """A connection was made; it may be cut at once."""
        self._strangers.setdefault(one.address, OrderedDict())[one] = next(self._steps)
        self.strangers += 1
        while self.strangers > self.places.strangers:
            self.cut(_rested(self._strangers) or one, "crowded")

    def stepped(self, one: CountedConnection) -> None:
        """It got on: its handshake is done, or a request was answered."""
        some = self._of(one)
        if one in some:
            some[one] = next(self._steps)
            some.move_to_end(one)

    def signed(self, one: CountedConnection, device: str) -> None:
        """The signature of this device's request was checked."""
        if one.device == device or one not in self._of(one):
            return
        self.gone(one)
        one.device = device
        mine = self._members.setdefault(device, OrderedDict())
        mine[one] = next(self._steps)
        self.members += 1
        if len(mine) > self.places.of_device:
            self.cut(_rested({device: mine}) or one, "crowded")
        elif self.members > self.places.members:
            self.cut(_rested(self._members) or one, "crowded")

    def gone(self, one: CountedConnection) -> None:
        """It has ended; it may be told more than once."""
        every = self._members if one.device else self._strangers
        name = one.device or one.address
        some = every.get(name, OrderedDict())
        if some.pop(one, None) is None:
            return
        if one.device:
            self.members -= 1
        else:
            self.strangers -= 1
        if not some:
            del every[name]

    def cut(self, one: CountedConnection, why: str) -> None:
        """End a connection."""
        if one not in self._of(one):
            return
        self.cuts[why] += 1
        self.gone(one)
        one.cut(why)

    def cut_all(self) -> None:
        """End every stranger's connection that nothing is done for: the process ends."""
        for one in [one for some in self._strangers.values() for one in some]:
            if not one.working:
                self.cut(one, "end")

    def _of(self, one: CountedConnection) -> OrderedDict[CountedConnection, int]:
        every = self._members if one.device else self._strangers
        return every.get(one.device or one.address) or OrderedDict()


def _rested(every: Mapping[str, Mapping[CountedConnection, int]]) -> CountedConnection | None:
    """The connection that rested longest, of those who have most; none where all are at work."""
    found, most, oldest = None, 0, 0
    for some in every.values():
        size = len(some)
        if size < most:
            continue
        for one, step in some.items():
            if not one.working:
                if size > most or step < oldest:
                    found, most, oldest = one, size, step
                break
    return found


def _descriptors() -> int:
    """How many files and connections this process may have open; as many as the system lets it."""
    if sys.platform == "win32":
        return 512  # select() knows no more
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = TOTAL + RESERVE
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return wanted
    able = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (able, hard))
    except (ValueError, OSError):
        return soft
    return able
