"""Facts of the plans: on the pages of plan, task and execution; what a change concerns."""

from __future__ import annotations

from typing import Any

from models.book.book import Book
from models.book.derived_state import StateView
from models.derived.revision_comparison import compare, touched
from models.queries.facts import facts_of
from tests.models.records.preparation.execution.test_plan_execution import finish
from tests.support.service_plans import (
    approved,
    changed,
    milestone_plan,
    noon,
    plan_of,
    planned_milestones,
    task,
    tasks,
)
from tests.support.staff import Staff


def told(book: Book, id: str) -> str:
    """All facts of a record."""
    record = book.get(id)
    return "；".join(one.text for one in facts_of(book, record, StateView(book.store)))


def test_a_plan_says_how_far_it_is(staff: Staff, plan: str, clock: Any) -> None:
    book = staff.engineer
    assert "完成率不可评定" in told(book, plan)
    clock.move_to(noon("2026-02-24"))
    finish(book, plan, "M/2026-01", "2026-01-20")
    said = told(book, plan)
    assert "已到期 2 项：按期 1，逾期 0，未执行 0，未完成 1；完成率 50 %" in said
    change = changed(book, plan)
    assert "完成率" not in told(book, change.id)


def test_a_year_that_is_not_announced_is_named(staff: Staff, project: str) -> None:
    plan = plan_of(staff.engineer, project, period_to="2027-12-31")
    assert "2027 年放假安排尚未公布" in told(staff.engineer, plan.id)


def test_a_task_and_its_execution_say_how_it_stands(staff: Staff, plan: str, clock: Any) -> None:
    book = staff.engineer
    clock.move_to(noon("2026-01-21"))
    first = tasks(book, plan)[0]
    assert "未完成" in told(book, first.id)
    made = finish(book, plan, "M/2026-01", "2026-01-20")
    assert "按期完成，2026-01-20" in told(book, first.id)
    assert "按期完成，期限 2026-01-20" in told(book, made) and "第 1 版" in told(book, made)


def test_an_execution_says_that_its_task_is_gone(
    staff: Staff, plan: str, clock: Any, project: str
) -> None:
    book = staff.engineer
    clock.move_to(noon("2026-02-10"))
    made = book.add("task_execution", {"plan": plan, "task": "M/2026-03"}, project=project)
    change = changed(book, plan)
    book.void(tasks(book, change.id)[2].id, "客户取消")
    approved(book, staff.department, change.id)
    assert "现行计划中没有此任务" in told(book, made.id)


def test_a_change_names_the_milestones_and_payments_it_concerns(staff: Staff, project: str) -> None:
    first = milestone_plan(staff.manager, project)
    approved(staff.manager, staff.department, first.id)
    (milestone,) = staff.manager.store.rows("SELECT id FROM milestone WHERE name='半年验收'")
    book = staff.engineer
    plan = plan_of(book, project)
    task(book, plan.id, "测试", "2026-06-20", milestone=milestone[0])
    task(book, plan.id, "不相干", "2026-06-20")
    approved(book, staff.department, plan.id)
    change = changed(book, plan.id)
    assert touched(book.store, compare(book.store, book.get(plan.id), book.get(plan.id))) == []
    moved = next(one for one in tasks(book, change.id) if one.milestone)
    book.edit(moved.id, {"due": "2026-07-10"})
    found = touched(book.store, compare(book.store, book.get(plan.id), book.get(change.id)))
    assert [(one.record.title(), str(one.label)) for one in found] == [
        ("半年验收", "受影响的里程碑"),
        ("半年验收", "受影响的收款"),
    ]
    assert found[0].before == "计划 2026-06-30" and "晚于里程碑日期" in found[0].after
    assert "200,000.00 元" in found[1].before
    # The same of the plan of the first level: the payments of what differs.
    other = changed(staff.manager, first.id)
    half, _ = planned_milestones(staff.manager, other.id)
    staff.manager.edit(half.id, {"payment_due": "2026-08-15"})
    store = staff.manager.store
    (paid,) = touched(store, compare(store, book.get(first.id), book.get(other.id)))
    assert paid.before.endswith("（2026-06-30）") and paid.after.endswith("（2026-08-15）")
