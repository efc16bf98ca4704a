"""Time at each stage: the median of working time, with its cases, the slowest first."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import HOUR_MS, instant
from models.records.statistics.stage_times import stages
from tests.support.escalations import taken_up


@pytest.mark.shows(87)
def test_nights_and_weekends_do_not_count(book: Book, project: str) -> None:
    with time_machine.travel(instant(date(2026, 11, 20), 540) / 1000, tick=False) as clock:
        made = [book.add("escalation", {"phenomenon": "x"}, project=project) for _ in range(3)]
        for one in made:
            book.move(one.id, "accept", taken_up(book))
        book.add(
            "weekly", {"week": "2026-W47", "person": book.me, "progress": "x"}, project=project
        )
        for one, (day, minute) in zip(made, ((20, 600), (20, 720), (24, 540)), strict=True):
            clock.move_to(instant(date(2026, 11, day), minute) / 1000)
            book.move(one.id, "draft", {"solution": "x"})
        book.move(made[0].id, "approve")
    since = instant(date(2026, 11, 16))
    found = stages(book, [project], since)
    assert [(s.kind.name, s.state.name, s.worked // HOUR_MS, s.n) for s in found] == [
        ("escalation", "drafted", 15, 1),  # Friday ten to Tuesday nine: seven and eight
        ("escalation", "accepted", 3, 3),  # one, three and sixteen hours
    ]
    assert stages(book, [project], instant(date(2026, 12, 1))) == []
    assert stages(book, [], since) == []
