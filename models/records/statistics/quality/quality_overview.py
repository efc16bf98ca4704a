"""The quality overview: open items by kind and age, twelve weeks of them, and each project's weeks.

Screen, workbook and command show this. Its numbers are those of the figures `backlog.…` and
`items.…`, of all projects that are looked at or of one. Clause: 5.1, 5.2, 5.3, 5.4.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from models.calendar.business_dates import first_day, last_day, shift_week, week_of
from models.derived import figures
from models.derived.figures import Figure, Scope, of_week
from models.records.checks.figures import FAMILY as CHECKS
from models.records.statistics.quality import open_items, quality_figures
from models.records.statistics.quality.open_items import AGES, COMPANY, DAY, KINDS, OpenItem
from models.records.statistics.quality.quality_figures import ALL, EVERY, LATE, SPAN, TODAY, name_of
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

WEEKS = 12
SERIES = ("opened", "closed", "open", "in_time")
"""The figures of a week, in their order."""
ROUNDS, ROUND_DAYS = ("due", "in_time", "late", "missing", "unsynced"), 7
"""The figures of the rounds of checklists, and of how many days."""


class KindLine(NamedTuple):
    """The open items of one kind, or of all."""

    name: str
    label: W
    total: Figure
    ages: list[Figure]
    """By `AGES`; the last class has no upper bound."""
    late: Figure


class WeekLine(NamedTuple):
    """One week, by `SERIES`."""

    week: str
    figures: list[Figure]


class ProjectWeeks(NamedTuple):
    """One project: how many items were open at the end of each week."""

    project: str
    """Its id; `COMPANY` for what belongs to none."""
    open: list[int]
    now: int
    late: int


class QualityOverview(NamedTuple):
    """All that is shown."""

    scope: Scope
    """The projects that are looked at, and today."""
    kinds: list[KindLine]
    """All of them, then each kind."""
    weeks: list[WeekLine]
    """The last twelve, this one the last."""
    projects: list[ProjectWeeks]
    """Those with anything open or done, the most overdue first."""

    @property
    def figures(self) -> list[Figure]:
        """The figures of the kinds, in their order."""
        return [one for kind in self.kinds for one in (kind.total, *kind.ages, kind.late)]


def overview(book: Book, projects: Sequence[str]) -> QualityOverview:
    """What is open in these projects (ids, `COMPANY`), and their last twelve weeks."""
    scope = Scope(tuple(projects), book.today, book.today)
    weeks = weeks_until(week_of(book.today))
    now = open_items.open_now(book, projects)
    done = open_items.done_since(book, projects, first_day(weeks[0]))
    today = quality_figures.backlog(book, now)
    found = {one.kind.name: one for one in figures.of_data(TODAY, today)}
    spans = [
        quality_figures.span_of(now, done, first_day(week), last_day(week), book.zone)
        for week in weeks
    ]
    return QualityOverview(
        scope,
        [_kind(found, name, label) for name, label in _kinds()],
        [
            WeekLine(week, figures.of_data(SPAN, span))
            for week, span in zip(weeks, spans, strict=True)
        ],
        _projects([span.open for span in spans], now, today),
    )


def rounds(book: Book, projects: Sequence[str]) -> tuple[Scope, list[Figure]]:
    """The rounds of checklists that fell due in the last seven days, as the checks count them."""
    here = tuple(one for one in projects if one != COMPANY)
    scope = Scope(here, book.today - (ROUND_DAYS - 1) * DAY, book.today)
    found = {one.kind.name: one for one in figures.of_family(book, scope, CHECKS)}
    return scope, [found[f"{CHECKS}.{name}"] for name in ROUNDS]


def weeks_until(last: str) -> list[str]:
    """The twelve weeks up to one, earliest first."""
    return [shift_week(last, at + 1 - WEEKS) for at in range(WEEKS)]


def scope_of_week(scope: Scope, week: str, project: str | None = None) -> Scope:
    """The scope of one of the weeks, of all projects or of one."""
    return of_week(scope.projects if project is None else (project,), week)


def _kinds() -> list[tuple[str, W]]:
    return [(ALL, EVERY), *((kind.name, kind.label) for kind in KINDS)]


def _kind(found: dict[str, Figure], name: str, label: W) -> KindLine:
    ages = [found[name_of(name, str(place))] for place in range(len(AGES) + 1)]
    return KindLine(name, label, found[name_of(name)], ages, found[name_of(name, LATE)])


def _projects(
    weeks: Sequence[Sequence[OpenItem]],
    now: Sequence[OpenItem],
    today: quality_figures.Backlog,
) -> list[ProjectWeeks]:
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * len(weeks))
    for at, items in enumerate(weeks):
        for item in items:
            counts[item.project][at] += 1
    held: dict[str, list[OpenItem]] = defaultdict(list)
    for item in now:
        held[item.project].append(item)
    lines = []
    for project, row in counts.items():
        here = held[project]
        over = sum(one.due is not None and one.due < today.today for one in here)
        lines.append(ProjectWeeks(project, row, len(here), over))
    return sorted(lines, key=lambda one: (-one.late, -one.now, -sum(one.open), one.project))
