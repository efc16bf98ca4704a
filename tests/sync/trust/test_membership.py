"""The membership log: what it grants, what it refuses, and what it says about earlier versions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.schema.roles import ROLES
from models.text.words import Refused, W
from sync.trust import entry_rules, membership, membership_entry
from sync.trust.membership import Membership, replay
from sync.trust.membership_entry import NOTHING, EntryStatement, Head, MembershipEntry
from sync.trust.signature import Signer
from sync.trust.steering import member_kinds
from tests.support.signers import company, grant, signer, staffed


def refused(word: W, act: Callable[[], object]) -> None:
    """Check that an act is refused with exactly this sentence, and that it can be said."""
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.word is word
    assert "{" not in str(caught.value)


def forge(
    log: Membership, kind: str, body: Mapping[str, object], by: Signer, v: int = 1
) -> MembershipEntry:
    """A signed entry that follows the log, whatever the rules say."""
    return membership_entry.write(
        EntryStatement(v, len(log.entries) + 1, log.head, kind, by.id, dict(body)), by
    )


def sha(raw: bytes | bytearray) -> bytes:
    """The hash of an entry's bytes."""
    return hashlib.sha256(raw).digest()


def test_the_founder_begins_with_everything() -> None:
    log = company()
    assert (log.version, log.name, log.next_tag()) == (1, "远山通信", "B")
    assert log.roles_at(1, "p0", "any project") == frozenset(ROLES)
    assert log.is_admin("p0") and log.person_of("d0") == "p0"
    assert log.devices["d0"].tag == "A"


def test_roles_are_those_of_the_version_named() -> None:
    log = staffed()
    given = log.version
    log = log.append("role", grant("p1", "engineer", "one", on=False), signer(0))
    log = log.append("role", grant("p1", "quality", "*"), signer(0))
    assert log.roles_at(given - 1, "p1", "one") == frozenset()
    assert log.roles_at(given, "p1", "one") == {"engineer"}
    assert log.roles_at(given, "p1", "two") == frozenset()
    assert log.roles_at(given, "p1", None) == {"engineer"}
    assert log.roles_at(log.version, "p1", "one") == {"quality"}
    assert log.person_of("d1", 1) is None
    with pytest.raises(ValueError, match="not known"):
        log.roles_at(log.version + 1, "p1", "one")


def test_nobody_grants_themself_a_role() -> None:
    log = company().append("role", grant("p0", "quality", "*", on=False), signer(0))
    refused(member_kinds.SELF, lambda: log.append("role", grant("p0", "quality", "*"), signer(0)))
    refused(
        member_kinds.SELF, lambda: log.append("role", grant("p0", "anything", "one"), signer(0))
    )


def test_another_administrator_can_give_it_back() -> None:
    log = staffed().append("admin", {"person": "p1", "grant": True}, signer(0))
    log = log.append("role", grant("p0", "quality", "*", on=False), signer(0))
    log = log.append("role", grant("p0", "quality", "*"), signer(1))
    assert "quality" in log.roles_at(log.version, "p0", "one")


def test_only_administrators_sign() -> None:
    log = staffed()
    body = {"person": "p9", "name": "x", "title": ""}
    refused(entry_rules.NOT_ADMIN, lambda: log.append("person", body, signer(1)))
    refused(member_kinds.NO_DEVICE, lambda: log.append("person", body, signer(5)))
    stolen = forge(log, "person", body, signer(1))
    renamed = json.loads(stolen.body) | {"by": "d0"}
    raw = json.dumps(renamed, sort_keys=True, separators=(",", ":")).encode()
    lied = MembershipEntry(stolen.n, sha(raw), raw, stolen.sig)
    refused(membership_entry.FORGED, lambda: log.extend([lied]))


def test_one_key_is_one_person() -> None:
    log = staffed()
    refused(member_kinds.TAKEN, lambda: log.admit("p2", "d2", signer(1).public, "", signer(0)))
    again = log.admit("p1", "d1-again", signer(1).public, "", signer(0))
    assert again.devices["d1-again"].tag == "C"
    gone = log.append("revoke", {"device": "d1", "heads": {}}, signer(0))
    refused(member_kinds.TAKEN, lambda: gone.admit("p1", "d3", signer(1).public, "", signer(0)))


