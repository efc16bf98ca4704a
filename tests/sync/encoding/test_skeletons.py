"""Skeletons: structure and scalars come apart and together again; only canonical ones are read."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text.words import Refused
from sync.changes.change import DEPTH
from sync.encoding.columns import PackedColumn
from sync.encoding.skeletons import bodies, build, dots, shape, split
from tests.support.changes import DEVICE, SPACE

names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=4)
scalars = st.integers(1, 9) | st.text(max_size=3) | st.none() | st.booleans()
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=6,
)


def canonical(value: Any) -> Any:
    """The value with sorted keys, as every change has it."""
    return json.loads(json.dumps(value, sort_keys=True))


@given(values)
def test_a_value_comes_apart_and_together_again(value: Any) -> None:
    value, parts = canonical(value), list[Any]()
    skeleton = split(value, parts)
    node = json.loads(skeleton)
    assert build(node, iter([[one] for one in parts]), 1) == [value]


@given(values, values)
def test_values_of_one_structure_have_one_skeleton(one: Any, other: Any) -> None:
    first, second = canonical(one), canonical(other)
    alike = json.loads(split(first, [])) == json.loads(split(second, []))
    assert (split(first, []) == split(second, [])) == alike


def test_the_template_writes_the_canonical_text() -> None:
    made = shape("fix", '{"b":{},"f":{"cause":0},"%":0}'.replace('"%":0', '"z":0'), SPACE, DEVICE)
    columns = [PackedColumn(["a"], ['"a"'], 3), PackedColumn([1], [1], 8)]
    own: dict[int, list[object]] = {-1: [5], -2: [2], -3: ['"r"'], -4: [2]}
    (text,) = bodies(made, columns, own)
    said = json.loads(text)
    assert said["f"] == {"cause": "a"} and (said["a"], said["q"], said["x"]) == (5, 2, 2)
    assert list(said) == sorted(said) and (said["d"], said["s"]) == (DEVICE, SPACE)
    assert made.places == 2 and said["z"] == 1


def test_a_percent_sign_in_a_name_is_no_place() -> None:
    made = shape("100%", '{"b":{},"f":{"50%s":0}}', SPACE, DEVICE)
    own: dict[int, list[object]] = {-1: [5], -2: [2], -3: ['"r"'], -4: [2]}
    (text,) = bodies(made, [PackedColumn([1], [1], 8)], own)
    assert json.loads(text)["f"] == {"50%s": 1} and json.loads(text)["t"] == "100%"


NONE = {
    "no JSON": "{",
    "no object": "[0]",
    "no base": '{"f":{}}',
    "no fields": '{"b":{}}',
    "a part of its own": '{"a":0,"b":{},"f":{}}',
    "unsorted": '{"f":{},"b":{}}',
    "unsorted inside": '{"b":{},"f":{"y":0,"x":0}}',
    "a value": '{"b":{},"f":{"x":1}}',
    "a text": '{"b":{},"f":{"x":"0"}}',
    "a float": '{"b":{},"f":{"x":0.0}}',
    "spaces": '{"b":{}, "f":{}}',
    "a key twice": '{"b":{},"f":{"x":0,"x":0}}',
    "too deep": '{"b":{},"f":' + "[" * (DEPTH + 2) + "]" * (DEPTH + 2) + "}",
    "a bomb": '{"b":{},"f":' + "[" * 100_000 + "]" * 100_000 + "}",
}


@pytest.mark.parametrize("name", NONE)
def test_what_is_no_canonical_skeleton_is_refused(name: str) -> None:
    with pytest.raises(Refused):
        shape("fix", NONE[name], SPACE, DEVICE)


def test_the_skeleton_of_a_base_is_a_count_of_versions() -> None:
    assert dots({"cause": [[0, 0], [0, 0]], "state": []}) == [("cause", 2), ("state", 0)]
    wrongs: list[Any] = [[], {"cause": 0}, {"cause": [[0]]}, {"cause": [[0, 0, 0]]}, {"cause": [0]}]
    for wrong in wrongs:
        with pytest.raises(Refused):
            dots(wrong)


def test_empty_parts_are_made_anew_for_each_change() -> None:
    one, other = build({}, iter([]), 2)
    assert one == other == {} and one is not other
