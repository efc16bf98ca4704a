"""Planned tasks: what is due when, at which site, by whom."""

from __future__ import annotations

from models.records.preparation.plans.plan_life import CODED, TEAM
from models.records.registers.equipment import CLASSES
from models.schema.fields import choice, day, line, link, person, prose
from models.schema.kind import Kind
from models.schema.record import Record
from models.text.words import W


class ServiceTask(Record):
    """A task of the detailed plan, generated from a service term or written. Clause: 4.2.1.

    `code` is its name in every version of the plan; a generated task has that of its term and
    period, so that two devices that generate at once have the same tasks. What was done of it is
    another record (`task_execution`), which outlives the versions.
    """

    kind = Kind(
        name="service_task",
        label=W("计划任务", "Planned task"),
        code="TK",
        row="Q-421",
        clause="4.2.1",
        title="what",
        columns=("due", "what", "site", "doer", "milestone"),
        key=("plan", "code"),
        parent="plan",
        order="due",
        section=1,
        writers=TEAM,
        indexes=(("plan", "due"), ("plan", "code")),
        menu=0,
    )

    plan = link("二级进度计划", "Detailed plan", "service_plan", required=True, at_birth=True)
    code = line("任务编码", "Task code", max=60, at_birth=True, hint=CODED)
    what = line("任务", "Task", required=True)
    start = day("可开始日期", "Not before", group="days")
    due = day("完成期限", "Due", group="days")
    site = link("现场", "Site", "site")
    equipment_class = choice("设备类别", "Equipment class", CLASSES)
    template = link("检查模板", "Checklist template", "template")
    doer = person("执行人", "Done by")
    milestone = link("里程碑", "Milestone", "milestone")
    remark = prose("说明", "Remark")
