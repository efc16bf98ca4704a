"""Columns: what is written is read again, and nothing out of bounds is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text.words import Refused
from sync.changes.change import TEXT, WHOLE
from sync.encoding import columns
from sync.encoding.columns import Ids, is_id, known_ids, numbers, read, read_numbers, table, write
from tests.support.changes import DEVICE, OTHER

FIRST = "0190a1b2-0000-7000-8000-000000000001"
whole = st.integers(-WHOLE, WHOLE - 1) | st.integers(-300, 300)
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
ids = st.uuids().map(str)


def again(values: Sequence[Any], near: Sequence[int], known: Sequence[str] = ()) -> list[Any]:
    """The values of a column after writing and reading."""
    made = Ids(known)
    tag, parts = write(values, near, made)
    return read(tag, iter(parts), near, table(known, made.blob())).values


@given(st.lists(whole, min_size=1, max_size=9), st.data())
def test_numbers_come_out_as_they_went_in(values: list[int], data: st.DataObject) -> None:
    near = data.draw(st.lists(whole, min_size=len(values), max_size=len(values)))
    assert again(values, near) == values


@given(st.lists(ids, min_size=1, max_size=9))
def test_ids_come_out_as_they_went_in_known_or_new(values: list[str]) -> None:
    assert again(values, [0] * len(values)) == values
    assert again(values, [0] * len(values), known=list(dict.fromkeys(values))[:1]) == values


@given(st.lists(texts | ids | whole | st.booleans() | st.none(), min_size=1, max_size=9))
def test_values_of_any_kind_come_out_with_their_types(values: list[Any]) -> None:
    found = again(values, [0] * len(values))
    assert [(type(one), one) for one in found] == [(type(one), one) for one in values]


@given(st.lists(st.integers(-WHOLE, WHOLE - 1), min_size=1, max_size=9))
def test_packed_numbers_are_as_wide_as_the_widest(values: list[int]) -> None:
    packed = numbers(values)
    assert read_numbers(packed, len(values)) == values
    if isinstance(packed, bytes):
        width = len(packed) // len(values)
        assert width in (1, 2, 4, 8)
        assert width == 1 or max(max(values), -min(values) - 1) >= 1 << 8 * (width // 2) - 1


def test_equal_numbers_take_one() -> None:
    assert numbers([7, 7, 7]) == 7
    assert read_numbers(7, 3) == [7, 7, 7]


@pytest.mark.parametrize(
    ("packed", "count"), [(b"", 1), (b"abc", 2), (b"abc", 1), (b"a" * 16, 1), (None, 1), (b"a", 0)]
)
def test_numbers_of_another_width_are_refused(packed: object, count: int) -> None:
    with pytest.raises(Refused):
        read_numbers(packed, count)


def test_an_id_has_one_form() -> None:
    assert is_id(FIRST)
    for other in (FIRST.upper().replace("0", "A", 1), FIRST[:-1], FIRST + "0", "", FIRST + "\n"):
        assert not is_id(other)
    assert known_ids(DEVICE, "r1", OTHER, DEVICE) == [DEVICE, OTHER]


def test_a_known_id_is_not_written() -> None:
    made = Ids([DEVICE])
    assert made.places([DEVICE, OTHER, DEVICE]) == [0, 1, 0]
    assert len(made.blob()) == 16
    assert made.places([DEVICE, "no id"]) is None
    assert table([DEVICE], made.blob()) == [DEVICE, OTHER]


def test_half_an_id_in_the_table_is_refused() -> None:
    with pytest.raises(Refused):
        table([], bytes(15))


HOSTILE: dict[str, tuple[int, list[Any], int]] = {
    "a place before the table": (columns.IDS, [-1], 1),
    "a place after the table": (columns.IDS, [5], 1),
    "no number for a place": (columns.SAME_ID, ["0"], 1),
    "a float": (columns.SAME, [0.5], 1),
    "a list": (columns.SAME, [[1]], 1),
    "bytes": (columns.SAME, [b"x"], 1),
    "too few texts": (columns.TEXTS, [["a"]], 2),
    "a number among texts": (columns.TEXTS, [["a", 1]], 2),
    "no list of texts": (columns.TEXTS, ["ab"], 2),
    "a NUL": (columns.TEXTS, [["a\0", "b"]], 2),
    "a long text": (columns.SAME, ["原" * (TEXT // 3 + 1)], 1),
    "a number too large": (columns.MIXED, [[WHOLE, 1]], 2),
    "a step too far": (columns.STEP, [WHOLE - 1, 1], 2),
    "an unknown tag": (9, [[1, 2]], 2),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_column_is_refused(name: str) -> None:
    tag, parts, count = HOSTILE[name]
    with pytest.raises(Refused):
        read(tag, iter(parts), [0] * count, [FIRST])


def test_a_column_says_how_json_writes_its_values() -> None:
    found = read(columns.MIXED, iter([['a"', 1, None, True, False]]), [0] * 5, [])
    assert found.json == ['"a\\""', 1, "null", "true", "false"]
    assert found.size == sum(len(str(one)) for one in found.json if one != 1) + 8
