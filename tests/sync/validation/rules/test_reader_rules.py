"""Readers: whom the changes of a restricted record name, in whatever order they were made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.schema.natural_keys import file_space
from models.schema.record import kinds
from sync.changes.change import Change, Dot
from sync.changes.pruned import PrunedChange
from sync.validation.rules.reader_rules import naming_fields, people_in, people_named
from tests.support.incident_files import declared

FILE = "0190a1b2-0000-7000-8000-000000000001"


@pytest.fixture(autouse=True)
def types() -> Iterator[None]:
    """The types of an incident."""
    with declared():
        yield


def change(
    seq: int, fields: dict[str, Any], base: Sequence[int] = (), *, device: str = "d", **more: Any
) -> Change:
    """A change of the file, over versions of one device."""
    space = file_space("responsibility", "p", FILE)
    seen: dict[str, list[Dot]] = {name: [(device, one) for one in base] for name in fields}
    place = (space, device, seq, seq << 16, more.pop("type", "responsibility"))
    return Change(*place, more.pop("record", FILE), seq, fields, seen, more.pop("header", None))


def readers(*changes: Change, refused: Sequence[Dot] = ()) -> frozenset[str]:
    """The people that they name."""
    return people_named(changes[0].space, changes, set(refused))


def test_who_is_named_now_reads_and_who_was_reads_no_more() -> None:
    first = change(1, {"person": "ann", "facts": "x"})
    assert readers(first) == {"ann"}
    assert readers(first, change(2, {"reader": "bob"})) == {"ann", "bob"}
    assert readers(first, change(2, {"person": "cleo"}, [1])) == {"cleo"}
    assert readers(first, change(2, {"person": None}, [1])) == frozenset()
    assert readers(first, change(1, {"person": "cleo"}, device="e")) == {"ann", "cleo"}


def test_other_records_of_the_space_and_other_spaces_name_nobody() -> None:
    first = change(1, {"person": "ann"})
    other = change(2, {"person": "eve"}, record="other"), change(3, {"person": "eve"}, type="note")
    assert readers(first, *other) == {"ann"}
    assert people_named("p:x", [first], set()) == people_named("f:new:p:x", [first], set()) == set()


def test_what_is_quarantined_names_nobody_and_takes_nobody_away() -> None:
    first, forged = change(1, {"person": "ann"}), change(2, {"person": "eve"}, [1])
    assert readers(first, forged, refused=[("d", 2)]) == {"ann"}
    # What was written over it was written over what it had replaced.
    after = change(3, {"person": "bob"}, [2])
    assert readers(first, forged, after, refused=[("d", 2)]) == {"bob"}


def test_a_pruned_change_takes_away_what_it_replaced() -> None:
    first, last = change(1, {"person": "ann"}), change(3, {"person": "cleo"}, [2])
    place = (first.space, "d", 2, 2 << 16, first.type, FILE, 2)
    bare = PrunedChange(*place, {}, {"person": [("d", 1)]})
    assert readers(first, bare, last) == {"cleo"}


STEP = st.tuples(st.sampled_from(["person", "reader"]), st.sampled_from("abc"))


@given(st.lists(STEP, max_size=8))
@settings(max_examples=60)
def test_one_after_another_the_last_name_in_each_field_counts(steps: list[tuple[str, str]]) -> None:
    done, last = [change(1, {"facts": "x"})], dict[str, int]()
    now = dict[str, str]()
    for seq, (field, name) in enumerate(steps, 2):
        done.append(change(seq, {field: name}, [last[field]] if field in last else []))
        last[field], now[field] = seq, name
    assert readers(*done) == set(now.values())


def test_the_fields_that_name_people() -> None:
    cls = kinds["responsibility"]
    assert naming_fields(cls) == ["person", "reader"] and naming_fields(kinds["fix"]) == []
    assert people_in(cls, ["person", "reader"], {"person": "ann", "reader": "bob,cleo"}) == {
        "ann",
        "bob",
        "cleo",
    }
    assert people_in(cls, ["person", "reader"], {"person": 3}) == set()


@given(st.lists(STEP, max_size=5), st.lists(STEP, max_size=5), st.randoms())
@settings(max_examples=60)
def test_the_order_of_arrival_does_not_matter(
    one: list[tuple[str, str]], other: list[tuple[str, str]], chance: Random
) -> None:
    chains = [chained(one, "d"), chained(other, "e")]
    mixed, left = list[Change](), [list(chain) for chain in chains]
    while any(left):
        mixed.append(chance.choice([chain for chain in left if chain]).pop(0))
    changes = [change(1, {"facts": "x"}), *chains[0], *chains[1]]
    assert readers(*changes) == readers(changes[0], *mixed)


def chained(steps: list[tuple[str, str]], device: str) -> list[Change]:
    """Changes of one device, each over its own one before in that field."""
    last, found = dict[str, int](), list[Change]()
    for seq, (field, name) in enumerate(steps, 2):
        base = [last[field]] if field in last else []
        found.append(change(seq, {field: name}, base, device=device))
        last[field] = seq
    return found
