"""Follow ups: a planned task leads to its execution, whichever version it is looked at in."""

from __future__ import annotations

from models.records.common import follow_ups
from tests.support.service_plans import approved, changed, tasks
from tests.support.staff import Staff


def test_a_task_leads_to_its_execution(staff: Staff, project: str, plan: str) -> None:
    book = staff.engineer
    change = changed(book, plan)
    approved(book, staff.department, change.id)
    second = tasks(book, change.id)[1]
    values = follow_ups.values(book, second, "task_execution")
    made = book.add("task_execution", values, project=project).values()
    assert (made["plan"], made["task"], made["what"]) == (plan, "M/2026-02", "2 月保养")
