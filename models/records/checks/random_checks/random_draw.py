"""Draws of random checks: site, person and day, known to the drawer alone until it is done."""

from __future__ import annotations

from models.schema import fields
from models.schema.fields import line, link, prose
from models.schema.kind import Kind, Readers
from models.schema.lifecycle import Move, State, with_reason
from models.schema.record import Record
from models.schema.roles import AUTHOR, DEPARTMENT_MANAGER
from models.text.words import W

_MANAGER = (DEPARTMENT_MANAGER,)


class RandomDraw(Record):
    """A draw of a site, a person and a day from a stated population. Clause: 5.1.3.

    It is drawn when it is created, by a seed that is kept, so that anybody who has both draws the
    same. Only who drew reads it; what it says is part of the check that it leads to.
    """

    kind = Kind(
        name="random_draw",
        label=W("随机检查抽取", "Draw of a random check"),
        code="DW",
        row="Q-513",
        clause="5.1.3",
        space="restricted",
        readers=Readers(roles=(), people=(AUTHOR,)),
        states=(
            State("drawn", W("已抽取", "drawn"), tone="busy", waits=(AUTHOR,), waits_from=0),
            State("done", W("已到场", "done"), tone="good", frozen=True, ended=True),
            State("dropped", W("未检查", "not made"), frozen=True, ended=True),
        ),
        moves=(
            Move(
                id="begin",
                label=W("开始检查", "Begin the check"),
                from_=("drawn",),
                to="done",
                who=(AUTHOR,),
            ),
            with_reason("drop", W("不检查", "Do not check"), ("drawn",), "dropped", (AUTHOR,)),
        ),
        title="day",
        columns=("day", "site", "person"),
        writers=_MANAGER,
        due="day",
        menu=16,
    )

    first = fields.day("抽取范围起", "Days from", required=True, at_birth=True)
    last = fields.day("抽取范围止", "Days to", required=True, at_birth=True)
    day = fields.day("抽中日期", "Day drawn", computed=True, at_birth=True)
    site = link("抽中现场", "Site drawn", "site", computed=True, at_birth=True)
    person = fields.person("抽中人员", "Person drawn", computed=True, at_birth=True)
    seed = line("随机种子", "Seed", computed=True, at_birth=True)
    population = prose("抽取总体", "Population", computed=True, at_birth=True)
