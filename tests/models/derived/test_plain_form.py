"""Plain form: what goes out comes back the same, and whatever else comes is refused."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.derived.plain_form import WHOLE, formed, plain

Scalar = str | int | bool | None


class Part(NamedTuple):
    """A part of a form."""

    name: str
    held: Scalar


class Whole(NamedTuple):
    """A form with everything that a form may have."""

    title: str
    amount: int
    given: bool
    word: str | None
    names: list[str]
    parts: list[Part]
    values: dict[str, Scalar]
    one: Part | None


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
scalars = st.one_of(texts, st.integers(-WHOLE, WHOLE - 1), st.booleans(), st.none())
parts = st.builds(Part, texts, scalars)
wholes = st.builds(
    Whole,
    texts,
    st.integers(-WHOLE, WHOLE - 1),
    st.booleans(),
    st.one_of(st.none(), texts),
    st.lists(texts),
    st.lists(parts),
    st.dictionaries(texts, scalars),
    st.one_of(st.none(), parts),
)


@given(wholes)
def test_what_goes_out_comes_back(whole: Whole) -> None:
    assert formed(Whole, json.loads(json.dumps(plain(whole)))) == whole


RIGHT: dict[str, Any] = {"title": "x", "amount": 1, "given": True}
WRONG: dict[str, Any] = {
    "no mapping": [],
    "a part that is not declared": {**RIGHT, "other": 1},
    "a text that is none": {**RIGHT, "title": 1},
    "a text that is missing": {"amount": 1, "given": True},
    "a flag for a number": {**RIGHT, "amount": True},
    "a number for a flag": {**RIGHT, "given": 1},
    "a number with a point": {**RIGHT, "amount": 1.0},
    "a number beyond all bounds": {**RIGHT, "amount": WHOLE},
    "half a character": {**RIGHT, "title": "\ud800"},
    "a NUL": {**RIGHT, "word": "a\0"},
    "a text for a list": {**RIGHT, "names": "ab"},
    "a list for a mapping": {**RIGHT, "values": []},
    "a list among the values": {**RIGHT, "values": {"a": []}},
    "a wrong part inside": {**RIGHT, "parts": [{"name": 5}]},
}


def test_the_smallest_form_fits() -> None:
    assert formed(Whole, RIGHT) == Whole("x", 1, True, None, [], [], {}, None)


@pytest.mark.parametrize("name", WRONG)
def test_what_does_not_fit_is_refused(name: str) -> None:
    with pytest.raises(ValueError):
        formed(Whole, WRONG[name])
