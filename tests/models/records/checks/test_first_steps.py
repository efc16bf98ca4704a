"""First steps of the checks: only a template in use counts, only a sheet that was handed in."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.records.checks.first_steps import handed_in, in_use
from models.records.checks.rounds import due_rounds
from tests.support.check_days import FRIDAY
from tests.support.checks import template

pytestmark = pytest.mark.usefixtures("morning")


def test_a_draft_is_not_in_use_and_an_open_sheet_not_handed_in(book: Book, project: str) -> None:
    made = template(book, items=(), publish=False)
    assert not in_use(book)
    book.move(made, "publish")
    assert in_use(book) and not handed_in(book)
    sheet = due_rounds.begin(book, due_rounds.rounds(book, FRIDAY)[0])
    assert not handed_in(book)
    book.move(sheet.id, "submit")
    assert handed_in(book)
