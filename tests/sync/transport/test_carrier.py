"""Carrier: every way between books answers what a round asks, and nothing else is assumed."""

from __future__ import annotations

import inspect

import pytest

from sync.transport.bundle.reader import BundleReader
from sync.transport.bundle.writer import Writing
from sync.transport.carrier import Carrier, Side
from sync.transport.folder.carrier import Folder
from sync.transport.http.carrier import HttpCarrier

CALLS = [name for name, one in vars(Carrier).items() if inspect.isfunction(one) and name[0] != "_"]


@pytest.mark.parametrize("carrier", [BundleReader, Writing, Folder, HttpCarrier])
def test_every_carrier_answers_every_call(carrier: type) -> None:
    assert len(CALLS) == 11
    for name in CALLS:
        asked = inspect.signature(getattr(Carrier, name)).parameters
        given = inspect.signature(getattr(carrier, name)).parameters
        needed = [one for one in given.values() if one.default is inspect.Parameter.empty]
        assert len(needed) <= len(asked) <= len(given), name


def test_who_says_nothing_holds_nothing() -> None:
    side = Side()
    assert (side.members, side.vectors, side.peers) == (0, {}, {})
    assert Side() == side and Side(1) != side
