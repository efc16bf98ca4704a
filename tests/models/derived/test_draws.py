"""Draws: the same from the same population, in proportion to the strata, for anybody."""

from __future__ import annotations

import hashlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.derived.draws import drawn, in_order, next_of, quotas, seed_of

PEOPLE = {f"p{at}": "ab"[at % 2] for at in range(10)}
POPULATIONS = st.dictionaries(st.text(max_size=5), st.sampled_from("abcd"), max_size=30)


def test_the_order_is_that_of_the_hashes() -> None:
    def place(one: str) -> bytes:
        return hashlib.sha256(f"7:{one}".encode()).digest()

    assert in_order("7", list(PEOPLE)) == sorted(PEOPLE, key=place)
    assert in_order("7", list(PEOPLE)[::-1]) == in_order("7", list(PEOPLE))


def test_the_seed_follows_from_subject_population_and_size() -> None:
    seed = seed_of("s", PEOPLE, 3)
    assert seed == seed_of("s", dict(reversed(PEOPLE.items())), 3) and len(seed) == 16
    others = {seed_of("t", PEOPLE, 3), seed_of("s", PEOPLE, 4), seed_of("s", {"p1": ""}, 3)}
    assert len(others | {seed}) == 4


@pytest.mark.parametrize(
    ("counts", "size", "found"),
    [
        ({"a": 6, "b": 3, "c": 1}, 5, {"a": 3, "b": 1, "c": 1}),
        ({"a": 6, "b": 3, "c": 1}, 2, {"a": 1, "b": 1, "c": 0}),
        ({"a": 98, "b": 1, "c": 1}, 3, {"a": 1, "b": 1, "c": 1}),
        ({"a": 2, "b": 2}, 9, {"a": 2, "b": 2}),
        ({"a": 2}, 0, {"a": 0}),
        ({}, 3, {}),
    ],
)
def test_quotas_are_in_proportion(counts: dict[str, int], size: int, found: dict[str, int]) -> None:
    people = {f"{name}{at}": name for name, n in counts.items() for at in range(n)}
    assert quotas(people, size) == found


@given(POPULATIONS, st.integers(0, 40))
def test_a_sample_has_the_size_and_nobody_twice(people: dict[str, str], size: int) -> None:
    found = drawn(seed_of("s", people, size), people, size)
    assert len(found) == len(set(found)) == min(size, len(people))
    assert Counter(people[one] for one in found) == {
        name: n for name, n in quotas(people, size).items() if n
    }
    if size >= len(set(people.values())) and people:
        assert {people[one] for one in found} == set(people.values())


def test_the_next_one_is_of_the_same_stratum() -> None:
    found = drawn("7", PEOPLE, 4)
    after = next_of("7", PEOPLE, found, found[0])
    assert after is not None and after not in found and PEOPLE[after] == PEOPLE[found[0]]
    of_it = [one for one, name in PEOPLE.items() if name == PEOPLE[found[0]]]
    assert next_of("7", PEOPLE, of_it, found[0]) is None
    assert next_of("7", PEOPLE, [], "nobody") is None
