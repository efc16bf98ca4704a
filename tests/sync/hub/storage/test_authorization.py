"""Authorising at the hub: what the rules refuse is kept and noted, with a reason and no content."""

from __future__ import annotations

from typing import Any

import pytest

from sync.hub.storage.authorization import REASON, Authorization
from sync.hub.storage.database import Base
from sync.hub.storage.segment_check import prove
from sync.hub.storage.segments import SegmentStore
from tests.sync.hub.devices import Device, Organisation

SECRET = "客户的秘密"


class Storing:
    """Puts segments in their places and has them authorised, as a request does."""

    def __init__(self, base: Base, staff: Organisation) -> None:
        self.base, self.staff = base, staff
        self.judging = Authorization(base, staff.log)

    def put(self, device: Device, *blobs: bytes) -> None:
        """One request."""
        some = [prove(blob, device.space, self.staff.log) for blob in blobs]
        store = SegmentStore(self.base)

        def work() -> None:
            self.judging.begin()
            store.put(device.space, some, self.judging)

        self.base.write(work)

    def rows(self, name: str) -> list[tuple[Any, ...]]:
        """All rows of a table."""
        return list(getattr(self.base.t, name).select().tuples())


@pytest.fixture
def storing(base: Base, staff: Organisation) -> Storing:
    """With nothing stored yet."""
    return Storing(base, staff)


def forged(device: Device, **header: Any) -> dict[str, Any]:
    """A creation whose header says something else."""
    at = 1_795_000_000_000
    usual = {
        "ref": None, "number": "FX-2026-A-0001", "project": device.project, "occurred": at,
        "recorded": at, "author": device.person,
    }  # fmt: skip
    return {"header": {**usual, **header}}


def test_what_the_rules_allow_leaves_a_creation_and_nothing_else(
    storing: Storing, staff: Organisation
) -> None:
    device = staff.devices[0]
    storing.put(device, device.wrote(2), device.wrote(2, edits=True))
    created = storing.rows("Birth")
    assert {(row[0], row[1:]) for row in created} == {
        (record, (device.space, device.key.id, seq)) for record, seq, _ in device.records
    }
    assert storing.rows("Quarantined") == storing.rows("Parked") == []
    assert not storing.judging.refused and not storing.judging.parked


def test_what_they_refuse_is_stored_with_its_reason(storing: Storing, staff: Organisation) -> None:
    device, other = staff.devices[:2]
    storing.put(device, device.sealed({}, forged(device, author=other.person), {}))
    ((of, seq, reason),) = storing.judging.refused
    assert (of, seq) == (device.key.id, 2) and 0 < len(reason) <= REASON
    ((space, of, seq, record, said, adopted),) = storing.rows("Quarantined")
    assert (space, of, seq, said, adopted) == (device.space, device.key.id, 2, reason, 0)
    assert record == device.records[1][0]
    assert SegmentStore(storing.base).tips(device.space, 0) == {device.key.id: 3}


def test_a_reason_says_nothing_of_what_the_change_says(
    storing: Storing, staff: Organisation
) -> None:
    device = staff.devices[0]
    fields = {"phenomenon": SECRET, "state": "open"}
    storing.put(device, device.sealed({**forged(device, author=SECRET), "fields": fields}))
    assert storing.judging.refused
    assert SECRET not in str(storing.rows("Quarantined"))


def test_what_only_a_newer_version_understands_is_parked_and_not_refused(
    storing: Storing, staff: Organisation
) -> None:
    device = staff.devices[0]
    storing.put(device, device.sealed({"type": "spaceship"}, {}))
    assert storing.judging.refused == []
    assert storing.judging.parked == [(device.key.id, 1)]
    assert [row[:3] for row in storing.rows("Parked")] == [(device.space, device.key.id, 1)]


def test_a_transaction_that_is_tried_again_begins_anew(
    storing: Storing, staff: Organisation
) -> None:
    device = staff.devices[0]
    storing.put(device, device.sealed({"type": "spaceship"}))
    storing.judging.begin()
    assert not storing.judging.refused and not storing.judging.parked
    storing.put(device, device.wrote(1))
    assert storing.judging.parked == [] and len(storing.rows("Parked")) == 1


def test_authorised_again_the_old_verdict_is_forgotten_first(
    storing: Storing, staff: Organisation
) -> None:
    device = staff.devices[0]
    blob = device.sealed({}, {})
    storing.put(device, blob)
    table = storing.base.t.Quarantined
    place = {"space": device.space, "device": device.key.id, "seq": 1}
    table.insert(**place, record=device.records[0][0], reason="of an earlier version").execute()
    again = Authorization(storing.base, staff.log, again=True)
    proven = prove(blob, device.space, staff.log)
    storing.base.write(lambda: again(device.space, [proven]))
    assert storing.rows("Quarantined") == [] and again.refused == []
