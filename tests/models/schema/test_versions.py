"""Versions of a row: written compactly, read again, the same text for the same versions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.schema.versions import FieldVersions, LocalDot

dots = st.tuples(st.integers(0, 1 << 20), st.integers(1, 1 << 53))
registers = st.sampled_from(["cause", "state", "void", "limits", "x=y", "原因"])
listings = st.dictionaries(registers, st.lists(dots, min_size=1, max_size=3), max_size=4)


@given(dots, listings)
def test_what_is_written_is_read_again(
    default: LocalDot, listed: dict[str, list[LocalDot]]
) -> None:
    made = FieldVersions(f"{default[0]}.{default[1]}")
    for register, some in listed.items():
        made.put(register, some)
    again = FieldVersions(made.text())
    assert again.default == default
    assert again.listed == {name: tuple(some) for name, some in listed.items()}
    assert again.text() == made.text()
    assert again.every() == {default, *(dot for some in listed.values() for dot in some)}
    assert all(again.has(dot) for dot in again.every())


@given(listings)
def test_the_text_does_not_depend_on_the_order_of_writing(
    listed: dict[str, list[LocalDot]],
) -> None:
    there, back = FieldVersions("1.1"), FieldVersions("1.1")
    for register, some in listed.items():
        there.put(register, some)
    for register, some in reversed(listed.items()):
        back.put(register, some)
    assert there.text() == back.text()


def test_the_compact_form() -> None:
    read = FieldVersions("3.17;cause=3.18;state=4.2+3.19")
    assert read.default == (3, 17)
    assert read.of("cause") == ((3, 18),)
    assert read.of("state") == ((4, 2), (3, 19))  # the one that is shown first
    assert read.of("phenomenon") == ((3, 17),)
    assert read.text() == "3.17;cause=3.18;state=4.2+3.19"
    assert FieldVersions("3.17").text() == "3.17"


def test_a_register_nobody_set_has_no_version() -> None:
    read = FieldVersions("3.17;cause=3.18")
    assert read.standing("phenomenon", present=True) == ((3, 17),)
    assert read.standing("phenomenon", present=False) == ()
    assert read.standing("cause", present=False) == ((3, 18),)  # cleared on purpose


def test_has_names_no_other() -> None:
    read = FieldVersions("3.17;cause=3.18+4.2")
    assert [dot for dot in [(3, 17), (3, 18), (4, 2), (4, 17), (3, 2)] if read.has(dot)] == [
        (3, 17),
        (3, 18),
        (4, 2),
    ]


@pytest.mark.parametrize("text", ["", "3", "3.", ".1", "a.b", "3.17;cause", "3.1;c=1.1+"])
def test_anything_else_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):
        FieldVersions(text)
