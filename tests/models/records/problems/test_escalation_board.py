"""The escalation desk: lanes by state, cards by what runs out first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.records.problems.escalation_board import AGES, Lane, board
from models.schema.record import Record
from tests.support.escalations import taken_up

WEDNESDAY = date(2026, 11, 18)
HOUR = 3_600_000


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A Wednesday, nine o'clock."""
    with time_machine.travel(instant(WEDNESDAY, 540) / 1000, tick=False) as traveller:
        yield traveller


def raised(book: Book, project: str, text: str, day: int = 18, **values: object) -> Record:
    """An escalation that occurred on a day of that November."""
    occurred = instant(date(2026, 11, day), 540)
    given = {"phenomenon": text, **values}
    return book.add("escalation", given, project=project, occurred=occurred)


def shown(lanes: list[Lane]) -> dict[str, list[str]]:
    """State -> the texts of its cards."""
    return {lane.state.name: [card.record.title() for card in lane.cards] for lane in lanes}


def test_lanes_follow_the_life_and_leave_out_what_is_over(book: Book, project: str) -> None:
    raised(book, project, "甲")
    second = raised(book, project, "乙")
    book.move(second.id, "accept", taken_up(book))
    third = raised(book, project, "丙")
    book.void(third.id, "重复")
    other = book.add("project", {"name": "另一个"}).id
    raised(book, other, "别处")
    assert shown(board(book, [project])) == {"reported": ["甲"], "accepted": ["乙"]}
    assert sorted(shown(board(book, [project, other]))["reported"]) == ["别处", "甲"]
    assert board(book, []) == []


def test_the_overdue_come_first_the_furthest_of_them_before(
    book: Book, project: str, clock: time_machine.Traveller
) -> None:
    raised(book, project, "不急", 1)
    raised(book, project, "逾期", 10, due="2026-11-19")
    raised(book, project, "久逾期", 12, due="2026-11-18")
    clock.move_to(instant(date(2026, 11, 23), 540) / 1000)
    (lane,) = board(book, [project])
    assert [card.record.title() for card in lane.cards] == ["久逾期", "逾期", "不急"]
    assert {card.mark for card in lane.cards[:2]} == {100} and lane.overdue == 2


def test_ages_are_counted_in_classes_of_days(book: Book, project: str) -> None:
    for day in (18, 17, 16, 11, 10):
        raised(book, project, str(day), day)
    (lane,) = board(book, [project])
    assert sorted(card.days for card in lane.cards) == [0, 1, 2, 7, 8]
    assert AGES == (1, 3, 7, 30) and lane.ages == [2, 1, 1, 1, 0]


def test_working_time_counts_from_the_move_into_the_state(
    book: Book, project: str, clock: time_machine.Traveller
) -> None:
    made = raised(book, project, "甲")
    clock.move_to(instant(date(2026, 11, 19), 540) / 1000)
    assert board(book, [project])[0].cards[0].worked == 8 * HOUR
    book.move(made.id, "accept", taken_up(book))
    clock.move_to(instant(date(2026, 11, 19), 660) / 1000)
    assert board(book, [project])[0].cards[0].worked == 2 * HOUR


def test_a_card_has_the_people_of_its_working_group(book: Book, project: str) -> None:
    made = raised(book, project, "甲")
    values = {"escalation": made.id, "person": book.me}
    member = book.add("group_member", values, project=project)
    assert board(book, [project])[0].cards[0].group == (book.me,)
    book.void(member.id, "换人")
    assert board(book, [project])[0].cards[0].group == ()
