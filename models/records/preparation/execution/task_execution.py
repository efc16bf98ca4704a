"""Executions: what became of a planned task, whichever version of the plan it is done by."""

from __future__ import annotations

from models.records.preparation.plans.plan_life import TEAM
from models.schema.fields import day, line, link, person, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State, with_reason
from models.schema.record import Record
from models.schema.roles import AUTHOR, LEADS
from models.text.words import W


class TaskExecution(Record):
    """The execution of a planned task: done with its proof, or skipped with the reason.

    Its key is the first version of the plan and the code of the task, so it stays that of the task
    when the plan is changed, and two devices that begin it have one. A task with a checklist
    template needs none: its sheet is what was done. Clause: 4.2.1.
    """

    kind = Kind(
        name="task_execution",
        label=W("任务执行", "Task execution"),
        code="TX",
        row="Q-421",
        clause="4.2.1",
        states=(
            State("open", W("进行中", "in progress"), tone="busy", waits=(AUTHOR,)),
            State("done", W("已完成", "done"), tone="good", frozen=True, ended=True),
            State("skipped", W("未执行", "skipped"), tone="warn", frozen=True, ended=True),
        ),
        moves=(
            Move(
                id="finish",
                label=W("完成（附凭据）", "Done, with a file"),
                from_=("open",),
                to="done",
                who=TEAM,
                needs=("done_on", "evidence"),
                asks=("done_on", "evidence", "result"),
                fills={"evidence": "attached", "done_by": "me"},
            ),
            Move(
                id="finish_by",
                label=W("完成（有记录）", "Done, with a record"),
                from_=("open",),
                to="done",
                who=TEAM,
                needs=("done_on", "record"),
                asks=("record", "done_on", "result"),
                fills={"done_by": "me"},
            ),
            with_reason("skip", W("不执行", "Skip"), ("open",), "skipped", TEAM),
            with_reason(
                "reopen", W("重新打开", "Reopen"), ("done", "skipped"), "open", (AUTHOR, *LEADS)
            ),
        ),
        title="what",
        columns=("what", "task", "done_on", "done_by"),
        key=("plan", "task"),
        writers=TEAM,
        agenda="plan",
        menu=32,
    )

    plan = link("二级进度计划", "Detailed plan", "service_plan", required=True, at_birth=True)
    task = line("任务编码", "Task code", max=60, required=True, at_birth=True)
    what = line("任务", "What to do", computed=True, at_birth=True)
    done_on = day("完成日期", "Done on", by_move=True)
    record = link(
        "依据的记录",
        "Record of it",
        "",
        by_move=True,
        hint=W("检查表、处置等", "a checklist, a fix …"),
    )
    evidence = link(
        "完成凭据",
        "Proof",
        "attachment",
        by_move=True,
        hint=W("先把文件附在这条记录上", "attach the file to it first"),
    )
    result = prose("完成情况", "Result", by_move=True)
    done_by = person("完成人", "Done by", by_move=True, computed=True)
