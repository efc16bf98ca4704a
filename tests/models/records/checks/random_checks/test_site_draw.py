"""The draw: anybody who has the population and the seed draws the same."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from models.records.checks.random_checks.site_draw import (
    Drawn,
    agrees,
    draw,
    first_of,
    members,
    written,
)

EVERY = {
    "site": {"s1": "一号  机房\n(东)", "s2": "二号机房"},
    "person": {"p1": "小林", "p2": "小周"},
    "day": {"2026-11-23": "", "2026-11-24": ""},
}


def test_a_population_is_written_and_read_again() -> None:
    text = written(EVERY)
    assert text.splitlines()[0] == "site s1 一号 机房 (东)"
    assert members(text) == {part: sorted(some) for part, some in EVERY.items()}
    assert members("nonsense\nsite\n\nperson p1\x1b[31m") == {
        **{"site": [], "day": []},
        "person": ["p1\x1b[31m"],
    }


def test_it_can_be_calculated_by_hand() -> None:
    people = ["p1", "p2", "p3"]
    by_hand = min(people, key=lambda one: hashlib.sha256(f"abc:{one}".encode()).hexdigest())
    assert first_of("abc", people) == by_hand


@given(st.text(), st.permutations(["a", "b", "c", "d"]))
def test_the_order_of_the_members_means_nothing(seed: str, members: list[str]) -> None:
    assert first_of(seed, members) == first_of(seed, sorted(members))


def test_every_member_is_drawn_about_as_often() -> None:
    members = [f"p{n}" for n in range(5)]
    found = [first_of(f"seed {n}", members) for n in range(2000)]
    assert all(320 < found.count(one) < 480 for one in members)


def test_drawing_again_tells_what_was_changed() -> None:
    text = written(EVERY)
    drawn = draw("seed", text)
    assert agrees("seed", text, drawn) and not agrees("other seed 1", text, Drawn("x", "y", "z"))
    other = next(one for one in EVERY["person"] if one != drawn.person)
    assert not agrees("seed", text, drawn._replace(person=other))
    assert not agrees(None, None, draw("", ""))
