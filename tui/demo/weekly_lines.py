"""The demo's weekly status entries: each person's entry, its problems and its review.

They are written as import lines.
"""

from __future__ import annotations

from datetime import date
from random import Random
from typing import NamedTuple, cast

from models.calendar.business_dates import business_day, first_day, last_day, week_of
from models.text.words import W
from tui.demo.company import lead_of
from tui.demo.data_files import read
from tui.demo.line_stream import Line, Stream
from tui.demo.problem_lines import DemoProblem, problems

_ACCEPTED = (
    W("已阅，按计划推进。", "Read, go on as planned."),
    W("同意。注意夜间作业两人在场。", "Agreed. Two people for night work."),
    W("好，案例整理后放入经验库。", "Good; write it up for the experience library."),
    W("已阅。", "Read."),
)
_CHECKS = W(
    "本周完成检查 {sheets} 份，异常 {bad} 项。", "Checklists done: {sheets}; items not ok: {bad}."
)
_STILL_OPEN = W(
    "已升级部门经理，跟踪处理。", "Escalated to the department manager, being followed."
)
_ON_SITE = W("现场处理中。", "Being dealt with on site.")


class DemoWeek(NamedTuple):
    """What one person wrote for one week, and what became of it."""

    person: str
    project: str
    back: int
    """Weeks from the current one."""
    progress: W
    """What was done besides the checklists, which are counted."""
    next_week: W
    health: str = "green"
    risks: W | None = None
    help_needed: W | None = None
    state: str = "accepted"
    """Where the entry stays: a state; 'none' = not written; 'resubmitted' = accepted after a
    return; 'again' = submitted again after one."""
    returned: W | None = None
    """Why it was returned."""
    rewritten: W | None = None
    """What was added then."""


WEEKS = read("weekly", {"weekly": DemoWeek}).of(DemoWeek)


def _week(person: str, project: str, place: int) -> DemoWeek:
    """What a person wrote for a week; a month that has more of them repeats the earliest."""
    weeks = [week for week in WEEKS if (week.person, week.project) == (person, project)]
    last = weeks[-1]
    return (
        weeks[place]
        if place < len(weeks)
        else DemoWeek(person, project, place, last.progress, last.next_week)
    )


def put_weeklies(out: Stream, seed: int) -> None:
    """The entries of all authors; sheets and problems must be there."""
    lines = out.sorted()
    for person, project in dict.fromkeys((week.person, week.project) for week in WEEKS):
        for place, week in enumerate(out.span.weeks()):
            written = _week(person, project, place)
            if written.state != "none":
                _Entry(out, seed, written, week).put(lines)


class _Entry:
    """One person's entry of one week."""

    def __init__(self, out: Stream, seed: int, written: DemoWeek, week: str) -> None:
        self.out = out
        self.written = written
        self.week = week
        self.ref = f"weekly-{written.person}-{week}"
        self.last = out.span.in_week(week)[-1]
        self.rng = Random(f"{seed}/{self.ref}")

    def put(self, lines: list[Line]) -> None:
        """The entry with its problems, and the moves that lead to its state."""
        out, written, draft = self.out, self.written, self.written.state == "draft"
        at = out.span.at(self.last, "08:30" if draft else "15:40")
        out.add(
            "weekly", self.ref, written.person, at + self.rng.randrange(0, 900_000),
            project=written.project, week=self.week, person=written.person,
            health=written.health,
            progress=self._counted(lines, at) + out.say(written.progress),
            risks=written.risks, next_week=written.next_week, help_needed=written.help_needed,
            hours=None if draft else self._hours(),
        )  # fmt: skip
        self._problems(out.latest[self.ref])
        if not draft:
            self._moves(written.state, out.span.at(self.last, "16:30"))

    def _counted(self, lines: list[Line], until: int) -> str:
        """The sentence on the checklists of the week, counted from the lines."""
        since = self.out.span.at(self.out.span.in_week(self.week)[0], "00:00")
        mine = [
            line for line in lines
            if line["by"] == self.written.person and line.get("project") == self.written.project
            and since <= cast(int, line["at"]) < until
        ]  # fmt: skip
        sheets = sum(line.get("type") == "sheet" for line in mine)
        bad = sum(line.get("result") == "not_ok" for line in mine)
        sentence = self.out.say(_CHECKS).format(sheets=sheets, bad=bad)
        return sentence + (" " if self.out.lang == "en" else "")

    def _problems(self, at: int) -> None:
        """The problems of this person: solved in this week, or found by now and still open."""
        for problem in problems(self.out):
            if problem.fault.who != self.written.person or problem.project != self.written.project:
                continue
            solved = problem.solved()
            if solved and solved[0] < at:
                if week_of(self._day(solved[0])) == self.week:
                    self._problem(problem, at, "solved", solved[1], solved[2])
            elif self.out.made[problem.source] < at:
                escalated = problem.fault.escalated and problem.at(problem.fault.escalated) < at
                self._problem(problem, at, "open", None, _STILL_OPEN if escalated else _ON_SITE)

    def _problem(
        self, problem: DemoProblem, at: int, outcome: str, cause: W | None, measure: W
    ) -> None:
        self.out.add(
            "weekly_problem", f"{self.ref}-{problem.fault.key}", self.written.person, at + 60_000,
            project=self.written.project, weekly=self.ref, source=problem.source, outcome=outcome,
            phenomenon=problem.fault.phenomenon, cause=cause, measure=measure,
            solved_week=self.week if outcome == "solved" else None,
        )  # fmt: skip

    def _moves(self, state: str, at: int) -> None:
        out, who, lead = self.out, self.written.person, lead_of(self.written.project)
        at = out.move("submit", self.ref, who, max(at, out.latest[self.ref] + 900_000))
        after = out.span.at(self.last - 1, "08:30") + self.rng.randrange(0, 900_000)
        if state == "returned":
            out.move("return", self.ref, lead, after, comment=self.written.returned)
        if state == "resubmitted":
            after = self._once_more(after, 3_600_000) + 7_200_000
        if state == "again":
            self._once_more(at + 900_000, 600_000)
        if state in ("accepted", "resubmitted"):
            comment = _ACCEPTED[self.rng.randrange(len(_ACCEPTED))]
            out.move("accept", self.ref, lead, after, comment=comment)

    def _once_more(self, at: int, later: int) -> int:
        """Returned with a reason, written anew, submitted again; the instant of that."""
        out, who = self.out, self.written.person
        out.move(
            "return", self.ref, lead_of(self.written.project), at, comment=self.written.returned
        )
        out.edit(self.ref, who, at + later, progress=self._rewritten())
        return out.move("submit", self.ref, who, at + later + 300_000)

    def _rewritten(self) -> str:
        parts = [self.written.progress, self.written.rewritten]
        return (" " if self.out.lang == "en" else "").join(self.out.say(p) for p in parts if p)

    def _hours(self) -> str:
        """Eight hours a working day of the week, more or less."""
        worked = self.out.span.calendar.workdays(first_day(self.week), last_day(self.week))
        return str(8 * len(worked) + self.rng.randrange(-1, 5))

    def _day(self, at: int) -> date:
        return business_day(at, self.out.span.calendar.zone)
