"""Projects: service contracts in their service period."""

from __future__ import annotations

from models.calendar.service_clocks import CLOCKS
from models.derived.gates import gated
from models.schema.fields import choice, day, flag, line, link, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State
from models.schema.lifecycles import HELD
from models.schema.record import Record
from models.schema.roles import LEADS
from models.text.words import W


class Project(Record):
    """A service project; every working record belongs to one. Clause: 3, 4.2.

    While something holds it (`models.derived.gates`) it cannot be completed.
    """

    kind = Kind(
        name="project",
        label=W("项目", "Project"),
        code="PJ",
        clause="3",
        space="company",
        project="none",
        states=(
            State("running", W("服务期内", "in service"), tone="good"),
            HELD,
            State("completed", W("已完工", "completed"), ended=True),
        ),
        moves=(
            Move(
                id="complete",
                label=W("完工", "Complete"),
                from_=("running",),
                to="completed",
                who=LEADS,
            ),
            Move(
                id="reopen",
                label=W("重新打开", "Reopen"),
                from_=("completed",),
                to="running",
                who=LEADS,
                requires_comment=True,
            ),
        ),
        title="name",
        columns=("name", "code", "customer", "service_to"),
        writers=LEADS,
        menu=79,
    )

    name = line("项目名称", "Name", required=True)
    code = line("项目代号", "Code", max=40)
    customer = link("客户", "Customer", "customer")
    department = line("负责部门", "Department")
    service_from = day("服务期开始", "Service from", group="service_period")
    service_to = day("服务期结束", "Service to", group="service_period")
    sla = prose("服务级别协议", "Service level agreement")
    needs = prose("用户需求", "Customer's needs")
    subcontractors = prose("外包服务提供商", "Subcontracted providers")
    service_clock = choice(
        "服务时间",
        "Service hours",
        [(name, clock.label.zh, clock.label.en) for name, clock in CLOCKS.items()],
        hint=W("空着就是 5×8；办理时限按它计算", "5 × 8 if empty; time used is counted by it"),
    )
    no_make_up = flag("不计调休上班日", "Ignore make-up days")


gated("project", "completed", last=True)
