"""Joined text: nothing that anybody added is lost, and what one side took away is not joined."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.book.conflict.joined_text import joined_text

WORDS = st.sampled_from(["泵漏水", "已更换。", "a b", "1，2", "水", "b"])
LINES = st.lists(WORDS, max_size=4, unique=True)
ADDED = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from(["新甲", "新乙", "new", "再查，正常"])), max_size=3
)
SOME = settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])


def put(base: list[str], added: list[tuple[int, str]]) -> str:
    """The lines with more lines at some places."""
    made = list(base)
    for at, line in added:
        made.insert(min(at, len(made)), line)
    return "\n".join(made)


@pytest.mark.shows(69)
@SOME
@given(LINES, st.lists(ADDED, min_size=2, max_size=3))
def test_every_added_line_is_there_in_its_order_and_so_is_the_base(
    base: list[str], added: list[list[tuple[int, str]]]
) -> None:
    texts = [put(base, one) for one in added]
    made = joined_text("\n".join(base), texts)
    assert made is not None
    lines = made.split("\n")
    for text in texts:
        left = iter(lines)
        assert all(line in left for line in text.split("\n") if text), (lines, text)
    wanted = len(base) + sum(len(one) for one in {tuple(some): some for some in added}.values())
    assert len(lines) <= max(wanted, 1)


@SOME
@given(LINES.filter(bool), ADDED, st.data())
def test_who_deleted_a_line_leaves_nothing_to_offer(
    base: list[str], added: list[tuple[int, str]], data: st.DataObject
) -> None:
    gone = data.draw(st.integers(0, len(base) - 1))
    rest = base[:gone] + base[gone + 1 :]
    if any(base[gone] in line for line in rest):
        return  # it is there still, as part of another line
    assert joined_text("\n".join(base), [put(base, added), "\n".join(rest)]) is None


@SOME
@given(LINES, ADDED)
def test_equal_texts_give_that_text(base: list[str], added: list[tuple[int, str]]) -> None:
    text = put(base, added)
    assert joined_text("\n".join(base), [text, text]) == text


@pytest.mark.parametrize(
    ("base", "texts", "made"),
    [
        ("风扇异响", ["风扇异响，已更换", "风扇异响，电压正常"], "风扇异响，已更换，电压正常"),
        ("fan noisy", ["fan noisy, replaced", "At 8: fan noisy"], "At 8: fan noisy, replaced"),
        ("一\n二", ["一\n一点五\n二", "一\n二\n三"], "一\n一点五\n二\n三"),
        ("", ["甲", "乙"], "甲\n乙"),
        ("一", ["一", "一\n二"], "一\n二"),
        ("一\n\n二", ["一\n\n二\n三", "零\n一\n\n二"], "零\n一\n\n二\n三"),
        ("风扇异响", ["风扇正常", "风扇异响，已更换"], None),
        ("一\n二", ["二\n一", "一\n二\n三"], None),
        ("一", ["", "一二"], None),
    ],
)
def test_examples(base: str, texts: list[str], made: str | None) -> None:
    assert joined_text(base, texts) == made


def test_of_one_line_what_comes_first_is_named_between() -> None:
    assert joined_text("", ["a", "b"], "; ") == "a; b"
