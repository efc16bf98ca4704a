"""How many are drawn, and that anybody draws the same from the same population."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records.checks.samples import sample_draw
from models.records.checks.template import Template


@pytest.mark.parametrize(
    ("share", "least", "count", "size"),
    [
        ("10", 20, 500, 50),
        ("10", 20, 100, 20),
        ("10", 20, 7, 7),
        ("12.5", None, 100, 13),
        ("10", None, 30, 3),
        (None, 5, 300, 5),
        (None, None, 300, None),
        ("0", None, 300, None),
    ],
)
def test_the_share_is_rounded_up_and_at_least_so_many(
    share: str | None, least: int | None, count: int, size: int | None
) -> None:
    made = Template(sample_share=share, sample_least=least)
    found = sample_draw.size(made, count)
    assert found == (0 if share == "0" else size)


@given(st.lists(st.text(max_size=8), max_size=30), st.integers(0, 40), st.randoms())
def test_the_order_of_writing_means_nothing(lines: list[str], size: int, shuffled: object) -> None:
    found = sample_draw.members("\n".join(lines))
    other = list(found)
    shuffled.shuffle(other)  # type: ignore[attr-defined]
    seed, drawn = sample_draw.draw("sheet", "帐号", found, min(size, len(found)))
    assert sample_draw.draw("sheet", "帐号", other, min(size, len(found))) == (seed, drawn)
    assert len(set(drawn)) == len(drawn) == min(size, len(found)) and set(drawn) <= set(found)


def test_each_line_counts_once() -> None:
    assert sample_draw.members(" li  si\n\nwang\nli si ") == ["li si", "wang"]
