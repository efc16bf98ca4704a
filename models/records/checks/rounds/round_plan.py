"""Rounds of the checklists: which there are in which periods, each with its sheet once begun.

A template that is not daily is due once in its week, month or quarter. The sheet's `day` is the
first day of that period, so that two devices which both begin it make the same sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from models.book import permissions
from models.calendar.business_dates import instant, quarter_of, week_of
from models.calendar.working_calendar import Calendar
from models.derived import revisions
from models.frozen import NamedTuple
from models.records.checks.rounds.frequency import (
    DAY,
    Span,
    due_day,
    period,
    published,
    serves,
    spans,
    templates,
)
from models.records.checks.sheet import Sheet
from models.records.checks.template import Template
from models.records.registers.project import Project
from models.storage import rows
from models.storage.store import places
from models.text.words import W, say

if TYPE_CHECKING:
    from models.storage.store import Store

ROUND = W("{name} 第{number}轮", "{name}, round {number}")
EARLY = 7 * DAY
"""How long before its period a sheet may have been begun."""


class ChecklistRound(NamedTuple):
    """One round of a template on a project in one period, with its sheet once it is begun."""

    template: Template
    project: Project
    first: date
    last: date
    due: date
    """The last working day of the period; a daily round is due on its day."""
    number: int
    rounds: int
    sheet: Sheet | None = None

    @property
    def key(self) -> str:
        """Names the round, before it is begun and after."""
        return f"{self.project.id}/{self.template.id}/{self.first}/{self.number}"

    @property
    def done(self) -> bool:
        """Whether its sheet is submitted."""
        return self.sheet is not None and permissions.closed_by(self.sheet) is not None

    def title(self) -> str:
        """The template's name, with the round's number where there are several a day."""
        name = self.template.name()
        return say(ROUND, name=name, number=self.number) if self.rounds > 1 else name

    def span(self) -> str:
        """The day or the period, in short."""
        if self.first == self.last:
            return f"{self.first:%m-%d}"
        if (self.last - self.first).days == 6:
            return week_of(self.first)[5:]
        if self.first.month == self.last.month:
            return f"{self.first:%Y-%m}"
        return quarter_of(self.first)

    def late(self, today: date) -> bool:
        """Whether it should have been submitted by now."""
        return not self.done and self.due < today


class RoundPlan:
    """Which rounds the templates in use ask of some projects; sheets are read by frequency."""

    def __init__(self, store: Store, projects: Sequence[Project], calendar: Calendar) -> None:
        self.store, self.projects, self.calendar = store, projects, calendar
        self.templates = templates(store)
        self._since = published(store, self.templates, calendar.zone)
        known = revisions.versions(store, Template.kind.name)
        lines = {one.id: [version.id for version in known.line(one)] for one in self.templates}
        self._versions = {id: line or [id] for id, line in lines.items()}
        self._older: dict[str, Template] = {}

    def current(self, today: date) -> Iterator[ChecklistRound]:
        """The rounds of the periods of a day, and the unfinished ones of the periods before."""
        for of, used in self._by_frequency():
            first, last = period(of, today)
            before = {one.id: _before(one, first, self.calendar) for one in used}
            earliest = min([first, *(span[0] for span in before.values() if span)])
            sheets = self._sheets(used, earliest, last)
            for project in self.projects:
                for template in self._asked(used, project):
                    span, since = before[template.id], self._since[template.id]
                    if span is not None and since <= span[0] and serves(project, span[1]):
                        made = self._of(template, project, span, sheets)
                        yield from (round for round in made if not round.done)
                    if serves(project, today) and (today >= since or last >= since):
                        yield from self._of(template, project, (first, last), sheets)

    def between(self, first: date, last: date) -> Iterator[ChecklistRound]:
        """The rounds of the periods that have a day in between."""
        for of, used in self._by_frequency():
            found = list(spans(of, first, last))
            sheets = self._sheets(used, found[0][0], found[-1][1])
            for project in self.projects:
                for template in self._asked(used, project):
                    since = self._since[template.id]
                    for span in found:
                        for round in self._of(template, project, span, sheets):
                            asked = since <= round.due and serves(project, round.due)
                            if asked or round.sheet is not None:
                                yield round

    def _by_frequency(self) -> list[tuple[str | None, list[Template]]]:
        return [(of, list(used)) for of, used in groupby(self.templates, lambda one: one.frequency)]

    def _asked(self, used: Sequence[Template], project: Project) -> Iterator[Template]:
        return (template for template in used if template.project in (None, project.id))

    def _sheets(
        self, used: Sequence[Template], first: date, last: date
    ) -> dict[tuple[str, str], list[Sheet]]:
        """(project, template) -> the sheets of these days, of any version of the template."""
        of = {version: one.id for one in used for version in self._versions[one.id]}
        ids = [project.id for project in self.projects]
        where = (
            f"WHERE template IN ({places(of)}) AND n>=? AND +project IN ({places(ids)})"
            " AND day>=? AND day<=? AND void IS NULL ORDER BY round, n"
        )
        since = instant(first - EARLY, 0, self.calendar.zone) << 12
        days = first.isoformat(), last.isoformat()
        found: dict[tuple[str, str], list[Sheet]] = {}
        for sheet in rows.fetch(self.store, Sheet, where, (*of, since, *ids, *days)):
            found.setdefault((str(sheet.project), str(sheet.template)), []).append(sheet)
        return found

    def _of(
        self,
        template: Template,
        project: Project,
        span: Span,
        sheets: Mapping[tuple[str, str], Sequence[Sheet]],
    ) -> Iterator[ChecklistRound]:
        due = due_day(template, span[0], self.calendar)
        first, last = (day.isoformat() for day in span)
        begun = sorted(
            (
                sheet
                for version in self._versions[template.id]
                for sheet in sheets.get((project.id, version), ())
                if first <= (sheet.day or "") <= last
            ),
            key=lambda sheet: (sheet.round or 0, sheet.n),
        )
        daily = span[0] == span[1]
        count = template.times() if daily else 1
        for number in range(1, count + 1):
            sheet = next((one for one in begun if (one.round or 1) == number), None)
            if due is not None or sheet is not None:
                used = self._version(sheet, template)
                yield ChecklistRound(used, project, *span, due or span[1], number, count, sheet)

    def _version(self, sheet: Sheet | None, template: Template) -> Template:
        """The version that a sheet was made from; the newest one without a sheet."""
        made = sheet.template if sheet is not None else None
        if made is None or made == template.id:
            return template
        if made not in self._older:
            self._older[made] = rows.one(self.store, Template, made) or template
        return self._older[made]


def versions(store: Store, template: str) -> list[str]:
    """All versions of a template, newest first."""
    found = rows.one(store, Template, template)
    line = revisions.versions(store, Template.kind.name).line(found) if found is not None else ()
    return [one.id for one in line] or [template]


def _before(template: Template, first: date, calendar: Calendar) -> Span | None:
    """The last period before a day in which the template was due."""
    for _ in range(30):  # no holiday is longer
        span = period(template.frequency, first - DAY)
        if due_day(template, span[0], calendar) is not None:
            return span
        first = span[0]
    return None