def test_a_revocation_names_positions() -> None:
    log = staffed()
    before = log.version
    end, other = "ab" * 32, "cd" * 32
    heads = {"d1": {"p:one": [7, end]}, "d1-again": {"company": [2, other]}}
    log = log.append("revoke", {"device": "d1", "heads": heads}, signer(0))
    assert log.revoked_after("d1", "p:one") == Head(7, bytes.fromhex(end))
    assert log.revoked_after("d1", "company") == NOTHING
    assert log.revoked_after("d1", "company", "d1-again") == Head(2, bytes.fromhex(other))
    assert log.revoked_after("d1", "company", "d1-later") == NOTHING
    assert log.revoked_after("d0", "company") is None
    assert log.person_of("d1") == "p1"
    assert log.second_person(before, "one", ["engineer"], "p0")
    assert not log.second_person(log.version, "one", ["engineer"], "p0")
    refused(
        member_kinds.NO_DEVICE,
        lambda: log.append("revoke", {"device": "d1", "heads": {}}, signer(0)),
    )


def test_a_second_person_needs_a_device_by_then() -> None:
    log = staffed().append("role", grant("p2", "quality", "one"), signer(0))
    without = log.version
    log = log.admit("p2", "d2", signer(2).public, "", signer(0))
    assert not log.second_person(without, "one", ["quality"], "p0")
    assert log.second_person(log.version, "one", ["quality"], "p0")
    assert log.second_person(log.version, "one", ["engineer"], "p2")


def test_a_revoked_administrator_signs_nothing_more() -> None:
    log = staffed().append("admin", {"person": "p1", "grant": True}, signer(0))
    log = log.append("revoke", {"device": "d1", "heads": {}}, signer(0))
    body = {"person": "p9", "name": "x", "title": ""}
    refused(member_kinds.NO_DEVICE, lambda: log.append("person", body, signer(1)))


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("admin", {"person": "p0", "grant": False}),
        ("active", {"person": "p0", "active": False}),
        ("revoke", {"device": "d0", "heads": {}}),
    ],
)
def test_an_administrator_with_a_device_always_remains(kind: str, body: dict[str, object]) -> None:
    log = staffed().append("admin", {"person": "p2", "grant": True}, signer(0))
    refused(entry_rules.LAST, lambda: log.append(kind, body, signer(0)))
    log = log.append("admin", {"person": "p1", "grant": True}, signer(0))
    assert log.append(kind, body, signer(0)).is_admin("p1")


def test_who_has_left_holds_nothing_until_they_return() -> None:
    log = staffed().append("active", {"person": "p1", "active": False}, signer(0))
    left = log.version
    assert log.roles_at(left, "p1", "one") == frozenset()
    log = log.append("active", {"person": "p1", "active": True}, signer(0))
    assert log.roles_at(log.version, "p1", "one") == {"engineer"}
    assert log.roles_at(left, "p1", "one") == frozenset()


def test_names_change_and_ids_do_not() -> None:
    log = staffed()
    for who, name in (("p1", "仇大河"), ("d1", "台式机"), ("o", "远山")):
        log = log.append("rename", {"id": who, "name": name, "title": "工程师"}, signer(0))
    assert log.people["p1"] == ("p1", "仇大河", "工程师")
    assert (log.devices["d1"].name, log.name) == ("台式机", "远山")
    body = {"id": "nobody", "name": "x", "title": ""}
    refused(member_kinds.NO_PERSON, lambda: log.append("rename", body, signer(0)))


@pytest.mark.parametrize(
    ("word", "kind", "body"),
    [
        (member_kinds.TAKEN, "person", {"person": "p1", "name": "x", "title": ""}),
        (member_kinds.TAKEN, "person", {"person": "d1", "name": "x", "title": ""}),
        (member_kinds.NO_PERSON, "role", grant("p9", "engineer", "one")),
        (member_kinds.ALREADY, "role", grant("p1", "engineer", "one")),
        (member_kinds.ALREADY, "role", grant("p1", "quality", "one", on=False)),
        (member_kinds.ALREADY, "admin", {"person": "p0", "grant": True}),
        (member_kinds.WRONG, "person", {"person": "p9", "name": " ", "title": ""}),
        (member_kinds.WRONG, "person", {"person": "p9", "name": "a\0b", "title": ""}),
        (member_kinds.WRONG, "person", {"person": "p9", "name": "a\ud800b", "title": ""}),
        (member_kinds.WRONG, "person", {"person": "p9", "name": "x" * 201, "title": ""}),
        (member_kinds.WRONG, "person", {"person": "p9", "name": "x"}),
        (
            member_kinds.WRONG,
            "person",
            {"person": "p9", "name": "x", "title": "", "role": "quality"},
        ),
        (member_kinds.WRONG, "person", {"person": "a/b", "name": "x", "title": ""}),
        (member_kinds.WRONG, "role", grant("p1", "Engineer", "one")),
        (member_kinds.WRONG, "role", {**grant("p1", "engineer", "one"), "grant": 1}),
        (member_kinds.WRONG, "revoke", {"device": "d1", "heads": {"d1": {"p:one": 7}}}),
        (member_kinds.WRONG, "revoke", {"device": "d1", "heads": {"d1": {"p:one": [7, ""]}}}),
        (member_kinds.WRONG, "revoke", {"device": "d1", "heads": {"d1": {"p:one": [True, ""]}}}),
        (member_kinds.WRONG, "revoke", {"device": "d1", "heads": []}),
        (member_kinds.WRONG, "revoke", {"device": "d1", "last": {"p:one": 7}}),
        (membership.BROKEN, "found", json.loads(company().entries[0].body)["body"]),
    ],
)
def test_what_makes_no_sense_is_refused(word: W, kind: str, body: dict[str, object]) -> None:
    refused(word, lambda: staffed().append(kind, body, signer(0)))


