"""Roster: facts begin and end at versions; what was true at one stays true of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.trust.membership_entry import NOTHING, Head
from sync.trust.roster import Roster, RosterDevice, RosterPerson


def roster(*facts: list[tuple[str, ...]]) -> Roster:
    """A roster after versions that each turn some facts."""
    found = Roster()
    for some in facts:
        found.version += 1
        for fact in some:
            found.turn(fact)
    return found


def device(number: int, person: str, since: int, **more: object) -> RosterDevice:
    """An admitted device."""
    made = RosterDevice(f"d{number}", person, chr(65 + number), "", bytes([number]) * 32, since)
    return made._replace(**more)  # type: ignore[arg-type]


@given(st.lists(st.booleans(), min_size=1, max_size=12))
def test_a_fact_holds_where_it_was_begun_and_not_ended(turned: list[bool]) -> None:
    fact = ("active", "p")
    found = roster(*([tuple[str, ...](fact)] if one else [] for one in turned))
    holds = False
    for version, one in enumerate(turned, 1):
        holds ^= one
        assert found.holds(fact, version) is holds
    assert not found.holds(fact, 0)


def test_a_version_not_known_is_no_question() -> None:
    with pytest.raises(ValueError, match="not known"):
        roster([]).holds(("active", "p"), 2)


def test_roles_are_those_of_the_project_and_of_every_one() -> None:
    active = ("active", "p")
    found = roster([active, ("role", "p", "engineer", "one")], [("role", "p", "quality", "*")], [])
    assert found.roles_at(1, "p", "one") == {"engineer"}
    assert found.roles_at(2, "p", "one") == {"engineer", "quality"}
    assert found.roles_at(2, "p", "two") == {"quality"}
    assert found.roles_at(2, "p", None) == {"engineer", "quality"}
    assert found.where("p") == {"one", "*"} and found.where("q") == set()
    assert found.grants() == {("p", "engineer", "one"), ("p", "quality", "*")}


def test_who_has_left_has_no_roles() -> None:
    active = ("active", "p")
    found = roster([active, ("role", "p", "engineer", "*")], [active])
    assert found.roles_at(1, "p", "one") and not found.roles_at(2, "p", "one")
    assert found.grants() == set()


def test_a_device_counts_from_its_admission_on_and_after_its_revocation() -> None:
    found = roster([], [], [])
    found.admitted(device(1, "p", since=2))
    assert [found.person_of("d1", version) for version in (1, 2, 3)] == [None, "p", "p"]
    assert found.revoked_after("d1", "p:one") is None
    end = Head(7, b"h" * 32)
    found.devices["d1"] = device(1, "p", since=2, revoked=3, last={"d1": {"p:one": end}})
    assert found.revoked_after("d1", "p:one") == end
    assert found.revoked_after("d1", "company") == NOTHING
    assert found.person_of("d1") == "p" and found.revoked_after("d9", "p:one") is None


def test_the_second_person_needs_a_working_device_and_the_role() -> None:
    facts = [(fact, person) for person in "ab" for fact in ("active",)]
    found = roster([*facts, ("role", "a", "quality", "*"), ("role", "b", "quality", "*")], [], [])
    found.admitted(device(1, "a", since=1))
    assert not found.second_person(1, "one", ["quality"], "a")  # b has no device
    found.admitted(device(2, "b", since=2))
    assert not found.second_person(1, "one", ["quality"], "a")
    assert found.second_person(2, "one", ["quality"], "a")
    assert not found.second_person(2, "one", ["engineer"], "a")
    found.devices["d2"] = device(2, "b", since=2, revoked=3)
    assert found.second_person(2, "one", ["quality"], "a")
    assert not found.second_person(3, "one", ["quality"], "a")


def test_tags_are_letters_and_never_given_twice() -> None:
    found, tags = Roster(), list[str]()
    for number in range(60):
        tags.append(found.next_tag())
        made = RosterDevice(f"d{number}", "p", tags[-1], "", number.to_bytes(32), 1)
        found.admitted(made)
        assert found.tagged(tags[-1]) and found.keyed(made.key) == [made]
    assert tags[:2] == ["A", "B"] and tags[25:28] == ["Z", "AA", "AB"]
    assert len(set(tags)) == 60 and not found.tagged("ZZ")


def test_somebody_must_be_able_to_go_on() -> None:
    found = roster([("active", "p"), ("admin", "p")], [])
    assert not found.steerable()
    found.admitted(device(1, "p", since=1))
    assert found.steerable()
    found.devices["d1"] = device(1, "p", since=1, revoked=2)
    assert not found.steerable()


def test_a_copy_grows_by_itself() -> None:
    found, other = roster([("active", "p")]), Roster()
    found.people["p"] = RosterPerson("p", "林工", "")
    found._copy_to(other)
    other.version += 1
    other.turn(("active", "p"))
    other.admitted(device(1, "p", since=2))
    assert found.is_active("p") and not other.is_active("p")
    assert found.devices == {} and other.people == found.people
