"""Fair queue: strangers' requests wait their turn, one address after the other.

So an address that asks a thousand times delays the others by one turn. When the queue is full, the
address that waits most loses its newest request.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sync.transport.http import hub_errors
from sync.transport.http.hub_errors import HubError


class FairQueue:
    """So many at once, and so many that wait or are at work."""

    def __init__(self, at_once: int, room: int) -> None:
        self.free = at_once
        self.room = room
        self.count = 0
        """How many wait or are at work."""
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @asynccontextmanager
    async def turn(self, address: str) -> AsyncIterator[None]:
        """Wait for one's turn and have it. Raises `HubError` where too many wait."""
        self.count += 1
        try:
            if self.free:
                self.free -= 1
            else:
                await self._wait(address)
            try:
                yield
            finally:
                self._next()
        finally:
            self.count -= 1

    async def _wait(self, address: str) -> None:
        mine = self._waiting.setdefault(address, deque())
        one = asyncio.get_running_loop().create_future()
        mine.append(one)
        if self.count > self.room:
            most = max(self._waiting, key=lambda name: len(self._waiting[name]))
            self._leave(most, self._waiting[most][-1], HubError(503, hub_errors.BUSY))
        try:
            await one
        except asyncio.CancelledError:
            if one.done() and not one.cancelled() and one.exception() is None:
                self._next()  # it was given the turn and has gone
            else:
                self._leave(address, one)
            raise

    def _leave(self, address: str, one: asyncio.Future[None], why: HubError | None = None) -> None:
        mine = self._waiting.get(address)
        if mine is not None and one in mine:
            mine.remove(one)
            if not mine:
                del self._waiting[address]
        if why is not None and not one.done():
            one.set_exception(why)

    def _next(self) -> None:
        """Give the turn to the address that had its last one longest ago."""
        while self._waiting:
            address, mine = next(iter(self._waiting.items()))
            one = mine.popleft()
            del self._waiting[address]
            if mine:
                self._waiting[address] = mine
            if not one.done():
                one.set_result(None)
                return
        self.free += 1