@pytest.mark.parametrize("tag", ["A", "b", "A1", "", "甲"])
def test_a_tag_is_given_once_and_is_letters(tag: str) -> None:
    body = {"person": "p2", "device": "d2", "key": signer(2).public.hex(), "name": "", "tag": tag}
    with pytest.raises(Refused):
        staffed().append("device", body, signer(0))


def test_tags_go_on_after_z() -> None:
    log = staffed()
    while len(log.devices) < 28:
        number = len(log.devices)
        log = log.admit("p2", f"d{number}", signer(number).public, "", signer(0))
    tags = [one.tag for one in log.devices.values()]
    assert tags[:3] == ["A", "B", "C"] and tags[25:] == ["Z", "AA", "AB"]


def test_entries_come_in_order_and_twice_is_once() -> None:
    log = staffed()
    assert replay(log.entries).extend(log.entries).entries == log.entries
    refused(membership.GAP, lambda: replay([log.entries[0], log.entries[2]]))
    refused(membership.GAP, lambda: replay(log.entries[1:]))
    refused(membership.OTHER, lambda: replay(log.entries, root=b"another"))
    assert replay(log.entries, root=log.root).version == log.version


def test_a_second_history_is_refused() -> None:
    log = staffed()
    one, two = (
        log.append("person", {"person": "p9", "name": name, "title": ""}, signer(0))
        for name in "ab"
    )
    refused(membership.OTHER, lambda: one.extend(two.entries))
    further = two.append("active", {"person": "p9", "active": False}, signer(0))
    refused(membership.BROKEN, lambda: one.extend(further.entries[-1:]))


def test_another_companys_entry_does_not_follow() -> None:
    other = membership.found(
        signer(0), organisation="o2", name="x", person="p0", person_name="y", title=""
    )
    replayed = other.append("person", {"person": "p9", "name": "z", "title": ""}, signer(0))
    refused(membership.BROKEN, lambda: company().extend(replayed.entries[1:]))


def test_an_unknown_kind_makes_the_log_wait() -> None:
    log = staffed()
    newer = log.extend([forge(log, "blessing", {"person": "p1"}, signer(0))])
    assert (newer.version, newer.waits) == (log.version, log.version + 1)
    body = {"person": "p9", "name": "x", "title": ""}
    after = newer.extend([forge(newer, "person", body, signer(0))])
    assert "p9" not in after.people and len(after.entries) == log.version + 2
    refused(membership.NEWER, lambda: after.append("person", body, signer(0)))
    assert replay(after.entries).entries == after.entries


def test_an_unknown_form_waits_too() -> None:
    log = staffed()
    body = {"person": "p9", "name": "x", "title": "", "since": "2031"}
    assert log.extend([forge(log, "person", body, signer(0), v=2)]).waits == log.version + 1


def test_only_administrators_can_make_the_log_wait() -> None:
    log = staffed()
    assert log.extend([forge(log, "blessing", {}, signer(1))]).entries == log.entries
    assert log.extend([forge(log, "blessing", {}, signer(7))]).entries == log.entries


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[" * 100_000,
        b"[]",
        b"null",
        b"\xff",
        b'{"v":1}',
        b'{"by":"d0","by":"d0"}',
        b'{"a":1.5}',
        b'{"a":NaN}',
        b"9" * 5000,
        b" " * (membership_entry.LIMIT + 1),
    ],
)
def test_hostile_bytes_are_refused(raw: bytes) -> None:
    one = MembershipEntry(1, sha(raw), raw, bytes(64))
    refused(membership_entry.DAMAGED, lambda: replay([one]))


def test_another_way_to_write_the_same_is_refused() -> None:
    log = staffed()
    good = forge(log, "person", {"person": "p9", "name": "甲", "title": ""}, signer(0))
    said = json.loads(good.body)
    for raw in (json.dumps(said), json.dumps(said, separators=(",", ":"), sort_keys=True)):
        one = MembershipEntry(good.n, sha(raw.encode()), raw.encode(), good.sig)
        with pytest.raises(Refused) as caught:
            log.extend([one])
        assert caught.value.word is membership_entry.DAMAGED


