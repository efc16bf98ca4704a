"""Detailed plans: the second level, a year of tasks from the terms of the service."""

from __future__ import annotations

from models.derived.revisions import revised
from models.records.preparation.plans.plan_life import (
    IN_FORCE,
    TEAM,
    answer_fields,
    change_fields,
    plan_life,
    sent_fields,
)
from models.schema.fields import count, day, line, link, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Move
from models.schema.record import Record
from models.text.words import W

_LIFE = plan_life(
    "service_task", writers=TEAM, needs=("period_from", "period_to", "scope", "basis")
).add(
    Move(
        id="generate",
        label=W("按服务条款生成任务", "Generate the tasks"),
        from_=("draft", "returned"),
        to="draft",
        who=TEAM,
        needs=("period_from", "period_to"),
    ),
    before="submit",
)


@revised(
    follows="follows",
    version="version",
    in_force=IN_FORCE,
    rows={"service_term": "code", "service_task": "code"},
)
class ServicePlan(Record):
    """The detailed plan 二级进度计划 of a project. Clause: 4.2.1, 4.2.2, 4.2.3.

    The version in force is what the day is worked by, until a change of it is approved.
    """

    kind = Kind(
        name="service_plan",
        label=W("二级进度计划", "Detailed plan"),
        code="SP",
        row="Q-421",
        clause="4.2.1",
        states=_LIFE.states,
        moves=_LIFE.moves,
        title="name",
        columns=("name", "version", "period_from", "period_to", "milestone_plan"),
        writers=TEAM,
        menu=31,
    )

    name = line("计划名称", "Name", required=True)
    version = count("版本", "Version", low="1")
    follows = link("变更自", "Changed from", "service_plan", at_birth=True)
    period_from = day("计划开始", "From", group="period")
    period_to = day("计划结束", "To", group="period")
    milestone_plan = link("一级进度计划", "Milestone plan", "milestone_plan")
    scope = prose(
        "工作范围和运维内容",
        "Scope of work",
        hint=W("合同约定的范围，任务不超出它", "as agreed in the contract; no task goes beyond it"),
    )
    basis = prose(
        "编制依据",
        "Basis",
        hint=W(
            "合同及相关文件、双方的里程碑计划、服务有效日期",
            "contract documents, both sides' milestones, dates of the service",
        ),
    )
    cause, impact = change_fields()
    sent_to, sent_on, sent_channel, sent_evidence, sent_by = sent_fields()
    answered_by, answered_on, answer_channel, objection, evidence, witness = answer_fields()
