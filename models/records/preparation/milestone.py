"""Milestones of a project: tied to the contract's payments, each with its deliverable."""

from __future__ import annotations

from models.derived.gates import gated
from models.schema.fields import day, line, moment, money, person, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State
from models.schema.lifecycles import HELD
from models.schema.record import Record
from models.schema.roles import LEADS
from models.text.words import W


class Milestone(Record):
    """A milestone 里程碑 of a project. Clause: 4.2.1.

    That of a milestone plan is brought up to it at each approval (`plan_code` names its row). While
    something holds it (`models.derived.gates`) it cannot be marked done.
    """

    kind = Kind(
        name="milestone",
        label=W("里程碑", "Milestone"),
        code="MS",
        row="Q-421",
        clause="4.2.1",
        states=(
            State("planned", W("计划中", "planned"), tone="busy"),
            HELD,
            State("done", W("已完成", "done"), tone="good", frozen=True, ended=True),
        ),
        moves=(
            Move(
                id="done",
                label=W("完成", "Done"),
                from_=("planned",),
                to="done",
                who=LEADS,
                asks=("comment",),
                fills={"done_at": "now", "done_by": "me"},
            ),
            Move(
                id="reopen",
                label=W("重新打开", "Reopen"),
                from_=("done",),
                to="planned",
                who=LEADS,
                asks=("comment",),
                requires_comment=True,
            ),
        ),
        title="name",
        columns=("name", "due", "deliverable", "payment"),
        writers=LEADS,
        due="due",
        menu=36,
    )

    name = line("名称", "Name", required=True)
    due = day("计划日期", "Due")
    deliverable = prose("可交付物", "Deliverable")
    payment = line(
        "合同收款", "Contract payment", hint=W("期次、比例或金额", "instalment, share or sum")
    )
    amount = money("收款金额", "Amount", low="0")
    payment_due = day("收款日期", "Payment due")
    plan_code = line("计划中的编码", "Code in the plan", computed=True, internal=True)
    done_at = moment("完成时间", "Done at", by_move=True, computed=True)
    done_by = person("确认人", "Marked by", by_move=True, computed=True)


gated("milestone", "done")
