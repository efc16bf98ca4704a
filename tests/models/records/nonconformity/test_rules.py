"""Rules of corrective actions: their source, and the day of their evaluation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book import rules
from models.calendar.business_dates import instant
from tests.support.corrective_actions import PLANNED, action, done, working
from tests.support.staff import Staff, attach, no_edit


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A Thursday; five weeks later the new year begins."""
    with time_machine.travel(instant(date(2026, 11, 26), 540) / 1000, tick=False) as traveller:
        yield traveller


@pytest.mark.parametrize(
    ("sort", "weeks", "day"),
    [
        ("correction", None, "2026-11-26"),
        ("corrective", None, "2026-12-24"),
        ("preventive", 1, "2026-12-03"),
        ("corrective", 0, "2026-11-26"),
    ],
)
def test_the_evaluation_counts_from_the_day_on_which_it_was_done(
    staff: Staff, project: str, sort: str, weeks: int | None, day: str
) -> None:
    more = {"sort": sort, "check_weeks": weeks, "risk": "再次漏登"}
    assert done(staff, project, **more).values()["check_on"] == day


def test_it_falls_on_a_working_day(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    clock.move_to(instant(date(2026, 11, 28), 540) / 1000)  # a Saturday
    assert done(staff, project, check_weeks=1).values()["check_on"] == "2026-12-07"


def test_done_again_it_is_evaluated_after_the_set_time_again(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    made = done(staff, project)
    clock.move_to(instant(date(2026, 12, 3), 540) / 1000)
    staff.quality.move(made.id, "fail", comment="又漏登")
    staff.engineer.move(made.id, "plan", PLANNED)
    again = staff.engineer.move(made.id, "finish")
    assert again.values()["check_on"] == "2026-12-31"


def test_the_file_attached_last_is_offered_as_evidence(staff: Staff, project: str) -> None:
    made = working(staff, project)
    assert rules.proposed_values(staff.engineer, made, "finish") == {}
    file = attach(staff.engineer, made.id)
    assert rules.proposed_values(staff.engineer, made, "finish") == {"evidence": file}


def test_it_is_not_its_own_source(staff: Staff, project: str) -> None:
    made = action(staff.manager, project)
    assert "自己" in no_edit(staff.manager, made.id, source=made.id)
    fix = staff.engineer.add("fix", {"phenomenon": "漏登"}, project=project)
    staff.manager.edit(made.id, {"source": fix.id})
