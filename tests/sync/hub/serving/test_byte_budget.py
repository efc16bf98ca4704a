"""Bytes in flight: a most for all, for one device and for strangers, whose largest request goes."""

from __future__ import annotations

import pytest

from sync.hub.serving.byte_budget import ByteBudget, ByteShares, HeldBytes
from sync.hub.serving.connection_limits import ConnectionRegistry, Places
from sync.transport.http.hub_errors import HubError
from tests.sync.hub.serving.test_connection_limits import One, came, cut


@pytest.fixture
def registry() -> ConnectionRegistry:
    """Room for everybody."""
    return ConnectionRegistry(Places())


@pytest.fixture
def budget(registry: ConnectionRegistry) -> ByteBudget:
    """A hundred bytes."""
    return ByteBudget(ByteShares(all=100, strangers=50, device=30), registry)


def holding(budget: ByteBudget, some: list[One]) -> list[HeldBytes]:
    """A request over each connection."""
    return [HeldBytes(budget, one) for one in some]


def test_the_largest_request_of_the_address_that_holds_most_goes(
    budget: ByteBudget, registry: ConnectionRegistry
) -> None:
    some = came(registry, "a", "a", "b")
    first, second, other = holding(budget, some)
    first.take(20)
    second.take(15)
    other.take(15)
    assert not cut(some) and budget.strange == 50
    other.take(1)
    assert cut(some) == [0] and some[0].why == "bytes" and budget.strange == 31
    first.add(5)  # what was on its way counts no more
    assert budget.strange == budget.held == 31
    for one in (second, other, first):
        one.end()
    assert budget.held == 0 and not budget.addresses


def test_a_device_and_everybody_have_a_most(
    budget: ByteBudget, registry: ConnectionRegistry
) -> None:
    some = came(registry, *"abcd")
    for one, device in zip(some, ("d", "d", "e", "f"), strict=True):
        registry.signed(one, device)
    first, second, third, fourth = holding(budget, some)
    first.take(20)
    with pytest.raises(HubError) as why:
        second.take(11)
    assert why.value.status == 429 and second.size == 0
    second.take(10)
    third.take(30)
    fourth.take(20)
    fourth.add(20)  # an answer that is made is sent
    with pytest.raises(HubError) as why:
        HeldBytes(budget, One("z")).free(1)
    assert why.value.status == 503
    fourth.add(-20)
    HeldBytes(budget, One("z")).free(1)
    assert not cut(some)


def test_bytes_become_the_device_s_with_its_signature(
    budget: ByteBudget, registry: ConnectionRegistry
) -> None:
    (one,) = came(registry, "a")
    held = HeldBytes(budget, one)
    held.take(40)
    registry.signed(one, "d")
    held.signed()
    assert (budget.strange, budget.devices["d"], budget.held) == (0, 40, 40)
    held.end()
    assert budget.held == 0 and not budget.devices and not budget.addresses
