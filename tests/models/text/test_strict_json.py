"""Strict JSON: no name twice, no float, no NaN, at any depth."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text.strict_json import reader, signed_reader
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


@given(values)
def test_what_devices_sign_is_read_again(value: Any) -> None:
    assert signed_reader()(json.dumps(value)) == value
    assert signed_reader(unique=False)(json.dumps(value)) == value


@pytest.mark.parametrize("text", ["1.0", "1e3", "NaN", "Infinity", "[-0.5]", "{", "", "[1,]"])
def test_a_signed_text_has_no_number_with_a_point(text: str) -> None:
    for unique in (True, False):
        with pytest.raises(ValueError):
            signed_reader(unique=unique)(text)


def test_a_number_with_a_point_is_refused_in_the_callers_words() -> None:
    def wrong(text: str) -> NoReturn:
        raise Refused(W("“{text}”不行", "not {text}"), text=text)

    with pytest.raises(Refused, match=r"“1\.5”不行"):
        signed_reader(wrong)('{"a":1.5}')


def test_a_name_twice_is_refused_where_no_canonical_form_tells() -> None:
    with pytest.raises(ValueError, match="repeated"):
        signed_reader()('{"a":{"b":1,"b":1}}')
    assert signed_reader(unique=False)('{"b":1,"b":2}') == {"b": 2}


def test_whole_numbers_have_at_most_so_many_digits() -> None:
    read_short = signed_reader(digits=3)
    assert read_short("[999,-99]") == [999, -99]
    for text in ("1000", "-999"):
        with pytest.raises(ValueError, match="bounds"):
            read_short(text)
    assert signed_reader()("1000") == 1000
