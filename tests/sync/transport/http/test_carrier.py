"""Carrier: portions within bounds, and only what concerns this device of what the hub passes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.text.words import Refused
from sync.encoding.segment import decode, encode, make
from sync.transport.http import carrier
from sync.transport.http.carrier import NO_HUB, _peers, _portions, give_members, reach
from sync.transport.http.client import OTHER_HUB
from sync.trust.membership_entry import Head
from sync.workspace import hub_address
from sync.workspace.hub_address import Address
from tests.support.replicas import Team
from tests.support.signers import staffed
from tests.sync.encoding.test_segment import KEY, ORGANISATION, edit
from tests.sync.hub.running import Running, meet


def segments(*sizes: int) -> list[bytes]:
    """Segments of so many changes."""
    found, seq = list[bytes](), 2
    for size in sizes:
        bodies = [edit(n).canonical() for n in range(seq, seq + size)]
        one = make(KEY, bodies, organisation=ORGANISATION, prev=bytes(32), members=3)
        found.append(encode(one))
        seq += size
    return found


def test_portions_are_whole_segments_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    blobs = segments(1, 2, 1, 5, 1, 1, 1)
    assert list(_portions([])) == [] and list(_portions(blobs)) == [blobs]
    monkeypatch.setattr(carrier, "CHANGES", 3)
    found = list(_portions(blobs))
    assert [blob for some in found for blob in some] == blobs
    counts = [[decode(b).last - decode(b).first + 1 for b in some] for some in found]
    assert counts == [[1, 2], [1], [5], [1, 1, 1]]  # one too large goes alone
    monkeypatch.setattr(carrier, "SEGMENTS", 2)
    assert max(map(len, _portions(blobs))) == 2
    monkeypatch.setattr(carrier, "PORTION", 1)
    assert [len(some) for some in _portions(blobs)] == [1] * len(blobs)


def test_what_others_hold_of_this_device_is_told_by_device() -> None:
    data = {"p:one": {"d2": 3, "d3": "4"}, "p:two": {"d2": 5}}
    assert _peers(data, "d1", ()) == {
        "d2": {"p:one": {"d1": Head(3, b"")}, "p:two": {"d1": Head(5, b"")}},
        "d3": {"p:one": {"d1": Head(4, b"")}},
    }
    assert _peers(data, "d1", {"p:one"}) == {"d2": {"p:two": {"d1": Head(5, b"")}}}
    assert _peers(None, "d1", ()) == {}


def test_members_are_given_as_many_at_a_time_as_fit() -> None:
    entries, calls = list(staffed().entries), list[tuple[str, str, bytes]]()
    give_members(lambda *asked: calls.append(asked), entries)
    assert [(method, path) for method, path, _ in calls] == [("POST", "/v1/members")]
    give_members(lambda *asked: calls.append(asked), [])
    assert len(calls) == 1


def test_only_the_hub_that_was_joined_is_reached(tmp_path: Path) -> None:
    """It may have moved: another address is held to the same authority and key, which
    `test_another_hub_under_the_same_address_is_given_nothing` tries.
    """
    team = Team.copied(tmp_path)
    one = team.founder
    with pytest.raises(Refused) as caught:
        reach(one.exchange)
    assert caught.value.word is NO_HUB
    known = Address("https://hub:1", "", "d9", "00")
    hub_address.save(one.home, known)
    moved = reach(one.exchange, "https://other:1")
    assert moved.address == known._replace(url="https://other:1")
    assert hub_address.load(one.home) == known  # until it answered there
    team.close()


def test_another_hub_under_the_same_address_is_given_nothing(tmp_path: Path) -> None:
    """One with a certificate that counts and its own key; `test_renewed_key` tries the rest."""
    team, strangers = Team.copied(tmp_path / "team"), Team(tmp_path / "strangers")
    one, other = team.founder, strangers.founder
    with Running(tmp_path / "hub") as running, Running(tmp_path / "other") as elsewhere:
        running.found(one)
        assert meet(one).done
        elsewhere.found(other)
        assert meet(other).done
        known, theirs = hub_address.load(one.home), hub_address.load(other.home)
        assert known is not None and theirs is not None
        there = known._replace(url=theirs.url, authority=theirs.authority)
        before = elsewhere.house.segments.ends(None)
        for told in (there, there._replace(device=theirs.device, key=theirs.key)):
            hub_address.save(one.home, told)
            with pytest.raises(Refused) as caught:
                meet(one)
            assert caught.value.word is OTHER_HUB
            assert hub_address.load(one.home) == told
        assert before and elsewhere.house.segments.ends(None) == before
    team.close()
    strangers.close()
