"""Review: a team's weekly entries at a glance, people × weeks, read in windows.

Nothing is stored: a cell follows from the entry, its moves, when it was due, and how far the
person's work is here, so that 'not done' differs from 'not synced'. Clause: 5.3.1(2).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from models.book.projects import my_projects
from models.calendar.business_dates import business_day, first_day, shift_week, week_of
from models.calendar.working_calendar import BUNDLED, Calendar
from models.derived import expected
from models.derived.expected import NOON, HeardOf
from models.frozen import NamedTuple
from models.records.checks.rounds import due_rounds
from models.records.registers.project import Project
from models.records.weekly import entries
from models.records.weekly.weekly_entry import HANDED_IN
from models.schema.roles import LEADS, QUALITY
from models.storage.store import places

if TYPE_CHECKING:
    from models.book.book import Book

WEEKS = 52
"""How many weeks are shown, this one the last."""
UNKNOWN = 1
"""Weeks back from this one that are asked of a person without any older entry."""
READERS = (*LEADS, QUALITY)
DUE, MISSING, UNSYNCED, NONE = expected.DUE, expected.MISSING, expected.UNSYNCED, ""
"""What a cell says where no entry is asked. Else it says the entry's state, or how one that is not
here stands (`models.derived.expected`)."""


class ReviewRow(NamedTuple):
    """One person on one project."""

    project: str
    person: str
    name: str
    project_name: str


class Cell(NamedTuple):
    """One person's week: the entry's state, or why there is none."""

    state: str
    late: bool = False
    """Submitted after its time, or not yet though that has come."""
    weekly: str = ""
    """The entry's id; '' where there is none here."""
    stands: str = ""
    """How an entry that is here stands."""

    @property
    def standing(self) -> str:
        """How it stands (`models.derived.expected`); '' where nothing is asked."""
        return self.stands if self.weekly else self.state


class AwaitingReview(NamedTuple):
    """An entry that waits for this person to read it."""

    weekly: str
    project: str
    person: str
    week: str


Key = tuple[str, str, str]
"""Project, person, week."""


