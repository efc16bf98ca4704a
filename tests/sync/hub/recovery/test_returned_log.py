"""The longer log: from devices that are not known yet, from the operator, and from nobody else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from models.text.words import Refused
from sync.hub.recovery import log_mark, returned_log
from sync.hub.recovery.log_mark import LogMark
from sync.transport.http.payloads import entry_told
from sync.trust.membership import Membership
from sync.trust.membership_entry import MembershipEntry
from tests.sync.hub.devices import Asker, Device, Organisation, _id, signer
from tests.sync.hub.running import Running
from tests.sync.hub.test_hub import refused


@pytest.fixture
def whole(tmp_path: Path, url: str) -> Iterator[tuple[Running, Organisation]]:
    """A hub, and the log of its organisation, of which it has nothing yet."""
    with Running(tmp_path / "hub", url) as one:
        yield one, Organisation(one.house.key)


def given(running: Running, log: Membership, count: int) -> Membership:
    """The hub has so many entries of it."""
    some = Membership().extend(log.entries[:count])
    grown = lambda here: here.extend(some.entries[len(here.entries) :])  # noqa: E731
    running.house.base.write(lambda: running.house.membership.grow(grown))
    return running.house.membership.now()


def waiting(running: Running, mark: LogMark | None = None) -> None:
    """It waits for this."""
    running.house.base.write(lambda: running.house.wait.begin(mark))


def brought(asker: Asker, entries: Sequence[MembershipEntry], **more: Any) -> Any:
    """A device that the hub may not know brings entries."""
    body = json.dumps({"entries": [entry_told(one) for one in entries], **more}).encode()
    return asker("POST", "/v1/log", body, key=None)


def other_end(organisation: Organisation, log: Membership) -> Membership:
    """Another entry by the founder after these."""
    body = {"person": _id(77, 1), "name": "别人", "title": ""}
    drafted = log.append("person", body, organisation.key).entries[-1]
    return log.kept(drafted, organisation.key_of_hub)


def test_only_what_reaches_the_mark_is_taken(whole: tuple[Running, Organisation]) -> None:
    running, organisation = whole
    log = organisation.log
    here = given(running, log, 8)
    with running.asker() as anybody:
        assert brought(anybody, log.entries[:8]).json() == {"members": 8}
        assert running.house.wait.now() is None  # nothing new, nothing lost
        waiting(running, log_mark.of(log))
        refused(brought(anybody, log.entries[8:-1]), 409, "awaits-log")
        refused(brought(anybody, log.entries[9:]), 409, "other-log")
        forged = log.entries[-1]._replace(sig=bytes(64))
        refused(brought(anybody, [*log.entries[8:-1], forged]), 409, "other-log")
        ours = other_end(organisation, Membership().extend(log.entries[:-1]))
        refused(brought(anybody, ours.entries[8:]), 409, "other-log")  # ends in another entry
        refused(anybody("POST", "/v1/log", b"{}", key=None), 400, "malformed")
        assert len(running.house.membership.now().entries) == len(here.entries)
        assert anybody("GET", "/v1/hello", key=None).json()["members"] == 8
        assert brought(anybody, log.entries[4:]).json() == {"members": len(log.entries)}
    assert log_mark.read(running.home) == log_mark.of(log)
    assert running.house.wait.now() is not None  # an administrator's device has yet to come


def test_an_empty_hub_takes_its_own_organisation_only(whole: tuple[Running, Organisation]) -> None:
    running, organisation = whole
    log = organisation.log
    with running.asker() as anybody:
        waiting(running)
        refused(brought(anybody, log.entries), 409, "not-founded")
        waiting(running, log_mark.of(log))
        another = Organisation(signer(9)).log  # this hub is nobody in it
        refused(brought(anybody, another.entries), 409, "other-log")
        assert brought(anybody, log.entries).json() == {"members": len(log.entries)}


def test_an_administrator_ends_the_wait_by_what_it_tells(
    whole: tuple[Running, Organisation],
) -> None:
    running, organisation = whole
    log = given(running, organisation.log, len(organisation.log.entries))
    waiting(running)
    engineer: Device = organisation.devices[0]
    end = [len(log.entries), log.head.hex()]
    with running.asker(engineer.key) as asker, running.asker(organisation.key) as admin:
        for one in ([0], ["x", "y"], [1, 2], "x"):
            refused(asker.meet(members=one), 400, "malformed")
        body = json.dumps({"entries": [entry_told(log.entries[-1])]}).encode()
        refused(admin("POST", "/v1/members", body), 409, "awaits-log")
        for told in (asker.meet(members=end), admin.meet(), admin.meet(members=[3, "00" * 32])):
            assert told.status_code == 200 and running.house.wait.now() is not None
        assert admin.meet(members=[len(log.entries) + 1, "00" * 32]).status_code == 200
        assert running.house.wait.now() is not None
        assert admin.meet(members=end).status_code == 200
        assert running.house.wait.now() is None


def test_the_operator_takes_a_longer_log(whole: tuple[Running, Organisation]) -> None:
    running, organisation = whole
    log, house = organisation.log, running.house
    ours = given(running, other_end(organisation, Membership().extend(log.entries[:6])), 7)
    epoch = house.epoch
    with running.asker() as anybody:
        waiting(running)
        refused(brought(anybody, log.entries[7:]), 409, "other-log")
    with pytest.raises(Refused, match="更长"):
        returned_log.take(house, ours.entries)
    with pytest.raises(Refused, match="不属于"):
        returned_log.take(house, Organisation(signer(9)).log.entries)
    with pytest.raises(Refused):
        returned_log.take(house, [*log.entries[:-1], log.entries[-1]._replace(sig=bytes(64))])
    assert house.membership.now().head == ours.head
    grown, gone = returned_log.take(house, log.entries)
    assert gone == 1 and grown.head == log.head == house.membership.now().head
    assert house.wait.now() is None and house.epoch != epoch
    assert log_mark.read(running.home) == log_mark.of(log)


def test_a_log_that_only_goes_on_replaces_nothing(whole: tuple[Running, Organisation]) -> None:
    running, organisation = whole
    log, house = organisation.log, running.house
    given(running, log, 6)
    epoch = house.epoch
    waiting(running, log_mark.of(log))
    shorter = Membership().extend(log.entries[:-1])
    assert returned_log.take(house, shorter.entries)[1] == 0
    assert house.wait.now() is not None and house.epoch == epoch
    assert returned_log.go_on(house).head == shorter.head  # the last entry is lost for good
    assert house.wait.now() is None and house.wait.behind(shorter) is None
