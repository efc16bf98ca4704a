"""The past of a space at the hub: what is stored and what the request itself brings, as one."""

from __future__ import annotations

import pytest

from sync.hub.storage.authorization import Authorization
from sync.hub.storage.database import Base
from sync.hub.storage.history import History
from sync.hub.storage.segment_check import Proven, prove
from sync.hub.storage.segments import SegmentStore
from tests.sync.hub.devices import Device, Organisation


def proven(staff: Organisation, device: Device, blob: bytes) -> Proven:
    """A segment that was checked."""
    return prove(blob, device.space, staff.log)


def store(base: Base, staff: Organisation, device: Device, *blobs: bytes) -> None:
    """Put segments in their places."""
    some = [proven(staff, device, blob) for blob in blobs]
    judging = Authorization(base, staff.log)
    base.write(lambda: SegmentStore(base).put(device.space, some, judging))


def past(base: Base, staff: Organisation, *some: Proven) -> History:
    """The past as a request with these segments asks for it."""
    return History(base, staff.devices[0].space, staff.log, some)


@pytest.fixture
def stored(base: Base, staff: Organisation) -> Device:
    """A device whose two segments of two changes each are stored."""
    device = staff.devices[0]
    store(base, staff, device, device.wrote(2), device.wrote(2))
    return device


def test_a_stored_change_is_found_by_its_version(
    base: Base, staff: Organisation, stored: Device
) -> None:
    history = past(base, staff)
    for record, seq, _ in stored.records:
        found = history.change(stored.key.id, seq)
        assert found is not None and (found.record, found.seq) == (record, seq)
        assert history.record(stored.key.id, seq) == record
    for seq in (0, 5, 99):
        assert history.change(stored.key.id, seq) is None
        assert history.record(stored.key.id, seq) is None
    assert history.change("nobody", 1) is None


def test_what_the_request_brings_is_found_before_it_is_stored(
    base: Base, staff: Organisation, stored: Device
) -> None:
    one = proven(staff, stored, stored.wrote(1))
    assert past(base, staff).change(stored.key.id, 5) is None
    assert past(base, staff, one).change(stored.key.id, 5) == one.changes[0]


def test_the_creation_of_a_record_is_found_by_an_edit(
    base: Base, staff: Organisation, stored: Device
) -> None:
    one = proven(staff, stored, stored.wrote(1, edits=True))
    edited = one.changes[0].record
    (creation,) = past(base, staff, one).births(edited)
    assert creation.header is not None and creation.record == edited
    assert past(base, staff).births("no record") == []


def test_a_creation_that_was_refused_counts_for_nothing(base: Base, staff: Organisation) -> None:
    device, other = staff.devices[:2]
    at = 1_795_000_000_000
    header = {
        "ref": None, "number": "FX-2026-A-0001", "project": device.project, "occurred": at,
        "recorded": at, "author": other.person,
    }  # fmt: skip
    store(base, staff, device, device.sealed({"header": header}, {}))
    record = device.records[0][0]
    edit = device.sealed({"record": record, "header": None, "fields": {"cause": "x"}})
    history = past(base, staff, proven(staff, device, edit))
    assert history.births(record) == []
    assert history.quarantined(device.key.id, 1) and not history.quarantined(device.key.id, 2)
    assert past(base, staff).quarantined(device.key.id, 1)


def test_what_was_authorised_in_this_request_counts_for_the_rest_of_it(
    base: Base, staff: Organisation, stored: Device
) -> None:
    one = proven(staff, stored, stored.wrote(2))
    first, second = one.changes
    history = past(base, staff, one)
    history.add(one, faults={first.seq}, left={second.seq})
    assert history.quarantined(*first.dot) and not history.quarantined(*second.dot)
    assert history.parked(*second.dot) and not history.parked(*first.dot)
    assert history.births(first.record) == [] and len(history.births(second.record)) == 1


def test_what_is_parked_is_known_as_such(base: Base, staff: Organisation) -> None:
    device = staff.devices[0]
    store(base, staff, device, device.sealed({"type": "spaceship"}, {}))
    history = past(base, staff)
    assert history.parked(device.key.id, 1) and not history.parked(device.key.id, 2)


def test_a_device_is_its_persons_by_the_log(base: Base, staff: Organisation) -> None:
    history = past(base, staff)
    for device in staff.devices:
        assert history.person(device.key.id) == device.person
    assert history.person("nobody") is None


def test_a_device_under_a_new_id_is_its_persons_by_the_stored_word(
    base: Base, staff: Organisation
) -> None:
    device = staff.devices[0]
    base.t.Vouch.insert(device="a new id", old=device.key.id).execute()
    assert past(base, staff).person("a new id") == device.person
