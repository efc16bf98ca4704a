"""Executions: done with a proof, or skipped with a reason; one for a task, whoever begins it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from models.derived.expected import begin
from models.schema.record import Record
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER
from tests.support.replicas import Team, differences
from tests.support.service_plans import plan_of, task
from tests.support.staff import Staff, attach, no_add, no_edit, no_move

DONE = {"done_on": "2026-01-05"}


@pytest.fixture
def execution(staff: Staff, plan: str, project: str) -> Record:
    """That of the task of January, begun by the engineer."""
    return staff.engineer.add(
        "task_execution", {"plan": plan, "task": "M/2026-01"}, project=project
    )


def test_it_is_done_with_a_file_or_a_record(staff: Staff, execution: Record, project: str) -> None:
    book = staff.engineer
    assert "凭据" in no_move(book, execution.id, "finish", **DONE)
    assert "依据的记录" in no_move(book, execution.id, "finish_by", **DONE)
    file = attach(book, execution.id)
    assert "完成日期" in no_move(book, execution.id, "finish")
    done = book.move(execution.id, "finish", DONE)
    assert (done.state, done.values()["evidence"], done.values()["done_by"]) == (
        *("done", file, book.me),
    )
    assert "只能通过操作填写" in no_edit(book, execution.id, result="改")
    assert "需要写明理由" in no_move(book, execution.id, "reopen")
    book.move(execution.id, "reopen", comment="凭据附错")
    fix = book.add("fix", {"phenomenon": "更换滤网"}, project=project)
    assert book.move(execution.id, "finish_by", {**DONE, "record": fix.id}).state == "done"


def test_it_is_skipped_with_a_reason(staff: Staff, execution: Record) -> None:
    assert "需要写明理由" in no_move(staff.engineer, execution.id, "skip")
    assert staff.engineer.move(execution.id, "skip", comment="客户停电").state == "skipped"


def test_only_the_team_records_it(staff: Staff, plan: str, execution: Record, project: str) -> None:
    values = {"plan": plan, "task": "M/2026-02"}
    assert "没有可填写" in no_add(staff.quality, "task_execution", values, project)
    assert "需要角色" in no_move(staff.desk, execution.id, "skip")


def test_two_devices_that_begin_it_have_one(tmp_path: Path) -> None:
    team = Team.copied(tmp_path, "甲", "乙", roles=(ENGINEER, DEPARTMENT_MANAGER), met=True)
    founder, one, other = team.all
    plan = plan_of(one.book, team.project)
    code = task(one.book, plan.id, "割接", one.book.today.isoformat()).code
    one.book.edit(plan.id, {"period_from": "2020-01-01", "period_to": None})
    today = one.book.today
    span = {"period_from": f"{today.year}-01-01", "period_to": f"{today.year}-12-31"}
    one.book.edit(plan.id, span)
    one.book.move(plan.id, "submit")
    team.meet()
    founder.book.move(plan.id, "approve")
    team.meet()
    values: dict[str, Any] = {"plan": plan.id, "task": code}
    mine = begin(one.book, "task_execution", values, team.project)
    theirs = begin(other.book, "task_execution", values, team.project)
    assert mine.id == theirs.id
    one.book.move(mine.id, "skip", comment="客户改期")
    team.meet()
    assert not differences(one, other)
    assert other.get(mine.id).state == "skipped"
    assert not list(other.book.store.rows("SELECT * FROM sibling"))
    team.close()
