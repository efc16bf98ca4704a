"""Connections at once: strangers take no member's place, and the one that rested longest goes."""

from __future__ import annotations

import resource

import pytest

from sync.hub.serving import connection_limits
from sync.hub.serving.connection_limits import ConnectionRegistry, Places, network, places


class One:
    """A connection."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.device = ""
        self.working = False
        self.why = ""

    def cut(self, why: str) -> None:
        """Remember why."""
        self.why = why


def came(registry: ConnectionRegistry, *addresses: str) -> list[One]:
    """Strangers from these addresses, one after the other."""
    some = [One(address) for address in addresses]
    for one in some:
        registry.came(one)
    return some


def cut(some: list[One]) -> list[int]:
    """Which of them are cut."""
    return [at for at, one in enumerate(some) if one.why]


def test_the_address_that_has_most_loses_the_one_that_rested_longest() -> None:
    registry = ConnectionRegistry(Places(4, 4))
    some = came(registry, "a", "b", "a", "b")
    registry.stepped(some[0])
    some += came(registry, "a")
    assert cut(some) == [2] and some[2].why == "crowded"  # the first one has got on since
    some += came(registry, "c")
    assert cut(some) == [1, 2] and registry.strangers == 4  # two of each: b's rested longest
    some[0].working = some[4].working = True
    some += came(registry, "a")
    assert cut(some) == [1, 2, 6]  # what the hub works for stays
    assert registry.cuts == {"crowded": 3}


def test_members_have_places_of_their_own() -> None:
    registry = ConnectionRegistry(Places(2, 3, 2))
    (one,) = came(registry, "a")
    registry.signed(one, "d1")
    strangers = came(registry, *"aaaaa")
    assert not cut([one]) and len(cut(strangers)) == 3
    assert (registry.strangers, registry.members) == (2, 1)
    registry.signed(one, "d1")  # each of its requests says so
    assert registry.members == 1
    more = []
    for _ in range(2):
        more += came(registry, "z")
        registry.signed(more[-1], "d1")
    assert cut([one]) and not cut(more)  # no more than two of one device
    others = []
    for device in ("d2", "d3"):
        others += came(registry, "y")
        registry.signed(others[-1], device)
    assert cut(more) == [0] and not cut(others) and registry.members == 3


def test_what_has_ended_is_forgotten() -> None:
    registry = ConnectionRegistry(Places(2, 2))
    one, other = came(registry, "a", "a")
    registry.signed(other, "d")
    for _ in range(2):
        registry.gone(one)
        registry.gone(other)
    assert (registry.strangers, registry.members) == (0, 0)
    registry.cut(one, "head")
    registry.signed(one, "d")
    registry.stepped(one)
    assert not one.why and not registry.cuts and registry.members == 0
    some = came(registry, "a", "b")
    some[0].working = True
    registry.cut_all()
    assert [each.why for each in some] == ["", "end"]


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("somewhere", "somewhere"),
    ],
)
def test_whom_an_address_stands_for(host: str, name: str) -> None:
    assert network(host) == name


@pytest.mark.parametrize(
    ("limits", "found"),
    [((4096, 4096), (400, 600)), ((200, 200), (48, 72)), ((90, 90), (8, 8)),
     ((200, 4096), (400, 600)), ((-1, -1), (400, 600))],
)  # fmt: skip
def test_places_follow_what_the_process_may_open(
    limits: tuple[int, int], found: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[tuple[int, int]]()
    monkeypatch.setattr(resource, "getrlimit", lambda _what: limits)
    monkeypatch.setattr(resource, "setrlimit", lambda _what, new: asked.append(new))
    assert places() == Places(*found)
    assert asked == ([(1080, 4096)] if limits == (200, 4096) else
                     [limits] if limits[0] in (200, 90) else [])  # fmt: skip
    assert connection_limits.RESERVE < 90
