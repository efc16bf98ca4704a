"""The coverage of rows goes into its compact form and comes out the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.book.approval import coverage
from sync.trust.device_key import new_id

_ids = st.text(min_size=1, max_size=8)
_dots = st.tuples(st.sampled_from(["d1", "d2", "d3"]), st.integers(1, 10**9))
_covered = st.dictionaries(_ids, st.frozensets(_dots, min_size=1, max_size=4), max_size=12)


@given(_covered)
def test_what_is_encoded_is_read_again(covered: dict[str, frozenset[tuple[str, int]]]) -> None:
    form = json.loads(json.dumps(coverage.encode(covered)))
    assert coverage.decode(form) == covered


@given(_covered)
def test_one_coverage_has_one_form(covered: dict[str, frozenset[tuple[str, int]]]) -> None:
    backwards = dict(reversed(covered.items()))
    assert coverage.encode(covered) == coverage.encode(backwards)


@pytest.mark.parametrize("edited", [0, 100])
def test_a_thousand_rows_take_less_than_eight_bytes_each(edited: int) -> None:
    """Beyond their ids: 1,000 rows written one after another, some of them edited once."""
    device = new_id()
    covered = {new_id(): {(device, 5_000 + place)} for place in range(1_000)}
    for place, versions in enumerate(list(covered.values())[:edited]):
        versions.add((device, 7_000 + place))
    form = coverage.encode({id: frozenset(dots) for id, dots in covered.items()})
    text = json.dumps(form, separators=(",", ":"))
    assert (len(text) - sum(map(len, covered))) / 1_000 <= 8


WRONG: dict[str, Any] = {
    "no object": [],
    "a part is missing": {"by": [], "ids": []},
    "a part too many": {"by": [], "ids": [], "at": [], "more": 1},
    "versions are missing": {"by": ["d"], "ids": ["a"], "at": []},
    "a row is named twice": {"by": ["d"], "ids": ["a", "a"], "at": [1, 1]},
    "a device is named twice": {"by": ["d", "d"], "ids": ["a"], "at": [1]},
    "no such device": {"by": ["d"], "ids": ["a"], "at": [[1, 1]]},
    "a negative device": {"by": ["d"], "ids": ["a"], "at": [[-1, 1]]},
    "a version of nothing": {"by": ["d"], "ids": ["a"], "at": [0]},
    "a row without versions": {"by": ["d"], "ids": ["a"], "at": [[]]},
    "half a version": {"by": ["d"], "ids": ["a"], "at": [[0]]},
    "a text for a number": {"by": ["d"], "ids": ["a"], "at": ["1"]},
    "true for a number": {"by": ["d"], "ids": ["a"], "at": [True]},
    "a number for a name": {"by": ["d"], "ids": [1], "at": [1]},
    "lists that are none": {"by": "d", "ids": "a", "at": [1]},
    "a list for a name": {"by": ["d"], "ids": [["a"]], "at": [1]},
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_malformed_is_refused(name: str) -> None:
    with pytest.raises(ValueError):
        coverage.decode(WRONG[name])


def test_every_version_of_a_payload_is_named() -> None:
    payload = {
        "saw": {"cause": [["d1", 3]], "place": [["d2", 4]]},
        "rows": coverage.encode({"a": frozenset({("d1", 7)}), "b": frozenset({("d3", 9)})}),
    }
    assert set(coverage.named(payload)) == {("d1", 3), ("d2", 4), ("d1", 7), ("d3", 9)}
    assert list(coverage.named({})) == list(coverage.named(None)) == []
