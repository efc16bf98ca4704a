"""Trends: each formula on a book small enough to count by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.records.statistics.trends import Share, trends
from tests.support.checks import template
from tests.support.escalations import ESCALATED

WEEKS = ["2026-W45", "2026-W46", "2026-W47"]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Monday of week 45."""
    with time_machine.travel(instant(date(2026, 11, 2), 9 * 60) / 1000, tick=False) as traveller:
        yield traveller


def to(clock: time_machine.Traveller, day: int) -> None:
    """A day of November 2026, ten o'clock."""
    clock.move_to(instant(date(2026, 11, day), 600) / 1000)


def fix(book: Book, project: str) -> str:
    """A problem found now."""
    return book.add("fix", {"phenomenon": "风扇异响"}, project=project).id


def put_right(book: Book, id: str) -> None:
    """Corrected, verified and closed."""
    book.move(id, "fix", {"cause": "积尘", "correction": "清洗"})
    book.move(id, "verify")
    book.move(id, "close")


def test_problems_are_counted_once(book: Book, project: str, clock: time_machine.Traveller) -> None:
    once, twice, escalated = (fix(book, project) for _ in range(3))
    book.add("escalation", {"phenomenon": "系统性故障"}, project=project)
    put_right(book, once)
    to(clock, 10)  # week 46
    put_right(book, twice)
    book.move(twice, "reopen", comment="又响了")
    book.move(escalated, "escalate", ESCALATED)
    to(clock, 18)  # week 47
    put_right(book, twice)
    book.add("fix", {"phenomenon": "刚刚发生"}, project=project)
    found = trends(book, [project], WEEKS)
    assert [(p.opened, p.closed, p.open) for p in found.points] == [(4, 1, 3), (0, 0, 3), (1, 1, 3)]
    assert [p.first_time for p in found.points] == [Share(1, 1), Share(0, 0), Share(0, 1)]
    assert [p.first_time.percent for p in found.points] == [100, None, 0]
    assert found.ages == [1, 0, 0, 2, 0]  # one of today, two of sixteen days


def test_a_void_problem_and_another_project_count_for_nothing(book: Book, project: str) -> None:
    book.void(fix(book, project), "重复")
    other = book.add("project", {"name": "另一个项目"}).id
    fix(book, other)
    assert trends(book, [project], WEEKS).points[0].opened == 0
    assert trends(book, [project, other], WEEKS).points[0].opened == 1


def test_what_came_in_closed_was_closed_when_it_was_fixed(
    book: Book, project: str, clock: time_machine.Traveller
) -> None:
    fixed = instant(date(2026, 11, 4), 600)
    to(clock, 18)
    made = book.add(
        "fix",
        {"phenomenon": "旧故障", "correction": "更换", "fixed_at": fixed},
        project=project,
        occurred=instant(date(2026, 11, 3), 600),
    )
    book.imported(made.id, "closed", source="旧台账.xlsx")
    found = trends(book, [project], WEEKS).points
    assert [(p.opened, p.closed, p.open) for p in found] == [(1, 1, 0), (0, 0, 0), (0, 0, 0)]
    assert found[0].first_time == Share(0, 0)  # nothing is known of how often it was fixed


def test_the_pass_rate_leaves_out_what_was_not_checked(
    book: Book, project: str, clock: time_machine.Traveller
) -> None:
    from models.records.checks.questions import items_of

    made = template(book)
    items = items_of(book.store, made)
    sheet = book.add("sheet", {"template": made, "day": "2026-11-02", "round": 1}, project=project)
    results = [("ok", None), ("not_ok", None), ("na", "停用")]
    for item, (result, reason) in zip(items, results, strict=False):
        values = {"sheet": sheet.id, "item": item.id, "result": result, "reason": reason}
        book.add("answer", values)
    assert trends(book, [project], WEEKS).points[0].passed == Share(0, 0)  # not handed in yet
    book.move(sheet.id, "submit")
    assert trends(book, [project], WEEKS).points[0].passed == Share(1, 2)
