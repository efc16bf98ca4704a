"""Plans with tasks: rows that have states and moves of their own, declared for tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from models.book.book import Book
from models.schema.fields import choice, count, day, flag, line, link, number, person, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State
from models.schema.record import Record
from models.schema.roles import LEADS
from models.text.words import W
from sync.workspace.setup import begin
from sync.workspace.workspace import Workspace
from tests.support.new_area import new_area

GRADES = (("a", "重要", "major"), ("b", "一般", "minor"))
NOON = 1_764_300_000_000
"""An instant, ms UTC."""


@contextmanager
def plans() -> Iterator[None]:
    """The types `plan`, its rows `plan_task` and theirs `task_step`, while the block runs."""
    with new_area():
        _type("plan", _plan(), {"name": line("名称", "Name", required=True)})
        _type(
            "plan_task",
            _task(),
            {
                "plan": link("计划", "Plan", "plan", required=True),
                "position": count("序号", "Position", low="1"),
                "what": line("任务", "Task", required=True, max=40),
                "grade": choice("等级", "Grade", GRADES),
                "hours": number("工时", "Hours", low="0"),
                "until": day("期限", "Until"),
                "site": link("现场", "Site", "site"),
                "doer": person("执行人", "Doer"),
                "urgent": flag("加急", "Urgent"),
                "remark": prose("说明", "Remark"),
                "after": link("前置任务", "After", "plan_task"),
                "result": line("结果", "Result"),
            },
        )
        _type(
            "task_step",
            Kind(
                name="task_step",
                label=W("步骤", "Step"),
                code="TS",
                title="what",
                columns=("what",),
                parent="task",
                menu=0,
            ),
            {
                "task": link("任务", "Task", "plan_task", required=True),
                "what": line("步骤", "Step", required=True),
            },
        )
        yield


def _type(name: str, kind: Kind, fields: Mapping[str, Any]) -> type[Record]:
    body = {"__module__": __name__, "__doc__": f"A {name}.", "kind": kind, **fields}
    return type(name.title().replace("_", ""), (Record,), body)


def _plan() -> Kind:
    return Kind(
        name="plan",
        label=W("计划", "Plan"),
        code="PLN",
        states=(
            State("draft", W("草稿", "draft"), tone="busy"),
            State("approved", W("已批准", "approved"), tone="good", frozen=True),
        ),
        moves=(
            Move(
                id="approve",
                label=W("批准", "Approve"),
                from_=("draft",),
                to="approved",
                who=LEADS,
                binds=True,
            ),
            Move(
                id="revise",
                label=W("修订", "Revise"),
                from_=("approved",),
                to="draft",
                who=LEADS,
            ),
        ),
        title="name",
        columns=("name",),
        menu=40,
    )


def _task() -> Kind:
    return Kind(
        name="plan_task",
        label=W("计划任务", "Plan task"),
        code="XT",
        states=(
            State("todo", W("待办", "to do"), tone="busy"),
            State("done", W("完成", "done"), tone="good", ended=True),
        ),
        moves=(
            Move(
                id="finish",
                label=W("完成", "Finish"),
                from_=("todo",),
                to="done",
                asks=("result",),
            ),
            Move(id="reopen", label=W("重新打开", "Reopen"), from_=("done",), to="todo"),
        ),
        title="what",
        columns=("position", "what", "grade", "until", "doer"),
        due="until",
        parent="plan",
        order="position",
        menu=0,
    )


def plan_of(book: Book, project: str, count_: int, name: str = "月度计划") -> Record:
    """A plan with so many tasks, at positions from 1 on."""
    with book.saving():
        plan = book.add("plan", {"name": name}, project=project)
        for place in range(1, count_ + 1):
            task(book, plan, f"任务 {place}", position=place)
    return plan


def task(book: Book, plan: Record, what: str, **values: Any) -> Record:
    """One task of a plan; those made later occur later."""
    made = len(book.store.rows('SELECT 1 FROM "plan_task"'))
    given = {"plan": plan.id, "what": what, **values}
    return book.add("plan_task", given, occurred=NOON + made)


@contextmanager
def plan_workspace(folder: Path) -> Iterator[Workspace]:
    """A workspace whose book knows plans, begun by one person who has every role."""
    with plans():
        opened = begin(folder / "book", name="测试员", lang="zh", project="测试项目")
        try:
            yield opened
        finally:
            opened.close()
