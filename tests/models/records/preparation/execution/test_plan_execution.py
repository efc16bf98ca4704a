"""Plan execution: on time, late, skipped, not done; the rate of what has fallen due."""

from __future__ import annotations

from datetime import date
from typing import Any

from models.book.book import Book
from models.derived.figures import Counted
from models.records.preparation.execution import plan_execution
from models.records.preparation.execution.plan_execution import TaskStanding, standings
from tests.support.service_plans import approved, changed, noon, tasks
from tests.support.staff import Staff

YEAR = date(2026, 1, 1), date(2026, 12, 31)


def finish(book: Book, plan: str, code: str, day: str) -> str:
    """Record a task as done on a day, shown by a fix; the execution's id."""
    made = book.ensure(
        "task_execution", {"plan": plan, "task": code}, project=book.get(plan).project
    )
    fix = book.add("fix", {"phenomenon": "保养"}, project=made.project)
    return book.move(made.id, "finish_by", {"record": fix.id, "done_on": day}).id


def told(found: list[TaskStanding]) -> list[tuple[str, str, str | None]]:
    """(code, standing, done on)."""
    return [(one.code, one.standing, one.done_on) for one in found]


def test_each_task_stands_by_its_day(staff: Staff, project: str, plan: str, clock: Any) -> None:
    book = staff.engineer
    clock.move_to(noon("2026-01-20"))
    on_time = finish(book, plan, "M/2026-01", "2026-01-20")
    clock.move_to(noon("2026-02-24"))
    finish(book, plan, "M/2026-02", "2026-02-23")
    clock.move_to(noon("2026-03-20"))
    skipped = book.add("task_execution", {"plan": plan, "task": "M/2026-03"}, project=project)
    book.move(skipped.id, "skip", comment="客户停电")
    found = standings(book, [project], *YEAR)
    assert told(found) == [
        ("M/2026-01", "on_time", "2026-01-20"),
        ("M/2026-02", "late", "2026-02-23"),
        ("M/2026-03", "skipped", None),
        ("M/2026-04", "ahead", None),
    ]
    assert (found[2].reason, found[0].record, found[2].record) == (
        *("客户停电", on_time, skipped.id),
    )
    assert plan_execution.planned(found).value == 4
    assert plan_execution.completion(found)[:2] == (33, 3)
    clock.move_to(noon("2026-04-20"))
    found = standings(book, [project], *YEAR)
    assert found[3].standing == "open" and plan_execution.completion(found)[:2] == (25, 4)


def test_a_change_does_not_forget_what_was_done(
    staff: Staff, project: str, plan: str, clock: Any
) -> None:
    book = staff.engineer
    clock.move_to(noon("2026-02-10"))
    finish(book, plan, "M/2026-01", "2026-01-19")
    finish(book, plan, "M/2026-03", "2026-02-10")  # ahead of its time
    change = changed(book, plan)
    third = tasks(book, change.id)[2]
    book.edit(third.id, {"due": "2026-03-13"})
    approved(book, staff.department, change.id)
    clock.move_to(noon("2026-03-31"))
    assert told(standings(book, [project], *YEAR))[:3] == [
        ("M/2026-01", "on_time", "2026-01-19"),
        ("M/2026-02", "open", None),
        ("M/2026-03", "on_time", "2026-02-10"),
    ]


def test_what_is_reopened_or_void_is_not_done(
    staff: Staff, project: str, plan: str, clock: Any
) -> None:
    book = staff.engineer
    clock.move_to(noon("2026-01-21"))
    made = finish(book, plan, "M/2026-01", "2026-01-20")
    book.move(made, "reopen", comment="查错了柜")
    assert told(standings(book, [project], *YEAR))[0] == ("M/2026-01", "open", None)
    book.void(made, "误建")
    assert told(standings(book, [project], *YEAR))[0] == ("M/2026-01", "open", None)


def test_without_cases_nothing_is_assessed() -> None:
    assert plan_execution.completion([]) == Counted(None, 0)
    assert plan_execution.of_standing([], "late") == Counted(0, 0)