class Team:
    """The people of some projects and their weeks; `reach` says until when whose work is here."""

    def __init__(
        self,
        book: Book,
        projects: Sequence[Project],
        reach: Mapping[str, int],
        calendar: Calendar = BUNDLED,
        clock: str = NOON,
    ) -> None:
        self.book = book
        self.reach = reach
        self.projects = {project.id: project for project in projects}
        self.rows = rows_of(book, projects)
        self.now = book.change_log.now()
        self.week = week_of(business_day(self.now, calendar.zone))
        self._calendar, self._clock = calendar, clock
        self._due: dict[str, int] = {}
        self._counts: dict[str, Counter[str]] = {}
        self._first = self._firsts()
        self._heard = HeardOf(book, reach)

    @cached_property
    def weeks(self) -> list[str]:
        """The weeks that are shown, the earliest first."""
        last = first_day(self.week)
        return [week_of(last + timedelta(weeks=n + 1 - WEEKS)) for n in range(WEEKS)]

    def due(self, week: str) -> int:
        """When the entries of a week are due, ms UTC."""
        if week not in self._due:
            self._due[week] = entries.due_at(week, self._calendar, self._clock)
        return self._due[week]

    def cells(self, rows: Iterable[ReviewRow], weeks: Sequence[str]) -> dict[Key, Cell]:
        """The cells of these people in these weeks (earliest first); no others are read."""
        rows = list(rows)
        if not rows or not weeks:
            return {}
        known = self._entries(rows, weeks[0], weeks[-1])
        handed = self._handed([id for id, _ in known.values()])
        found: dict[Key, Cell] = {}
        for row in rows:
            for week in weeks:
                key = (row.project, row.person, week)
                found[key] = self._cell(row, week, known.get(key), handed)
        return found

    def count(self, week: str) -> Counter[str]:
        """How many entries of a week are in which state; counted once. A draft whose time is over
        is missing, as it is everywhere."""
        if week not in self._counts:
            cells = self.cells(self.rows, [week])
            self._counts[week] = Counter(
                MISSING if cell.standing in expected.OVERDUE else cell.state
                for cell in cells.values()
            )
        return self._counts[week]

    def waiting(self) -> list[AwaitingReview]:
        """What waits to be read, the oldest week first, in it by project and name."""
        place = {(row.project, row.person): at for at, row in enumerate(self.rows)}
        found = [one for one in waiting(self.book) if one.project in self.projects]
        last = len(place)
        return sorted(found, key=lambda w: (w.week, place.get((w.project, w.person), last)))

    def _cell(
        self, row: ReviewRow, week: str, known: tuple[str, str] | None, handed: Mapping[str, int]
    ) -> Cell:
        if known is None and week < self._first[row.project, row.person]:
            return Cell(NONE)
        due = self.due(week)
        over = self.now > due
        id, state = known or ("", NONE)
        first = handed.get(id)
        stands = expected.standing(
            done=state in HANDED_IN,
            begun=bool(id),
            over=over,
            told=not over or self._heard.since((row.person,), due),
        )
        if not id:
            return Cell(stands, late=stands == MISSING)
        late = stands in expected.OVERDUE if first is None else first > due
        return Cell(state, late, id, stands)

    def _entries(self, rows: list[ReviewRow], first: str, last: str) -> dict[Key, tuple[str, str]]:
        """(id, state) of the entries of these people from one week to another."""
        people = list({row.person for row in rows})
        found: dict[Key, tuple[str, str]] = {}
        for project in {row.project for row in rows}:
            for at in range(0, len(people), 500):
                some = people[at : at + 500]
                sql = (
                    "SELECT person, week, id, state FROM weekly WHERE project=? AND person IN"
                    f" ({places(some)}) AND week>=? AND week<=? AND void IS NULL"
                )
                for person, week, id, state in self.book.store.rows(
                    sql, (project, *some, first, last)
                ):
                    found[project, person, week] = (id, state)
        return found

    def _handed(self, ids: list[str]) -> dict[str, int]:
        """When each entry was first submitted, ms UTC."""
        found: dict[str, int] = {}
        for at in range(0, len(ids), 500):
            some = ids[at : at + 500]
            sql = (
                "SELECT record, min(at) FROM transition WHERE state='submitted' AND record IN"
                f" ({places(some)}) GROUP BY record"
            )
            found.update(self.book.store.rows(sql, some))
        return found

    def _firsts(self) -> dict[tuple[str, str], str]:
        """From which week on entries are asked of whom."""
        began = {
            id: min(self.week, week_of(business_day(project.occurred, self._calendar.zone)))
            for id, project in self.projects.items()
        }
        usual = shift_week(self.week, -UNKNOWN)
        found = {(row.project, row.person): max(began[row.project], usual) for row in self.rows}
        sql = (
            "SELECT value, (SELECT min(week) FROM weekly WHERE project=? AND person=value)"
            " FROM json_each(?)"
        )
        for id, start in began.items():  # each person's first one is sought: years are not read
            people = [row.person for row in self.rows if row.project == id]
            for person, week in self.book.store.rows(sql, (id, json.dumps(people))):
                found[id, person] = max(start, min(week or usual, usual))
        return found


def led(book: Book) -> list[Project]:
    """The running projects whose entries this person reads."""
    return my_projects(book, READERS)


def rows_of(book: Book, projects: Sequence[Project]) -> list[ReviewRow]:
    """The people who owe entries on some projects, by project and name."""
    owing = due_rounds.workers(book, projects)
    found = [
        ReviewRow(project.id, person, book.people.name(person), project.name or project.number)
        for project in projects
        for person in owing[project.id]
    ]
    return sorted(found, key=lambda row: (row.project_name, row.project, row.name, row.person))


def waiting(book: Book) -> list[AwaitingReview]:
    """The entries that are submitted and that this person may decide."""
    mine = [p.id for p in my_projects(book, LEADS)]
    alone = {id for id in mine if not book.people.second_person(id, LEADS, book.me)}
    sql = (
        "SELECT id, project, person, week FROM weekly WHERE state='submitted' AND void IS NULL"
        f" AND project IN ({places(mine)})"
    )
    every = map(AwaitingReview._make, book.store.rows(sql, mine))
    return [one for one in every if one.person != book.me or one.project in alone]
