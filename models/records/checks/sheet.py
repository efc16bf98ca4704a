"""Checklist sheets: one run of a template on one day."""

from __future__ import annotations

from models.schema.fields import count, day, link, prose
from models.schema.kind import Kind
from models.schema.lifecycle import State
from models.schema.lifecycles import review
from models.schema.record import Record
from models.schema.roles import AUTHOR, ENGINEER, LEADS, PROJECT_MANAGER
from models.text.words import W

_LIFE = (
    review(
        LEADS,
        writers=(ENGINEER, PROJECT_MANAGER, AUTHOR),
        draft=State("open", W("进行中", "in progress"), tone="busy", waits=(AUTHOR,)),
        accepted=State("reviewed", W("已审核", "reviewed"), tone="good", frozen=True, ended=True),
        accept="review",
        take_back="reopen",
    )
    .move("review", label=W("审核通过", "Review"))
    .move("return", from_=("submitted", "reviewed"))
)


class Sheet(Record):
    """The day's checklist of a project, made from a template. Clause: 5.1.1.

    Two devices that both begin the same round have the same sheet: its key is the project,
    the template, the day and the round.
    """

    kind = Kind(
        name="sheet",
        agenda="check",
        label=W("日常检查", "Daily checklist"),
        code="CK",
        row="Q-511",
        clause="5.1.1",
        states=_LIFE.states,
        moves=_LIFE.moves,
        columns=("day", "template", "round"),
        key=("project", "template", "day", "round"),
        menu=10,
    )

    template = link("模板", "Template", "template", required=True, at_birth=True)
    day = day("日期", "Day", required=True, at_birth=True)
    round = count("轮次", "Round", required=True, at_birth=True)
    remark = prose("备注", "Remark")
