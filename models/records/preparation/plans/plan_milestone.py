"""Milestones of a milestone plan: each with a deliverable, and the payment that follows it."""

from __future__ import annotations

from models.records.preparation.plans.plan_life import CODED
from models.schema.fields import count, day, line, link, money, person, prose
from models.schema.kind import Kind
from models.schema.record import Record
from models.schema.roles import LEADS
from models.text.words import W


class PlanMilestone(Record):
    """A milestone as a version of the milestone plan has it. Clause: 4.2.1.

    There is none without a deliverable.
    """

    kind = Kind(
        name="plan_milestone",
        label=W("计划里程碑", "Planned milestone"),
        code="MM",
        row="Q-421",
        clause="4.2.1",
        title="name",
        columns=("position", "name", "due", "deliverable", "amount", "payment_due"),
        parent="plan",
        order="position",
        writers=LEADS,
        due="due",
        menu=0,
    )

    plan = link("一级进度计划", "Milestone plan", "milestone_plan", required=True)
    position = count("序号", "Position")
    code = line("里程碑编码", "Milestone code", max=60, hint=CODED)
    name = line("里程碑", "Milestone name", required=True)
    due = day("计划日期", "Due")
    deliverable = prose("可交付物成果", "Deliverable", required=True)
    payment = line("合同收款", "Contract payment", hint=W("期次或比例", "instalment or share"))
    amount = money("收款金额", "Amount", low="0")
    payment_due = day("收款日期", "Payment due")
    department = line(
        "提供部门",
        "Department",
        hint=W("通信部、信息部", "communication or information department"),
    )
    lead = person("项目负责人", "Project lead")
    milestone = link(
        "已有里程碑",
        "Existing milestone",
        "milestone",
        hint=W("空着则批准时建立", "empty: it is created at the approval"),
    )
