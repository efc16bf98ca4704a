"""Planned tasks: rows in the order of their days, named alike in every version."""

from __future__ import annotations

from models.book.rows import row_order
from models.derived.revision_comparison import compare
from models.records.preparation.plans.service_task import ServiceTask
from tests.support.service_plans import approved, changed, dues, plan_of, task, tasks
from tests.support.staff import Staff, no_edit


def test_tasks_are_in_the_order_of_their_days(staff: Staff, project: str) -> None:
    book = staff.engineer
    plan = plan_of(book, project)
    task(book, plan.id, "后", "2026-05-08")
    task(book, plan.id, "无期限", None)
    task(book, plan.id, "先", "2026-05-06")
    assert dues(book, plan.id) == ["2026-05-06", "2026-05-08", None]
    assert not row_order.is_ordered(ServiceTask)


def test_a_moved_task_is_a_change_of_its_day_alone(staff: Staff, project: str) -> None:
    book = staff.engineer
    plan = plan_of(book, project)
    for day in (6, 8, 11):
        task(book, plan.id, f"任务 {day}", f"2026-05-{day:02d}")
    approved(book, staff.department, plan.id)
    change = changed(book, plan.id)
    first = tasks(book, change.id)[0]
    book.edit(first.id, {"due": "2026-05-12"})
    found = compare(book.store, book.get(plan.id), book.get(change.id))
    (row,) = found.rows
    assert (row.mark, row.code) == ("changed", first.code)
    assert [(f.field, f.before, f.after) for f in row.fields] == [
        ("due", "2026-05-06", "2026-05-12"),
    ]


def test_its_code_is_settled(staff: Staff, project: str) -> None:
    plan = plan_of(staff.engineer, project)
    one = task(staff.engineer, plan.id, "搬迁", "2026-05-06")
    assert "任务编码" in no_edit(staff.engineer, one.id, code="X")
