"""Facts about qualifications: the days that are left."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.book.derived_state import StateView
from models.queries.facts import facts_of
from tests.support.preparation import file_of
from tests.support.staff import Staff


@pytest.mark.parametrize(
    ("days", "said", "tone"),
    [
        (60, "还有 60 天到期", ""),
        (30, "还有 30 天到期", "warn"),
        (7, "还有 7 天到期", "bad"),
        (0, "今天到期", "bad"),
        (-3, "已到期 3 天", "bad"),
    ],
)
def test_it_says_how_long_it_is_valid(staff: Staff, days: int, said: str, tone: str) -> None:
    book = staff.office
    file_of(staff, staff.engineer.me, valid_to=(book.today + timedelta(days=days)).isoformat())
    [(id,)] = book.store.rows("SELECT id FROM qualification")
    found = list(facts_of(book, book.get(id), StateView(book.store)))
    assert [(one.text, one.tone) for one in found] == [(said, tone)]


def test_nothing_is_said_before(staff: Staff) -> None:
    book = staff.office
    file_of(staff, staff.engineer.me, valid_to="2099-01-01")
    [(id,)] = book.store.rows("SELECT id FROM qualification")
    assert list(facts_of(book, book.get(id), StateView(book.store))) == []
