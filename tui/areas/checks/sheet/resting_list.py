"""Resting list: where no checklist is due, those that may be filled in all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.frozen import Frozen
from models.records.checks.rounds import due_days, resting_rounds
from models.records.checks.rounds.round_plan import ChecklistRound
from models.records.registers import calendar_years
from models.text.words import Refused, W
from tui.areas.checks.sheet.sheet_answering import NONE_DUE
from tui.display.row_layout import RowLayout
from tui.display.row_source import ListRow
from tui.display.terminal_text import cut
from tui.widgets.grouped_list import GroupHead

if TYPE_CHECKING:
    from models.book.book import Book

HOW = W("回车：现在填写光标下的检查表", "Enter fills in the checklist under the cursor now")


class RestingRow(Frozen):
    """A checklist that is not due, in the whole width: its columns are those of questions."""

    id: str
    text: str

    def segments(self, columns: RowLayout) -> tuple[str, str]:
        """The text, and no style of its own."""
        return cut(self.text, columns.width, padded=True), ""


class RestingList:
    """The rows that the checklist page shows where it has no sheet to show."""

    def __init__(self) -> None:
        self.rounds: list[ChecklistRound] = []

    def read(self, book: Book) -> list[ListRow]:
        """Why none is due, and each template with the days on which it is."""
        self.rounds = resting_rounds.resting(book)
        today, calendar = book.today, calendar_years.calendar(book)
        found: list[ListRow] = [GroupHead(resting_rounds.nothing_due(book), hint=True)]
        for one in self.rounds:
            when = due_days.said(one.template, today, calendar)
            project = one.project.name or one.project.number
            found.append(RestingRow(one.key, f"{one.template.name()}  {when}  {project}"))
        return found

    def note(self) -> str:
        """How one is begun."""
        return str(HOW) if self.rounds else ""

    def find(self, key: str | None) -> ChecklistRound:
        """The round of a row. Raises `Refused` where there is none."""
        found = next((one for one in self.rounds if one.key == key), None)
        if found is None:
            raise Refused(NONE_DUE)
        return found
