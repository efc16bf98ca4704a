"""Round navigation: which checklist round a page shows, and which comes before or after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.records.checks.rounds import due_rounds
from models.records.checks.rounds.round_plan import ChecklistRound
from models.records.checks.sheet import Sheet
from models.records.registers import calendar_years
from models.storage import rows
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book
    from models.calendar.working_calendar import Calendar

NO_TEMPLATE = W(
    "本机没有这张检查表的模板或项目，请先同步。",
    "The template or project of this sheet is not on this device; sync first.",
)
NO_SHEET = W("今天没有别的检查表。", "There is no other checklist today.")


class RoundNavigation:
    """Finds the rounds of one book, as of today."""

    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def calendar(self) -> Calendar:
        """The working calendar."""
        return calendar_years.calendar(self.book)

    def rounds(self) -> list[ChecklistRound]:
        """The rounds of today."""
        return due_rounds.rounds(self.book, self.book.today, self.calendar)

    def round(self, id: str | None) -> ChecklistRound | None:
        """The round of a sheet's id or a round's key; without one, the one to go on with."""
        known = self.rounds()
        if id is None:
            return due_rounds.next_of(known, self.book.me, self.book.today)
        for round in known:
            if id in (round.key, round.sheet.id if round.sheet is not None else ""):
                return round
        sheet = rows.one(self.book.store, Sheet, id)
        found = due_rounds.round_of(self.book, sheet, self.calendar) if sheet is not None else None
        if found is None:
            raise Refused(NO_TEMPLATE)
        return found

    def neighbour(self, round: ChecklistRound | None, by: int) -> ChecklistRound:
        """The round of today so many after this one."""
        known = self.rounds()
        keys = [one.key for one in known]
        here = round.key if round is not None else ""
        if not known or keys == [here]:
            raise Refused(NO_SHEET)
        return known[(keys.index(here) + by if here in keys else 0) % len(known)]
