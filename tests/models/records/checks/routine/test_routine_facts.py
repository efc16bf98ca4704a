"""Facts: the figures on the page of a check, and what a deviation led to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.book import Book
from models.book.derived_state import StateView
from models.calendar.business_dates import instant
from models.queries.facts import RecordFact, facts_of
from models.records.checks.routine.routine_rules import deviations
from models.records.common import follow_ups
from models.schema.record import Record
from tests.support.check_weeks import check, checked_week
from tests.support.staff import Staff


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The Monday morning before the week that is checked."""
    with time_machine.travel(instant(date(2026, 11, 16), 480) / 1000, tick=False) as traveller:
        yield traveller


def told(book: Book, record: Record) -> list[RecordFact]:
    return list(facts_of(book, record, StateView(book.store)))


def test_a_check_tells_its_figures(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    checked_week(staff, project, clock)
    made = check(staff, project)
    said = {str(one.label): one.text for one in told(staff.manager, made) if one.label}
    assert (said["应检"], said["按时完成率"], said["异常项"]) == ("5", "60%", "1")
    staff.manager.store.db.execute_sql("UPDATE routine_check SET last='x'")
    (fault,) = [one for one in told(staff.manager, staff.manager.get(made.id)) if one.tone == "bad"]
    assert "没有" in fault.text or "不是" in fault.text


def test_a_deviation_names_what_it_led_to(
    staff: Staff, project: str, clock: time_machine.Traveller
) -> None:
    checked_week(staff, project, clock)
    made = check(staff, project)
    row = deviations(staff.manager, made)[0]
    row = staff.manager.move(row.id, "major", {"reason": "人手不足"})
    assert [one.tone for one in told(staff.manager, row)] == ["bad"]
    values = follow_ups.values(staff.manager, row, "escalation")
    raised = staff.manager.add("escalation", values, project=project)
    (fact,) = told(staff.manager, row)
    assert fact.records == (raised.id,)
