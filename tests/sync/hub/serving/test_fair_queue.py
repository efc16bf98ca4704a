"""Turns: one address after the other, and the one that waits most is refused first."""

from __future__ import annotations

import asyncio

import pytest

from sync.hub.serving.fair_queue import FairQueue
from sync.transport.http.hub_errors import HubError


class Work:
    """What is done, in order, each piece until it is let go."""

    def __init__(self, queue: FairQueue) -> None:
        self.queue = queue
        self.begun = list[str]()
        self.gates = dict[str, asyncio.Event]()

    async def __call__(self, name: str) -> str:
        """Work for an address: the first letter of the name."""
        async with self.queue.turn(name[0]):
            self.begun.append(name)
            await self.gates.setdefault(name, asyncio.Event()).wait()
        return name

    async def end(self, name: str) -> None:
        """Let one go."""
        self.gates.setdefault(name, asyncio.Event()).set()
        await settle()


async def settle() -> None:
    """Let everybody go as far as they can."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_addresses_have_turns_one_after_the_other() -> None:
    work = Work(FairQueue(1, 20))
    tasks = [asyncio.create_task(work(name)) for name in ("a1", "a2", "a3", "a4", "b1", "c1", "b2")]
    await settle()
    order = ["a1", "a2", "b1", "c1", "a3", "b2", "a4"]
    for at, name in enumerate(order):
        assert work.begun == order[: at + 1]
        await work.end(name)
    assert sorted(await asyncio.gather(*tasks)) == sorted(order)
    assert (work.queue.free, work.queue.count) == (1, 0)


async def test_a_full_queue_refuses_the_address_that_waits_most() -> None:
    work = Work(FairQueue(1, 4))
    tasks = {name: asyncio.create_task(work(name)) for name in ("a1", "a2", "a3", "a4", "b1")}
    await settle()
    assert isinstance(tasks["a4"].exception(), HubError) and work.queue.count == 4
    tasks["a5"] = asyncio.create_task(work("a5"))
    await settle()
    assert isinstance(tasks["a5"].exception(), HubError)
    for name in ("a1", "a2", "b1", "a3"):
        await work.end(name)
    assert work.begun == ["a1", "a2", "b1", "a3"]
    assert (work.queue.free, work.queue.count) == (1, 0)


@pytest.mark.parametrize("given", [False, True])
async def test_who_has_gone_keeps_no_turn(given: bool) -> None:
    work = Work(FairQueue(1, 9))
    first, second, third = (asyncio.create_task(work(name)) for name in ("a1", "a2", "b1"))
    await settle()
    if given:
        work.gates["a1"].set()
        await asyncio.sleep(0)  # the first one has ended, and the second was given the turn
    second.cancel()
    await settle()
    if not given:
        await work.end("a1")
    assert work.begun == ["a1", "b1"]
    await work.end("b1")
    assert [*await asyncio.gather(first, third)] == ["a1", "b1"]
    assert second.cancelled() and (work.queue.free, work.queue.count) == (1, 0)
