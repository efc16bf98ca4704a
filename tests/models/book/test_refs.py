"""What the book refuses beside field values: odd refs, words of moves, strange projects."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.text.words import Refused
from tests.support.hostile import REFUSED


@pytest.mark.parametrize(
    "ref", ["", " ", "a\nb", "a\x1b[31m", "r\u202e", "x" * 201, "a\x00", "\ud800"]
)
def test_a_ref_that_is_no_plain_word_is_refused(book: Book, project: str, ref: str) -> None:
    with pytest.raises(Refused, match="ref"):
        book.add("fix", {"phenomenon": "x"}, project=project, ref=ref)
    assert book.find("FX-2026-A-0001") is None


@pytest.mark.parametrize("ref", ["A-1", "工单 2026/11-22 #7", "r" * 200])
def test_a_ref_is_kept_as_given(book: Book, project: str, ref: str) -> None:
    made = book.add("fix", {"phenomenon": "x"}, project=project, ref=ref)
    assert book.get(ref).id == made.id and book.get(ref).ref == ref


@pytest.mark.parametrize("text", [*REFUSED.values(), "长" * 90_000])
def test_words_of_a_move_or_a_void_are_held_to_what_text_may_be(
    book: Book, project: str, text: str
) -> None:
    made = book.add("fix", {"phenomenon": "x", "correction": "y"}, project=project)
    book.move(made.id, "fix")
    with pytest.raises(Refused, match=r"说明|理由"):
        book.move(made.id, "fail", comment=text)
    with pytest.raises(Refused, match=r"说明|理由"):
        book.void(made.id, text)
    assert book.get(made.id).state == "fixed" and book.get(made.id).void is None


def test_a_row_stays_in_the_project_of_what_it_belongs_to(book: Book, project: str) -> None:
    other = book.add("project", {"name": "另一个项目"})
    weekly = book.add("weekly", {"week": "2026-W47", "person": book.me}, project=project)
    values = {"weekly": weekly.id, "source": weekly.id}
    row = book.add("weekly_problem", values, project=other.id)
    assert row.project == project and book.space_of(row) == book.space_of(weekly)


@pytest.mark.parametrize("rounds", [0, 10, -1, 1 << 70])
def test_a_whole_number_keeps_its_bounds(book: Book, rounds: int) -> None:
    with pytest.raises(Refused, match="每日轮次"):
        book.add("template", {"name_zh": "机房", "rounds": rounds})
    assert book.add("template", {"name_zh": "机房", "rounds": 9}).number


def test_a_moment_beyond_every_calendar_is_refused(book: Book, project: str) -> None:
    with pytest.raises(Refused, match="处理时间"):
        book.add("fix", {"phenomenon": "x", "fixed_at": 1 << 70}, project=project)
