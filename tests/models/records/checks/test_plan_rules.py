"""Checklists and the plan: a task with a template is done by its sheet, on the day it came in."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine

from models.book.book import Book
from models.book.derived_state import StateView
from models.derived.revision_copy import new_revision
from models.queries.facts import facts_of
from models.queries.waiting.agenda import agenda
from models.records.preparation.execution.plan_execution import standings
from tests.support.checks import fine, items, template
from tests.support.service_plans import approved, noon, plan_of, task
from tests.support.staff import Staff


@pytest.fixture
def clock() -> Any:
    """Noon of 5 January 2026, moved on by `move_to(noon(…))`."""
    with time_machine.travel(noon("2026-01-05"), tick=False) as moved:
        yield moved


def submitted(book: Book, project: str, template: str, day: str, round: int = 1) -> str:
    """A sheet of a day with every item ok, handed in; its id."""
    values = {"template": template, "day": day, "round": round}
    sheet = book.ensure("sheet", values, project=project)
    for item in items(book, template):
        book.add("answer", {"sheet": sheet.id, "item": item, **fine(book, item)})
    return book.move(sheet.id, "submit").id


def told(book: Book, project: str) -> list[tuple[str, str, str | None, str | None]]:
    """(what, standing, done on, record) of January's tasks."""
    found = standings(book, [project], date(2026, 1, 1), date(2026, 1, 31))
    return [(one.what, one.standing, one.done_on, one.record) for one in found]


def test_a_weekly_task_is_done_by_the_week_s_sheet(staff: Staff, project: str, clock: Any) -> None:
    book = staff.engineer
    weekly = template(staff.manager, project, frequency="weekly", on_days="workdays")
    plan = plan_of(book, project)
    for monday, friday in (("2026-01-05", "2026-01-09"), ("2026-01-12", "2026-01-16")):
        task(book, plan.id, friday, friday, start=monday, template=weekly)
    approved(book, staff.department, plan.id)
    clock.move_to(noon("2026-01-08"))
    first = submitted(book, project, weekly, "2026-01-08")
    clock.move_to(noon("2026-01-19"))
    assert told(book, project) == [
        ("2026-01-09", "on_time", "2026-01-08", first),
        ("2026-01-16", "open", None, None),
    ]
    second = submitted(book, project, weekly, "2026-01-16")
    assert told(book, project)[1] == ("2026-01-16", "late", "2026-01-19", second)


def test_all_rounds_of_a_day_are_asked(staff: Staff, project: str, clock: Any) -> None:
    book = staff.engineer
    twice = template(staff.manager, project, rounds=2)
    plan = plan_of(book, project)
    task(book, plan.id, "日检", "2026-01-06", template=twice)
    approved(book, staff.department, plan.id)
    clock.move_to(noon("2026-01-06"))
    submitted(book, project, twice, "2026-01-06")
    assert told(book, project)[0][1] == "open"
    second = submitted(book, project, twice, "2026-01-06", round=2)
    assert told(book, project)[0][1:3] == ("on_time", "2026-01-06") and second


def test_of_two_tasks_alike_a_sheet_shows_neither(staff: Staff, project: str, clock: Any) -> None:
    book = staff.engineer
    daily = template(staff.manager, project)
    plan = plan_of(book, project)
    for site in ("东机房", "西机房"):
        task(book, plan.id, site, "2026-01-06", template=daily)
    task(book, plan.id, "别处", "2026-01-06")
    approved(book, staff.department, plan.id)
    clock.move_to(noon("2026-01-06"))
    submitted(book, project, daily, "2026-01-06")
    assert [one[1] for one in told(book, project)] == ["open"] * 3


def test_two_tasks_alike_are_that_wherever_one_is_asked_about(
    staff: Staff, project: str, clock: Any
) -> None:
    book = staff.engineer
    daily = template(staff.manager, project)
    plan, other = plan_of(book, project), plan_of(book, project, name="另一份计划")
    mine = task(book, plan.id, "东机房", "2026-01-06", template=daily)
    task(book, plan.id, "西机房", "2026-01-06", template=daily, doer=staff.colleague.me)
    task(book, other.id, "南机房", "2026-01-07", template=daily, doer=staff.colleague.me)
    fourth = task(book, plan.id, "北机房", "2026-01-07", template=daily)
    for each in (plan, other):
        approved(book, staff.department, each.id)
    for day in ("2026-01-06", "2026-01-07"):
        clock.move_to(noon(day))
        submitted(book, project, daily, day)
    clock.move_to(noon("2026-01-08"))
    for one in (mine, fourth):
        facts = [fact.text for fact in facts_of(book, one, StateView(book.store))]
        assert facts == ["未完成"]
    over = [one.awaited.title for one in agenda(book) if one.group == "plan" and one.awaited]
    assert over == ["东机房", "北机房"]


def test_tasks_with_two_versions_of_a_template_are_alike(
    staff: Staff, project: str, clock: Any
) -> None:
    book = staff.engineer
    daily = template(staff.manager, project)
    newer = new_revision(staff.manager, staff.manager.get(daily))
    staff.manager.move(newer.id, "publish")
    plan = plan_of(book, project)
    for site, version in (("东机房", daily), ("西机房", newer.id)):
        task(book, plan.id, site, "2026-01-06", template=version)
    approved(book, staff.department, plan.id)
    clock.move_to(noon("2026-01-06"))
    submitted(book, project, newer.id, "2026-01-06")
    assert [one[1] for one in told(book, project)] == ["open", "open"]


def test_a_sheet_of_a_newer_version_counts_and_one_returned_does_not(
    staff: Staff, project: str, clock: Any
) -> None:
    book = staff.engineer
    daily = template(staff.manager, project)
    plan = plan_of(book, project)
    task(book, plan.id, "日检", "2026-01-06", template=daily)
    approved(book, staff.department, plan.id)
    newer = new_revision(staff.manager, staff.manager.get(daily))
    staff.manager.move(newer.id, "publish")
    clock.move_to(noon("2026-01-06"))
    sheet = submitted(book, project, newer.id, "2026-01-06")
    assert told(book, project)[0][1] == "on_time"
    staff.manager.move(sheet, "return", comment="漏项")
    assert told(book, project)[0][1] == "open"
    # Handed in again, it was done when it was first handed in.
    clock.move_to(noon("2026-01-08"))
    book.move(sheet, "submit")
    assert told(book, project)[0][1:3] == ("on_time", "2026-01-06")


def test_a_template_that_is_not_here_shows_nothing(staff: Staff, project: str, clock: Any) -> None:
    book = staff.engineer
    plan = plan_of(book, project)
    task(book, plan.id, "日检", "2026-01-05", template="01890000-0000-7000-8000-000000000000")
    approved(book, staff.department, plan.id)
    assert told(book, project)[0][1] == "open" and clock
