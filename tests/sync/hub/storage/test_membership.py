"""The membership log at the hub: appended in one place, never against what is there."""

from __future__ import annotations

import pytest

from sync.hub.storage.database import Base
from sync.hub.storage.membership import MembershipLog
from sync.transport.http.hub_errors import HubError
from sync.trust import membership_entry
from sync.trust.membership import Membership, hub_of
from sync.trust.membership_entry import EntryStatement
from sync.trust.steering.steering import HUB
from tests.sync.hub.devices import Organisation, signer

NAMES = ("0190a1b2-0000-7000-8000-0000000f0001", "0190a1b2-0000-7000-8000-0000000f0002")


@pytest.fixture
def stored(base: Base, staff: Organisation) -> MembershipLog:
    """The log of the organisation, stored."""
    made = MembershipLog(base)
    base.write(lambda: made.grow(lambda none: none.extend(staff.log.entries)))
    return made


def person(staff: Organisation, number: int = 0) -> Membership:
    """The log with one more person."""
    return staff.say("person", {"person": NAMES[number], "name": f"丁{number}", "title": ""})


def test_the_log_is_read_again_from_the_database(
    stored: MembershipLog, staff: Organisation
) -> None:
    other = MembershipLog(stored.base)
    assert staff.devices[0].key.id not in other.last.devices
    assert other.now().head == staff.log.head
    assert staff.devices[0].key.id in other.last.devices
    assert [one.n for one in other.after(2)] == list(range(3, len(staff.log.entries) + 1))
    assert other.after(len(staff.log.entries)) == []


def test_what_another_process_appended_is_read(stored: MembershipLog, staff: Organisation) -> None:
    other = MembershipLog(stored.base)
    other.now()
    grown = person(staff)
    stored.base.write(lambda: stored.offered(grown.entries, lambda _: staff.key_of_hub))
    assert other.now().head == grown.head and NAMES[0] in other.now().people


def test_entries_that_are_here_already_are_appended_once(
    stored: MembershipLog, staff: Organisation
) -> None:
    grown = person(staff)
    for _ in range(2):
        stored.base.write(lambda: stored.offered(grown.entries[-3:], lambda _: staff.key_of_hub))
    assert len(stored.after(0)) == len(grown.entries)


def test_the_second_of_two_administrators_is_told_how_long_the_log_is(
    stored: MembershipLog, staff: Organisation
) -> None:
    before = staff.log
    first = person(staff, 0)
    staff.log = before
    second = person(staff, 1)
    stored.base.write(lambda: stored.offered(first.entries, lambda _: staff.key_of_hub))
    with pytest.raises(HubError) as found:
        stored.base.write(lambda: stored.offered(second.entries, lambda _: staff.key_of_hub))
    assert found.value.status == 409 and found.value.facts["members"] == len(first.entries)
    assert stored.now().head == first.head


def test_an_entry_of_somebody_who_may_not_is_refused(
    stored: MembershipLog, staff: Organisation
) -> None:
    body = {"person": staff.devices[0].person, "grant": True}
    number, key = len(staff.log.entries) + 1, staff.devices[0].key
    said = EntryStatement(membership_entry.VERSION, number, staff.log.head, "admin", key.id, body)
    entry = membership_entry.write(said, key)
    with pytest.raises(HubError) as found:
        stored.base.write(lambda: stored.offered([entry], lambda _: staff.key_of_hub))
    assert found.value.reason == "refused"
    assert len(stored.after(0)) == len(staff.log.entries)


def test_a_transaction_that_fails_appends_nothing(
    stored: MembershipLog, staff: Organisation
) -> None:
    grown = person(staff)

    def work() -> None:
        stored.offered(grown.entries, lambda _: staff.key_of_hub)
        raise RuntimeError("the power fails")

    with pytest.raises(RuntimeError):
        stored.base.write(work)
    assert stored.now().head == MembershipLog(stored.base).now().head != grown.head


def test_the_hub_of_a_log_is_the_one_it_names(staff: Organisation) -> None:
    assert hub_of(staff.log) == staff.key_of_hub.id
    assert hub_of(Membership()) is None
    assert not staff.log.is_admin(HUB + staff.key_of_hub.id)


def test_the_newest_hub_keeps_the_log(staff: Organisation) -> None:
    first, second = staff.key_of_hub, signer(55)
    person = HUB + first.id
    body = {"person": person, "device": second.id, "key": second.public.hex(), "name": "Hub"}
    staff.say("hub", {**body, "tag": staff.log.next_tag()})
    assert hub_of(staff.log) == second.id
    assert staff.log.devices[first.id].revoked == staff.log.version
