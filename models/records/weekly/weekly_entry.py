"""Weekly status entries: one person's week on one project."""

from __future__ import annotations

from models.schema.fields import Spec, choice, number, person, prose, week
from models.schema.kind import Kind
from models.schema.lifecycle import with_reason
from models.schema.lifecycles import review
from models.schema.record import Record
from models.schema.roles import AUTHOR, LEADS
from models.text.words import W

HEALTH = (
    ("green", "正常", "on track"),
    ("yellow", "有风险", "at risk"),
    ("red", "受阻", "blocked"),
)
HANDED_IN = ("submitted", "accepted")
"""The states of an entry that its author has submitted."""

_LIFE = review(LEADS, writers=(AUTHOR,), take_back="reopen", needs=("progress",)).add(
    with_reason(
        "reconsider", W("撤回接受", "Withdraw acceptance"), ("accepted",), "submitted", LEADS
    ),
    before="return",
)


class Weekly(Record):
    """The weekly status entry (周报条目). Clause: 5.3.1(2).

    One per author, project and ISO week; the problems of the week are its rows.
    """

    kind = Kind(
        name="weekly",
        agenda="week",
        label=W("周报", "Weekly status"),
        code="WK",
        row="Q-531c",
        clause="5.3.1(2)",
        states=_LIFE.states,
        moves=_LIFE.moves,
        columns=("week", "person", "health", "progress"),
        title="progress",
        key=("project", "person", "week"),
        own_only=True,
        owner="person",
        indexes=(("project", "person", "week"),),
        menu=40,
    )

    week = week("周", "Week", required=True)
    person = person("填写人", "Person", required=True, at_birth=True)
    health = choice("项目状况", "Health", HEALTH)
    progress = prose("本周进展", "Progress")
    risks = prose("风险", "Risks")
    next_week = prose("下周计划", "Next week")
    help_needed = prose("需要的支持", "Help needed")
    hours = number("工时", "Hours", low="0", high="168")


FIGURES = ("health", "hours")
"""What is read of every person; an entry may be submitted without it, and that is said."""


def left_empty(weekly: Weekly) -> list[Spec]:
    """The figures that an entry does not give, by their fields."""
    specs = Weekly.specs()
    return [specs[name] for name in FIGURES if getattr(weekly, name) in (None, "")]
