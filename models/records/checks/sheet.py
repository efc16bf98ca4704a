"""Checklist sheets: one run of a template on one day."""

from __future__ import annotations

from models.schema.fields import count, day, link, prose
from models.schema.lifecycles import RETURNED
from models.schema.record import AUTHOR, ENGINEER, LEADS, PROJECT_MANAGER, Kind, Move, Record, State
from models.text.words import W


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
        states=(
            State("open", W("进行中", "in progress"), tone="busy", waits=(AUTHOR,)),
            RETURNED,
            State("submitted", W("已提交", "submitted"), tone="good", reopen="reopen", waits=LEADS),
            State("reviewed", W("已审核", "reviewed"), tone="good", frozen=True, ended=True),
        ),
        moves=(
            Move(
                id="submit",
                label=W("提交", "Submit"),
                from_=("open", "returned"),
                to="submitted",
                who=(ENGINEER, PROJECT_MANAGER, AUTHOR),
                binds=True,
            ),
            Move(
                id="reopen",
                label=W("重新打开", "Reopen"),
                from_=("submitted",),
                to="open",
                who=(ENGINEER, PROJECT_MANAGER, AUTHOR),
            ),
            Move(
                id="review",
                label=W("审核通过", "Review"),
                from_=("submitted",),
                to="reviewed",
                who=LEADS,
                four_eyes=True,
            ),
            Move(
                id="return",
                label=W("退回", "Return"),
                from_=("submitted", "reviewed"),
                to="returned",
                who=LEADS,
                asks=("comment",),
                requires_comment=True,
            ),
        ),
        columns=("day", "template", "round"),
        key=("project", "template", "day", "round"),
        menu=10,
    )

    template = link("模板", "Template", "template", required=True)
    day = day("日期", "Day", required=True)
    round = count("轮次", "Round", required=True)
    remark = prose("备注", "Remark")