def test_too_much_at_once_is_refused() -> None:
    heads = {"d1": {f"p:{n:060}": [1, "ab" * 32] for n in range(20_000)}}
    refused(
        membership_entry.TOO_LONG,
        lambda: staffed().append("revoke", {"device": "d1", "heads": heads}, signer(0)),
    )


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_flipped_bit_is_refused(data: st.DataObject) -> None:
    entries = list(staffed().entries)
    place = data.draw(st.integers(0, len(entries) - 1))
    n, *parts = entries[place]
    part = data.draw(st.integers(0, 2))
    raw = bytearray(parts[part])
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    parts[part] = bytes(raw)
    entries[place] = MembershipEntry(n, *parts)
    with pytest.raises(Refused):
        replay(entries)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_any_altered_body_is_refused_though_hashed_anew(data: st.DataObject) -> None:
    entries = list(staffed().entries)
    place = data.draw(st.integers(0, len(entries) - 1))
    raw = bytearray(entries[place].body)
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    hashed = sha(raw)
    entries[place] = entries[place]._replace(body=bytes(raw), hash=hashed)
    with pytest.raises(Refused):
        replay(entries)


people_ids = st.sampled_from([f"p{n}" for n in range(4)])
devices = st.integers(0, 4)
roles = st.sampled_from(["engineer", "quality"])
places = st.sampled_from(["*", "one", "two"])
acts_tried = st.one_of(
    st.tuples(
        st.just("person"),
        st.fixed_dictionaries({"person": people_ids, "name": st.just("x"), "title": st.just("")}),
    ),
    st.tuples(
        st.just("role"),
        st.fixed_dictionaries(
            {"person": people_ids, "role": roles, "project": places, "grant": st.booleans()},
            optional={"heads": st.just({})},
        ),
    ),
    st.tuples(
        st.just("admin"),
        st.fixed_dictionaries({"person": people_ids, "grant": st.booleans()}),
    ),
    st.tuples(
        st.just("active"),
        st.fixed_dictionaries({"person": people_ids, "active": st.booleans()}),
    ),
    st.tuples(
        st.just("revoke"),
        st.fixed_dictionaries({"device": devices.map("d{}".format), "heads": st.just({})}),
    ),
    st.tuples(
        st.just("device"),
        st.tuples(people_ids, devices).map(
            lambda two: {
                "person": two[0],
                "device": f"d{two[1]}",
                "key": signer(two[1]).public.hex(),
                "name": "",
                "tag": chr(65 + two[1]),
            }
        ),
    ),
)
histories = st.lists(st.tuples(acts_tried, devices), max_size=25)

Facts = dict[tuple[str, str], tuple[frozenset[str], bool]]


def powers(log: Membership, version: int) -> Facts:
    """Everybody's roles and administration at a version."""
    return {
        (person, place): (log.roles_at(version, person, place), log.is_admin(person, version))
        for person in log.people
        for place in ("one", "two")
    }


def gained(before: Facts, after: Facts) -> set[str]:
    """Who holds more than before."""
    nothing: tuple[frozenset[str], bool] = (frozenset(), False)
    return {
        key[0]
        for key, (held, admin) in after.items()
        if held - before.get(key, nothing)[0] or admin > before.get(key, nothing)[1]
    }


@settings(max_examples=200, deadline=None)
@given(histories)
def test_power_comes_from_another_administrator_only(
    history: list[tuple[tuple[str, dict[str, object]], int]],
) -> None:
    """Whatever anybody tries: no gain without an administrator's signature, never one's own."""
    log = staffed().append("admin", {"person": "p1", "grant": True}, signer(0))
    for (kind, body), by in history:
        key = signer(by)
        sent = forge(log, kind, body, key)
        before = powers(log, log.version)
        person = log.person_of(key.id)
        entitled = person is not None and log.is_admin(person)
        alive = key.id in log.devices and log.devices[key.id].revoked is None
        try:
            log = log.extend([sent])
        except Refused:
            continue
        assert entitled and alive
        assert person not in gained(before, powers(log, log.version))
        assert log.steerable()


@settings(max_examples=100, deadline=None)
@given(histories)
def test_every_prefix_says_what_the_whole_says_about_it(
    history: list[tuple[tuple[str, dict[str, object]], int]],
) -> None:
    log = staffed()
    for (kind, body), by in history:
        try:
            log = log.append(kind, body, signer(by))
        except Refused:
            continue
    grown = Membership()
    for one in log.entries:
        grown = grown.extend([one])
        version = grown.version
        whole = {k: v for k, v in powers(log, version).items() if k[0] in grown.people}
        assert powers(grown, version) == powers(replay(log.entries[:version]), version) == whole
        assert {d: grown.person_of(d) for d in log.devices} == {
            d: log.person_of(d, version) for d in log.devices
        }
