"""Round navigation: the round that a page begins with, and the ones beside it."""

from __future__ import annotations

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.records.checks.rounds import due_rounds
from models.text.words import Refused
from tests.support.check_days import FRIDAY, MONDAY
from tests.support.checks import template
from tui.areas.checks.round_navigation import RoundNavigation

pytestmark = pytest.mark.usefixtures("friday")


@pytest.fixture
def two(book: Book, project: str) -> RoundNavigation:
    """Two checklists of today."""
    template(book, name_zh="机房")
    template(book, name_zh="动力")
    return RoundNavigation(book)


def test_without_an_id_it_is_the_round_to_go_on_with(two: RoundNavigation) -> None:
    first, second = two.rounds()
    assert two.round(None) == first
    begun = due_rounds.begin(two.book, second)
    found = two.round(None)
    assert found is not None and found.sheet is not None and found.sheet.id == begun.id


def test_a_round_is_found_by_its_key_and_by_its_sheet(two: RoundNavigation) -> None:
    _, second = two.rounds()
    assert two.round(second.key) == second
    begun = due_rounds.begin(two.book, second)
    for id in (second.key, begun.id):
        found = two.round(id)
        assert found is not None and found.key == second.key and found.sheet is not None


def test_an_old_sheet_is_found_after_its_day(
    two: RoundNavigation, friday: time_machine.Traveller
) -> None:
    begun = due_rounds.begin(two.book, two.rounds()[0])
    friday.move_to(instant(MONDAY, 9 * 60 + 7 * 24 * 60) / 1000)
    assert all(one.sheet is None or one.sheet.id != begun.id for one in two.rounds())
    found = two.round(begun.id)
    assert found is not None and found.first == FRIDAY


def test_what_is_not_here_is_refused(two: RoundNavigation) -> None:
    with pytest.raises(Refused, match="请先同步"):
        two.round("01900000-0000-7000-8000-000000000000")


def test_the_ones_beside_go_round_and_round(two: RoundNavigation) -> None:
    first, second = two.rounds()
    assert two.neighbour(first, 1) == second and two.neighbour(second, 1) == first
    assert two.neighbour(first, -1) == second
    assert two.neighbour(None, 1) == first


def test_beside_the_only_one_there_is_none(book: Book, project: str) -> None:
    alone = RoundNavigation(book)
    assert alone.round(None) is None
    with pytest.raises(Refused, match="没有别的检查表"):
        alone.neighbour(None, 1)
    template(book)
    with pytest.raises(Refused, match="没有别的检查表"):
        alone.neighbour(alone.rounds()[0], 1)
