"""The round plan: the rounds of some days, each once, with the sheet of any version."""

from __future__ import annotations

from datetime import date

import pytest

from models.book.book import Book
from models.records.checks.rounds import due_rounds
from models.records.checks.rounds.round_plan import versions
from tests.support.check_days import FRIDAY, MONDAY
from tests.support.checks import template

pytestmark = pytest.mark.usefixtures("morning")


def test_every_period_that_has_a_day_in_between(book: Book, project: str) -> None:
    template(book, items=())
    template(book, items=(), name_zh="周检", frequency="weekly")
    template(book, items=(), name_zh="月检", frequency="monthly")
    found = due_rounds.rounds_between(book.store, due_rounds.mine(book), FRIDAY, MONDAY)
    assert [(one.title(), one.span()) for one in found] == [
        *(("机房日检", day) for day in ("11-20", "11-21", "11-22", "11-23")),
        *(("周检", week) for week in ("W47", "W48")),
        ("月检", "2026-11"),
    ]


def test_nothing_is_asked_before_the_template_was_in_use(book: Book, project: str) -> None:
    template(book, items=())
    first = date(2026, 11, 16)
    found = due_rounds.rounds_between(book.store, due_rounds.mine(book), first, FRIDAY)
    assert [one.first for one in found] == [FRIDAY]


def test_a_begun_round_is_there_with_its_sheet(book: Book, project: str) -> None:
    of = template(book, items=())
    (round,) = due_rounds.rounds(book, FRIDAY)
    sheet = due_rounds.begin(book, round)
    (again,) = due_rounds.rounds_between(book.store, due_rounds.mine(book), FRIDAY, FRIDAY)
    assert again.sheet is not None and again.sheet.id == sheet.id
    assert versions(book.store, of) == [of]
