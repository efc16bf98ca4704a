"""Problems in a weekly status: taken in from fixes and escalations, once each."""

from __future__ import annotations

from models.schema.fields import choice, flag, line, link, prose
from models.schema.kind import Kind
from models.schema.record import Record
from models.text.words import W

OUTCOMES = (("solved", "已解决", "solved"), ("open", "未解决", "open"))


class WeeklyProblem(Record):
    """A problem of the week with its cause and measure, linked to where it was recorded.

    The words are those of the time: an entry that was submitted never changes silently.
    Clause: 5.3.1(2).
    """

    kind = Kind(
        name="weekly_problem",
        label=W("周报问题", "Weekly problem"),
        code="WP",
        row="Q-531c",
        clause="5.3.1(2)",
        title="phenomenon",
        columns=("outcome", "phenomenon", "cause", "measure", "verified"),
        key=("weekly", "source"),
        parent="weekly",
        menu=0,
    )

    weekly = link("周报", "Weekly status", "weekly", required=True)
    source = link("来源", "Source", "", required=True)
    outcome = choice("情况", "Outcome", OUTCOMES)
    phenomenon = prose("问题现象", "Problem")
    cause = prose("原因", "Cause")
    measure = prose("措施", "Measure")
    verified = flag("已再次验证", "Re-verified")
    supplement = flag("补记", "Supplement", hint=W("解决于更早的周", "solved in an earlier week"))
    solved_week = line("解决周", "Solved in week", max=10)
