"""A segment at the hub: sound, of its space, and of members that are known here."""

from __future__ import annotations

import pytest

from models.text.words import Refused
from sync.encoding.segment import decode
from sync.hub.storage.segment_check import WAITS, prove, seen
from tests.sync.hub.devices import Organisation


def test_a_sound_segment_comes_with_its_changes_and_who_sealed_it(staff: Organisation) -> None:
    device = staff.devices[0]
    blob = device.wrote(3)
    found = prove(blob, device.space, staff.log)
    assert [change.seq for change in found.changes] == [1, 2, 3]
    assert len(found.hashes) == 3 and found.hashes[-1] == device.hash == found.segment.hash
    assert (found.writer.person, found.writer.device) == (device.person, device.key.id)
    assert found.blob == blob


def test_one_of_another_space_is_refused(staff: Organisation) -> None:
    device = staff.devices[0]
    with pytest.raises(Refused):
        prove(device.wrote(1), "company", staff.log)


def test_one_that_names_members_not_known_here_has_to_wait(staff: Organisation) -> None:
    device, before = staff.devices[0], staff.log
    body = {"person": "0190a1b2-0000-7000-8000-0000000f0001", "name": "丁", "title": ""}
    staff.say("person", body)
    blob = device.wrote(1)
    with pytest.raises(Refused) as found:
        prove(blob, device.space, before)
    assert found.value.word == WAITS
    assert prove(blob, device.space, staff.log).changes


@pytest.mark.parametrize("place", [10, -1, -40])
def test_a_changed_byte_is_refused(staff: Organisation, place: int) -> None:
    device = staff.devices[0]
    blob = bytearray(device.wrote(2))
    blob[place] ^= 1
    with pytest.raises(Refused):
        prove(bytes(blob), device.space, staff.log)


def test_the_seal_of_a_device_that_is_no_members_is_refused(staff: Organisation) -> None:
    stranger = Organisation(staff.key_of_hub, 4).devices[3]
    with pytest.raises(Refused):
        prove(stranger.wrote(1), stranger.space, staff.log)


def test_what_changes_build_on_is_named_with_its_latest_sequence(staff: Organisation) -> None:
    one, other = staff.devices[:2]
    first = prove(other.wrote(3), other.space, staff.log)
    assert seen(first) == {}
    base = {"cause": [(other.key.id, 2)], "state": [(other.key.id, 3), (one.key.id, 1)]}
    saw = {"record": [[other.key.id, 9]]}
    blob = one.sealed({}, {"base": base, "header": None, "move": {"saw": saw}})
    changes = [change for change, _ in decode(blob).changes()]
    assert changes[0].named() == set()
    dots = {(other.key.id, 2), (other.key.id, 3), (one.key.id, 1), (other.key.id, 9)}
    assert changes[1].named() == dots
    assert seen(prove(blob, one.space, staff.log)) == {other.key.id: 9, one.key.id: 1}
