"""Question evidence: areas register what answers a question, and whether it speaks for yes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from models.book.book import Book
from models.records.checks.quarterly import question_evidence
from models.records.checks.quarterly.question_evidence import Evidence, Quarter, answers, evidence
from models.text.words import W

QUARTER = Quarter("p", date(2026, 10, 1), date(2026, 12, 31))


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    """What is registered here is forgotten after the test."""
    before = {name: list(some) for name, some in question_evidence._providers.items()}
    yield
    question_evidence._providers.clear()
    question_evidence._providers.update(before)


def test_all_areas_are_asked_in_turn(book: Book) -> None:
    for n in (1, 2):

        @answers("tours")
        def _(_book: Book, quarter: Quarter, n: int = n) -> Iterator[Evidence]:
            assert quarter is QUARTER
            yield Evidence(W(f"{n} 次", f"{n} tours"), ("a",))

    assert [str(one.text) for one in evidence(book, "tours", QUARTER)] == ["1 次", "2 次"]
    assert list(evidence(book, "unknown", QUARTER)) == []


def test_what_is_lacking_or_proved_by_nothing_is_marked() -> None:
    word = W("一次", "one")
    assert Evidence(word, ("a",)).tone == ""
    assert Evidence(word, ("a",), ("b",)).tone == Evidence(word).tone == "warn"
