"""Rules of the executions: of a task in force, done by today, shown by a record of the project."""

from __future__ import annotations

from typing import Any

import pytest

from models.text.words import Refused
from tests.support.service_plans import (
    approved,
    changed,
    milestone_plan,
    noon,
    plan_of,
    task,
    tasks,
)
from tests.support.staff import Staff, no_add, no_move


def test_a_plan_that_is_not_approved_is_not_carried_out(staff: Staff, project: str) -> None:
    plan = plan_of(staff.engineer, project)
    code = task(staff.engineer, plan.id, "割接", "2026-05-06").code
    values = {"plan": plan.id, "task": code}
    assert "没有批准的版本" in no_add(staff.engineer, "task_execution", values, project)


def test_it_belongs_to_the_first_version_and_names_the_task(
    staff: Staff, plan: str, clock: Any, project: str
) -> None:
    book = staff.engineer
    clock.move_to(noon("2026-01-12"))
    change = changed(book, plan)
    february = tasks(book, change.id)[1]
    book.edit(february.id, {"what": "2 月保养（含放电）"})
    assert "没有编码为“无”" in no_add(book, "task_execution", {"plan": plan, "task": "无"}, project)
    approved(book, staff.department, change.id)
    made = book.add(
        "task_execution", {"plan": change.id, "task": "M/2026-02"}, project=project
    ).values()
    assert (made["plan"], made["what"]) == (plan, "2 月保养（含放电）")


def test_what_the_plan_in_force_lost_is_not_begun(
    staff: Staff, plan: str, clock: Any, project: str
) -> None:
    book = staff.engineer
    clock.move_to(noon("2026-01-12"))
    change = changed(book, plan)
    book.void(tasks(book, change.id)[2].id, "客户取消")
    approved(book, staff.department, change.id)
    values = {"plan": plan, "task": "M/2026-03"}
    why = no_add(book, "task_execution", values, project)
    assert change.number in why and "M/2026-03" in why
    # What an import brings was done by a version of its time.
    with book.bringing():
        assert book.add("task_execution", values, project=project).values()["what"] == "3 月保养"


def test_nothing_is_done_ahead_of_its_day(staff: Staff, plan: str, project: str) -> None:
    book = staff.engineer
    made = book.add("task_execution", {"plan": plan, "task": "M/2026-01"}, project=project)
    fix = book.add("fix", {"phenomenon": "更换滤网"}, project=project)
    late = {"record": fix.id, "done_on": "2026-01-06"}
    assert "2026-01-06 还没有到" in no_move(book, made.id, "finish_by", **late)
    assert book.change_log.history(made.id)


def test_the_record_that_shows_it_is_one_of_the_project(
    staff: Staff, plan: str, project: str
) -> None:
    book = staff.engineer
    made = book.add("task_execution", {"plan": plan, "task": "M/2026-01"}, project=project)
    other = staff.manager.add("project", {"name": "别的项目"}).id
    elsewhere = book.add("fix", {"phenomenon": "x"}, project=other)
    void = book.add("fix", {"phenomenon": "y"}, project=project)
    book.void(void.id, "重复")
    for id in (elsewhere.id, void.id, made.id):
        why = no_move(book, made.id, "finish_by", record=id, done_on="2026-01-05")
        assert "不能作为依据" in why


def test_the_form_proposes_today(staff: Staff, plan: str, project: str) -> None:
    from models.book.rules import proposed_values

    book = staff.engineer
    made = book.add("task_execution", {"plan": plan, "task": "M/2026-01"}, project=project)
    assert proposed_values(book, made, "finish") == {"done_on": "2026-01-05"}


def test_a_file_that_names_no_plan_is_refused(staff: Staff, project: str) -> None:
    made = milestone_plan(staff.manager, project)
    with pytest.raises(Refused, match="没有找到本项目的二级进度计划"):
        staff.engineer.add("task_execution", {"plan": made.id, "task": "M"}, project=project)
