"""Entry navigation: which weekly entry a page shows, and which comes before or after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from models.calendar.business_dates import next_week, previous_week, week_of
from models.queries.waiting.agenda import waiting_groups
from models.records.checks.rounds import due_rounds
from models.records.registers import calendar_years
from models.records.weekly import entries
from models.records.weekly.entries import WeeklyEntryDue
from models.records.weekly.weekly_entry import Weekly
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book
    from models.calendar.working_calendar import Calendar
    from models.records.registers.project import Project

NO_PROJECT = W(
    "您没有要写周报的项目。请先在项目中取得工程师角色。",
    "There is no project for you to report on; you need the engineer's role on one.",
)
NO_OTHER = W("没有别的项目要写周报。", "There is no other project to report on.")
NOT_WRITTEN = W("{who} 没有写 {week} 的周报。", "{who} has no entry for {week}.")
NONE_WAITS = W("没有其他待您审阅的周报。", "No other entry waits for your review.")
FUTURE = W("{week} 还没有到。", "{week} has not come yet.")


class EntryNavigation:
    """Finds the entries of one book, as of today; `clock` is the time at which they are due."""

    def __init__(self, book: Book, clock: str) -> None:
        self.book, self.clock = book, clock

    @property
    def calendar(self) -> Calendar:
        """The working calendar."""
        return calendar_years.calendar(self.book)

    @property
    def week(self) -> str:
        """This week."""
        return week_of(self.book.today)

    def entry(self, id: str | None, usual: str | None = None) -> WeeklyEntryDue:
        """The entry of a record's id or of 'project/week'; without one, this week's.

        `usual` is the project's id to begin with.
        """
        project, _, week = (id or "").partition("/")
        if id and not week:
            return self.of(cast(Weekly, self.book.get(id)))
        mine = due_rounds.mine(self.book)
        if not mine:
            raise Refused(NO_PROJECT)
        chosen = next((one for one in mine if one.id == (project or usual)), mine[0])
        return self.mine(chosen, week or self.week)

    def again(self, entry: WeeklyEntryDue) -> WeeklyEntryDue:
        """The same entry as it is now."""
        if entry.weekly is not None and entry.weekly.person != self.book.me:
            return self.of(cast(Weekly, self.book.get(entry.weekly.id)))
        return self.mine(entry.project, entry.week)

    def mine(self, project: Project, week: str) -> WeeklyEntryDue:
        """This person's own entry."""
        return entries.entry(self.book, project, week, self.calendar, self.clock)

    def of(self, weekly: Weekly) -> WeeklyEntryDue:
        """The entry that a record is."""
        return entries.of_record(self.book, weekly, self.calendar, self.clock)

    def neighbour_week(self, entry: WeeklyEntryDue, by: int) -> WeeklyEntryDue:
        """The same person's entry of the week before or after; not beyond this week."""
        week = next_week(entry.week) if by > 0 else previous_week(entry.week)
        if week > self.week:
            raise Refused(FUTURE, week=week)
        person = entry.weekly.person if entry.weekly is not None else None
        if person in (None, self.book.me):
            return self.mine(entry.project, week)
        named = {"week": week, "person": person}
        found = self.book.twin("weekly", named, project=entry.project.id)
        if found is None:
            raise Refused(NOT_WRITTEN, who=self.book.people.name(str(person)), week=week)
        return self.of(cast(Weekly, found))

    def next_project(self, entry: WeeklyEntryDue) -> WeeklyEntryDue:
        """The same week on the next project."""
        mine = due_rounds.mine(self.book)
        ids = [project.id for project in mine]
        if not mine or ids == [entry.project.id]:
            raise Refused(NO_OTHER)
        at = ids.index(entry.project.id) + 1 if entry.project.id in ids else 0
        return self.mine(mine[at % len(mine)], entry.week)

    def waiting(self, entry: WeeklyEntryDue) -> WeeklyEntryDue:
        """The entry after this one among the submitted ones that wait for this person."""
        found = [one for one in waiting_groups(self.book) if one.type == "weekly"]
        ids = [r.id for one in found if one.state == "submitted" for r in one.records]
        here = entry.weekly.id if entry.weekly is not None else ""
        if not ids or ids == [here]:
            raise Refused(NONE_WAITS)
        at = ids.index(here) + 1 if here in ids else 0
        return self.of(cast(Weekly, self.book.get(ids[at % len(ids)])))
