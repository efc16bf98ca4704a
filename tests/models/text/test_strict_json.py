"""Strict JSON: no name twice, no float, no NaN, at any depth."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text.strict_json import reader
from models.text.words import Refused, W

read = reader(W("“{name}”写了两次", "'{name}' stands twice"))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=8,
)


@given(values)
def test_what_json_writes_is_read_again(value: Any) -> None:
    assert read(json.dumps(value)) == value
    assert read(json.dumps(value, ensure_ascii=False)) == value


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('{"a":1,"a":1}', "a"),
        ('[{"b":{"原因":1,"c":2,"原因":3}}]', "原因"),
        ('{"a":1,"\\u0061":2}', "a"),
        ('{"":1,"":2}', ""),
    ],
)
def test_a_name_that_stands_twice_is_refused_by_name(text: str, name: str) -> None:
    with pytest.raises(Refused) as refused:
        read(text)
    assert str(refused.value) == f"“{name}”写了两次"


@pytest.mark.parametrize("text", ["1.1", "1e400", "-0.0", "123456789012345678901234567890.5"])
def test_a_number_with_a_point_stays_exact(text: str) -> None:
    found = read(text)
    assert type(found) is Decimal
    assert found == Decimal(text)


@pytest.mark.parametrize(
    "text", ["NaN", "Infinity", "-Infinity", '{"a":[NaN]}', "", "{", "{'a':1}", "1 2", "[1,]"]
)
def test_what_is_no_json_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):
        read(text)
