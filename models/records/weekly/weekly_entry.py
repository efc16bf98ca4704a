"""Weekly status entries: one person's week on one project."""

from __future__ import annotations

from models.schema.fields import choice, number, person, prose, week
from models.schema.lifecycles import RETURNED
from models.schema.record import AUTHOR, LEADS, Kind, Move, Record, State
from models.text.words import W

HEALTH = (
    ("green", "正常", "on track"),
    ("yellow", "有风险", "at risk"),
    ("red", "受阻", "blocked"),
)
HANDED_IN = ("submitted", "accepted")
"""The states of an entry that its author has handed in."""


class Weekly(Record):
    """The weekly status entry (周报条目). Clause: 5.3.1(2).

    One per author, project and ISO week; the problems of the week stand in its rows.
    """

    kind = Kind(
        name="weekly",
        agenda="week",
        label=W("周报", "Weekly status"),
        code="WK",
        row="Q-531c",
        clause="5.3.1(2)",
        states=(
            State("draft", W("草稿", "draft"), tone="busy", waits=(AUTHOR,)),
            RETURNED,
            State("submitted", W("已提交", "submitted"), tone="good", reopen="reopen", waits=LEADS),
            State("accepted", W("已接受", "accepted"), tone="good", frozen=True, ended=True),
        ),
        moves=(
            Move(
                id="submit",
                label=W("提交", "Submit"),
                from_=("draft", "returned"),
                to="submitted",
                who=(AUTHOR,),
                binds=True,
                needs=("progress",),
            ),
            Move(
                id="reopen",
                label=W("重新打开", "Reopen"),
                from_=("submitted",),
                to="draft",
                who=(AUTHOR,),
            ),
            Move(
                id="accept",
                label=W("接受", "Accept"),
                from_=("submitted",),
                to="accepted",
                who=LEADS,
                four_eyes=True,
            ),
            Move(
                id="reconsider",
                label=W("撤回接受", "Withdraw acceptance"),
                from_=("accepted",),
                to="submitted",
                who=LEADS,
                asks=("comment",),
                requires_comment=True,
            ),
            Move(
                id="return",
                label=W("退回", "Return"),
                from_=("submitted",),
                to="returned",
                who=LEADS,
                asks=("comment",),
                requires_comment=True,
            ),
        ),
        columns=("week", "person", "health", "progress"),
        title="progress",
        key=("project", "person", "week"),
        own_only=True,
        indexes=(("project", "person", "week"),),
        menu=40,
    )

    week = week("周", "Week", required=True)
    person = person("填写人", "Person", required=True)
    health = choice("状态", "Status", HEALTH)
    progress = prose("本周进展", "Progress")
    risks = prose("风险", "Risks")
    next_week = prose("下周计划", "Next week")
    help_needed = prose("需要的支持", "Help needed")
    hours = number("工时", "Hours", low="0", high="168")
