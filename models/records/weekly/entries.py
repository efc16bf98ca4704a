"""The weekly status entry: whose is due when, and how it is saved and submitted.

Clause: 5.3.1(2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

from models.book import permissions
from models.book.log.change_log import LoggedChange
from models.book.log.transitions import Transition
from models.calendar.business_dates import instant, last_day
from models.calendar.working_calendar import BUNDLED, Calendar
from models.derived import expected
from models.derived.expected import NOON
from models.frozen import NamedTuple
from models.records.registers.project import Project
from models.records.weekly import problem_intake
from models.records.weekly.weekly_entry import Weekly

if TYPE_CHECKING:
    from models.book.book import Book


class WeeklyEntryDue(NamedTuple):
    """A person's entry of a week on a project, or the place where it is missing."""

    project: Project
    week: str
    due: int
    """When it is due, ms UTC."""
    weekly: Weekly | None

    @property
    def handed_in(self) -> bool:
        """Whether it is submitted."""
        return self.weekly is not None and permissions.closed_by(self.weekly) is not None

    @property
    def key(self) -> str:
        """Names the entry, before it is begun and after."""
        return f"{self.project.id}/{self.week}"


def due_at(week: str, calendar: Calendar = BUNDLED, clock: str = NOON) -> int:
    """When a week's entry is due (ms UTC): that time of the first working day after the week."""
    hours, _, minutes = clock.partition(":")
    try:
        minute = int(hours) * 60 + int(minutes or 0)
    except ValueError:
        minute = 12 * 60
    return instant(calendar.add_workdays(last_day(week), 1), minute, calendar.zone)


def late(moves: Iterable[Transition], due: int, now: int) -> bool:
    """Whether an entry was submitted after its time, or is not yet though that has come.

    The first submission counts: one that was returned and comes again is not late for it.
    """
    handed = [move.at for move in moves if move.state == "submitted"]
    return (min(handed) if handed else now) > due


def entry(
    book: Book,
    project: Project,
    week: str,
    calendar: Calendar = BUNDLED,
    clock: str = NOON,
) -> WeeklyEntryDue:
    """This person's entry of a week, there or not."""
    found = book.twin("weekly", {"week": week, "person": book.me}, project=project.id)
    kept = cast("Weekly | None", found if found is not None and found.void is None else None)
    return WeeklyEntryDue(project, week, due_at(week, calendar, clock), kept)


def keep(
    book: Book, entry: WeeklyEntryDue, values: Mapping[str, Any], seen: str | None = None
) -> Weekly:
    """Save fields of an entry, which is begun now if it was not, and take its problems in."""
    with book.saving():
        weekly = entry.weekly or begin(book, entry)
        weekly = cast(Weekly, book.edit(weekly.id, values, seen=seen or weekly.dots))
        problem_intake.take_in(book, weekly)
    return cast(Weekly, book.get(weekly.id))


def begin(book: Book, entry: WeeklyEntryDue) -> Weekly:
    """The record of an entry; a void one is used again."""
    values = {"week": entry.week, "person": book.me}
    return cast(Weekly, expected.begin(book, "weekly", values, entry.project.id))


def submit(
    book: Book, entry: WeeklyEntryDue, values: Mapping[str, Any], seen: str | None = None
) -> Weekly:
    """Save what is shown and hand the entry in, in one durable save; its problems come with it."""
    with book.saving():
        weekly = entry.weekly or begin(book, entry)
        book.edit(weekly.id, values, seen=seen or weekly.dots)
        return cast(Weekly, book.move(weekly.id, "submit"))


def of_record(
    book: Book, weekly: Weekly, calendar: Calendar = BUNDLED, clock: str = NOON
) -> WeeklyEntryDue:
    """The entry that a record is, of any person; raises `Refused` where its project is not here."""
    project = cast(Project, book.get(str(weekly.project)))
    week = weekly.week or ""
    return WeeklyEntryDue(project, week, due_at(week, calendar, clock), weekly)


def changed_since(history: Iterable[LoggedChange]) -> list[str] | None:
    """Fields that changed between the last two times an entry was submitted; None for the first.

    `history`: its changes, in the order in which they were applied here.
    """
    found: list[list[str]] = [[]]
    for change in history:
        if change.move is not None and change.move["to"] == "submitted":
            found.append([])
        found[-1] += [name for name in change.fields if name in Weekly.specs()]
    return list(dict.fromkeys(found[-2])) if len(found) > 2 else None
