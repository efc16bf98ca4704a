"""The lines of the weekly status entries, with the problems of each week, and of the notes."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import cast

from models.calendar.business_dates import business_day, first_day, last_day, week_of
from models.text.words import W
from tui.demo.company import lead_of
from tui.demo.line_stream import Line, Stream
from tui.demo.notes import NOTES
from tui.demo.problem_lines import DemoProblem, problems
from tui.demo.weeklies import (
    ACCEPTED,
    AGAIN,
    AGAIN_WRITTEN,
    AUTHORS,
    CHECKS,
    ON_SITE,
    RETURNED,
    REWRITE,
    REWRITTEN,
    STATES,
    STILL_OPEN,
    Author,
)


def put_notes(out: Stream) -> None:
    """Every note."""
    for number, note in enumerate(NOTES, 1):
        at = out.span.at(note.back, note.time)
        out.add("note", f"note-{number}", note.by, at, about=note.about, text=note.text)


def put_weeklies(out: Stream, seed: int) -> None:
    """The entries of all authors; sheets and problems must be there."""
    lines = out.sorted()
    for author in AUTHORS:
        for place, week in enumerate(out.span.weeks()):
            if state := STATES.get((author.person, place), "accepted"):
                _Entry(out, seed, author, place, week).put(state, lines)


class _Entry:
    """One person's entry of one week."""

    def __init__(self, out: Stream, seed: int, author: Author, place: int, week: str) -> None:
        self.out = out
        self.author = author
        self.place = place
        self.week = week
        self.ref = f"weekly-{author.person}-{week}"
        self.last = out.span.in_week(week)[-1]
        self.rng = Random(f"{seed}/{self.ref}")

    def put(self, state: str, lines: list[Line]) -> None:
        """The entry with its problems, moved on to where it stands."""
        out, who, author = self.out, self.author.person, self.author
        written = author.weeks[min(self.place, len(author.weeks) - 1)]
        at = out.span.at(self.last, "08:30" if state == "draft" else "15:40")
        out.add(
            "weekly", self.ref, who, at + self.rng.randrange(0, 900_000), project=author.project,
            week=self.week, person=who, health=author.health.get(self.place, "green"),
            progress=self._counted(lines, at) + out.say(written.progress),
            risks=author.risks.get(self.place), next_week=written.next_week,
            help_needed=author.help_needed.get(self.place),
            hours=None if state == "draft" else self._hours(),
        )  # fmt: skip
        self._problems(out.latest[self.ref])
        if state != "draft":
            self._moves(state, out.span.at(self.last, "16:30"))

    def _counted(self, lines: list[Line], until: int) -> str:
        """The sentence on the checklists of the week, counted from the lines."""
        since = self.out.span.at(self.out.span.in_week(self.week)[0], "00:00")
        mine = [
            line for line in lines
            if line["by"] == self.author.person and line.get("project") == self.author.project
            and since <= cast(int, line["at"]) < until
        ]  # fmt: skip
        sheets = sum(line.get("type") == "sheet" for line in mine)
        bad = sum(line.get("result") == "not_ok" for line in mine)
        sentence = self.out.say(CHECKS).format(sheets=sheets, bad=bad)
        return sentence + (" " if self.out.lang == "en" else "")

    def _problems(self, at: int) -> None:
        """The problems of this person: solved in this week, or found by now and still open."""
        for one in problems(self.out):
            if one.fault.who != self.author.person or one.project != self.author.project:
                continue
            solved = one.solved()
            if solved and solved[0] < at:
                if week_of(self._day(solved[0])) == self.week:
                    self._problem(one, at, "solved", solved[1], solved[2])
            elif self.out.made[one.source] < at:
                escalated = one.fault.escalated and one.at(one.fault.escalated) < at
                self._problem(one, at, "open", None, STILL_OPEN if escalated else ON_SITE)

    def _problem(
        self, one: DemoProblem, at: int, outcome: str, cause: W | None, measure: W
    ) -> None:
        self.out.add(
            "weekly_problem", f"{self.ref}-{one.fault.key}", self.author.person, at + 60_000,
            project=self.author.project, weekly=self.ref, source=one.source, outcome=outcome,
            phenomenon=one.fault.phenomenon, cause=cause, measure=measure,
            solved_week=self.week if outcome == "solved" else None,
        )  # fmt: skip

    def _moves(self, state: str, at: int) -> None:
        out, who, lead = self.out, self.author.person, lead_of(self.author.project)
        at = out.move("submit", self.ref, who, max(at, out.latest[self.ref] + 900_000))
        after = out.span.at(self.last - 1, "08:30") + self.rng.randrange(0, 900_000)
        if state == "returned":
            out.move("return", self.ref, lead, after, comment=RETURNED)
        if state == "resubmitted":
            after = self._once_more(after, 3_600_000, REWRITE, REWRITTEN) + 7_200_000
        if state == "again":
            self._once_more(at + 900_000, 600_000, AGAIN, AGAIN_WRITTEN)
        if state in ("accepted", "resubmitted"):
            comment = ACCEPTED[self.rng.randrange(len(ACCEPTED))]
            out.move("accept", self.ref, lead, after, comment=comment)

    def _once_more(self, at: int, later: int, why: W, words: W) -> int:
        """Returned with a reason, written anew, handed in again; the instant of that."""
        out, who = self.out, self.author.person
        out.move("return", self.ref, lead_of(self.author.project), at, comment=why)
        out.edit(self.ref, who, at + later, progress=self._rewritten(words))
        return out.move("submit", self.ref, who, at + later + 300_000)

    def _rewritten(self, words: W) -> str:
        written = self.author.weeks[self.place].progress
        return self.out.say(written) + (" " if self.out.lang == "en" else "") + self.out.say(words)

    def _hours(self) -> str:
        """Eight hours a working day of the week, more or less."""
        worked = self.out.span.calendar.workdays(first_day(self.week), last_day(self.week))
        return str(8 * len(worked) + self.rng.randrange(-1, 5))

    def _day(self, at: int) -> date:
        return business_day(at, self.out.span.calendar.zone)
