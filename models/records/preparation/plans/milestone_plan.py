"""Milestone plans: the first level, tied to the payments of the contract."""

from __future__ import annotations

from models.derived.revisions import revised
from models.records.preparation.plans.plan_life import (
    IN_FORCE,
    answer_fields,
    change_fields,
    plan_life,
    sent_fields,
)
from models.schema.fields import count, day, line, link, prose
from models.schema.kind import Kind
from models.schema.record import Record
from models.schema.roles import LEADS
from models.text.words import W

_LIFE = plan_life("plan_milestone", writers=LEADS, needs=("period_from", "period_to", "basis"))


@revised(follows="follows", version="version", in_force=IN_FORCE, rows={"plan_milestone": "code"})
class MilestonePlan(Record):
    """The milestone plan 一级进度计划 of a project's service period. Clause: 4.2.1.

    Its milestones are supplied by the project leads of the departments. Approving it brings the
    project's milestones (`milestone`) up to what it says.
    """

    kind = Kind(
        name="milestone_plan",
        label=W("一级进度计划", "Milestone plan"),
        code="MP",
        row="Q-421",
        clause="4.2.1",
        states=_LIFE.states,
        moves=_LIFE.moves,
        title="name",
        columns=("name", "version", "period_from", "period_to", "contract"),
        writers=LEADS,
        menu=30,
    )

    name = line("计划名称", "Name", required=True)
    version = count("版本", "Version", low="1")
    follows = link("变更自", "Changed from", "milestone_plan", at_birth=True)
    contract = line("合同编号", "Contract number")
    period_from = day("服务期开始", "Service from", group="period")
    period_to = day("服务期结束", "Service to", group="period")
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
