"""Random on-site checks by the department manager."""

from __future__ import annotations

from models.schema import fields
from models.schema.fields import line, link, moment, prose
from models.schema.kind import Kind
from models.schema.lifecycle import AtLeast, Move, NoRow, State, with_reason
from models.schema.record import Record
from models.schema.roles import DEPARTMENT_MANAGER, PROJECT_MANAGER, QUALITY
from models.text.words import W

_MANAGER = (DEPARTMENT_MANAGER,)


class RandomCheck(Record):
    """The random check 随机质量检查 of a person's work at a customer's site. Clause: 5.1.3.

    It begins from a draw, whose population and seed it keeps, or without one. What it finds is
    held against the items of a template of service norms.
    """

    kind = Kind(
        name="random_check",
        label=W("随机质量检查", "Random check"),
        code="XC",
        row="Q-513",
        clause="5.1.3",
        states=(
            State("draft", W("检查中", "in progress"), tone="busy", waits=_MANAGER),
            State("issued", W("已出结论", "issued"), tone="good", frozen=True, ended=True),
        ),
        moves=(
            Move(
                id="issue",
                label=W("出具结论", "Issue"),
                from_=("draft",),
                to="issued",
                who=_MANAGER,
                needs=("service", "conclusion"),
                needs_rows=(
                    AtLeast("random_finding", 1),
                    NoRow("random_finding", states=("open",)),
                ),
                asks=("service", "conclusion"),
                fills={"issued_at": "now", "issued_by": "me"},
                binds=True,
            ),
            with_reason("revise", W("重新检查", "Revise"), ("issued",), "draft", _MANAGER),
        ),
        title="day",
        columns=("day", "site", "person", "service", "conclusion"),
        writers=_MANAGER,
        watchers=(PROJECT_MANAGER, QUALITY),
        menu=15,
    )

    day = fields.day("检查日期", "Day")
    site = link("现场", "Site", "site")
    person = fields.person("受检人员", "Person checked")
    service = line("检查的服务", "Service checked")
    conclusion = prose("结论", "Conclusion")
    template = link("服务规范模板", "Template of norms", "template", at_birth=True)
    issued_at = moment("出具时间", "Issued at", by_move=True, computed=True)
    issued_by = fields.person("检查人", "Issued by", by_move=True, computed=True)
    drawn_site = link("抽中现场", "Site drawn", "site", computed=True, at_birth=True)
    drawn_person = fields.person("抽中人员", "Person drawn", computed=True, at_birth=True)
    drawn_day = fields.day("抽中日期", "Day drawn", computed=True, at_birth=True)
    drawn_at = moment("抽取时间", "Drawn at", computed=True, at_birth=True)
    seed = line("随机种子", "Seed", computed=True, at_birth=True)
    population = prose("抽取总体", "Population", computed=True, at_birth=True)
