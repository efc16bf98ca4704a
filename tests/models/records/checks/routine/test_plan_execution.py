"""Plan and execution: each round with its standing, lines by kind of work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.calendar.business_dates import instant
from models.records.checks.routine.plan_execution import PlanLine, execution, lines
from models.text.words import language
from tests.support.check_weeks import checked_week, heard
from tests.support.staff import Staff


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The Monday morning before the week that is checked."""
    with time_machine.travel(instant(date(2026, 11, 16), 480) / 1000, tick=False) as traveller:
        yield traveller


FIRST, LAST = date(2026, 11, 16), date(2026, 11, 20)


def test_each_round_stands_as_it_was_done(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    checked_week(staff, project, clock)
    heard(staff.manager)
    found = execution(staff.manager, [project], FIRST, LAST)
    assert [(f"{one.work.day:%d}", one.standing) for one in found.rounds] == [
        *(("16", "done"), ("17", "late"), ("18", "missing"), ("19", "done"), ("20", "done"))
    ]
    assert [(one.result, one.reason) for one in found.skipped] == [("unchecked", "机房停电")]
    assert len(found.not_ok) == 1
    assert execution(staff.manager, [], FIRST, LAST).works == []


def test_what_was_not_heard_of_is_told_apart(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    """A device that was silent since may hold it: it is not said to be missing."""
    checked_week(staff, project, clock)
    found = execution(staff.manager, [project], FIRST, LAST)
    assert [one.standing for one in found.rounds].count("missing") == 0
    (line,) = [one for one in lines(staff.manager, found) if one.code.startswith("sheet:")]
    assert (line.unsynced, line.deviates) == (1, True) and "未同步 1" in line.text


@pytest.mark.parametrize(
    ("days", "said"),
    [(1, "：11-01"), (6, "11-06"), (8, "等 8 天")],
)
def test_a_line_names_some_days_and_counts_the_others(days: int, said: str) -> None:
    named = [f"2026-11-{day:02}" for day in range(1, days + 1)]
    line = PlanLine("sheet", "日检", 9, 9 - days, 0, days, 0, named, None)
    assert line.text.endswith(said)
    language.now = "en"
    assert line.text.startswith("due 9, in time")


def test_what_was_done_in_time_has_no_days() -> None:
    line = PlanLine("sheet", "日检", 9, 9, 0, 0, 0, [], None)
    assert not line.deviates and line.text == "应做 9，按时 9，迟 0，未做 0"
