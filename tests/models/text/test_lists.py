"""Lists: the same names are the same text, whoever wrote them in whatever order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text.lists import MOST, is_list, list_of, names_of

NAMES = st.lists(st.from_regex(r"[a-z0-9_.-]{1,12}", fullmatch=True), max_size=8)


@given(NAMES, st.randoms(use_true_random=False))
def test_the_order_of_choosing_makes_no_other_text(names: list[str], chance: object) -> None:
    turned = [*names, *names]
    chance.shuffle(turned)  # type: ignore[attr-defined]
    text = list_of(turned)
    assert text == list_of(names)
    assert names_of(text) == sorted({*names})
    assert text is None or is_list(text)


@pytest.mark.parametrize(
    "odd", ["", ",", "b,a", "a,a", "a,", "a b", "中", "a\n", "x" * 65, ",".join("abc" * 300)]
)
def test_what_is_no_list_is_told_apart_and_still_read(odd: str) -> None:
    assert not is_list(odd)
    assert all(names_of(odd))


def test_a_list_is_bounded() -> None:
    assert is_list(str(list_of(f"{n:04d}" for n in range(MOST))))
    assert not is_list(str(list_of(f"{n:04d}" for n in range(MOST + 1))))


@pytest.mark.parametrize("none", [None, "", 7, True, {"a": 1}])
def test_no_names(none: object) -> None:
    assert names_of(none) == []
