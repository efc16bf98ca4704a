"""Service starts: the step of a project into its service."""

from __future__ import annotations

from models.derived.gates import gated
from models.schema.fields import day, line, moment, person, persons, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State, with_reason
from models.schema.lifecycles import HELD
from models.schema.record import Record
from models.schema.roles import LEADS, PROJECT_MANAGER
from models.text.words import W


class ServiceStart(Record):
    """The start of a project's service 服务开始. Clause: 4.1.2.

    It is held (`start_hold`) until the pre-service study is confirmed and so is everybody who takes
    part, or a signed exception lets it pass.
    """

    kind = Kind(
        name="service_start",
        label=W("服务开始", "Service start"),
        code="SS",
        row="Q-412",
        clause="4.1.2",
        states=(
            State(
                "prepared",
                W("准备中", "prepared"),
                tone="busy",
                waits=(PROJECT_MANAGER,),
                waits_from=14,
            ),
            HELD,
            State("started", W("已开始", "started"), tone="good", frozen=True, ended=True),
        ),
        moves=(
            Move(
                id="start",
                label=W("开始服务", "Start the service"),
                from_=("prepared",),
                to="started",
                who=LEADS,
                asks=("comment",),
                fills={"started_at": "now", "started_by": "me"},
            ),
            with_reason("take_back", W("收回", "Take back"), ("started",), "prepared", LEADS),
        ),
        key=("project",),
        title="name",
        columns=("name", "planned_on", "started_at", "team"),
        writers=LEADS,
        due="planned_on",
        menu=35,
    )

    name = line("服务", "Service")
    planned_on = day("计划开始日期", "Planned for")
    remark = prose("说明", "Remark")
    team = persons("参与人员", "Who takes part", by_move=True, computed=True)
    started_at = moment("开始时间", "Started at", by_move=True, computed=True)
    started_by = person("登记人", "Recorded by", by_move=True, computed=True)


gated("service_start", "started")
