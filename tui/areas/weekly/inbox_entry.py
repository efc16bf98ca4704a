"""A weekly entry in the inbox: called by its week, and read as on the review page."""

from __future__ import annotations

from typing import cast

from models.records.registers import calendar_years
from models.records.weekly import entries
from models.records.weekly.weekly_entry import Weekly
from models.text.words import W, say
from tui.areas.weekly.review.review_view import ReviewView
from tui.display.parts import TextPart
from tui.pages.home.inbox_view import InboxView

WEEK = W("{type} {week}", "{type} {week}")


class InboxEntry(InboxView):
    """What the inbox shows of a weekly entry."""

    def title(self) -> str:
        """Its week: several entries of one person begin alike."""
        return say(WEEK, type=self.record.kind.label, week=cast(Weekly, self.record).week)

    def parts(self) -> list[TextPart]:
        """The entry with its changes, its rounds and notes."""
        weekly = cast(Weekly, self.record)
        clock = self.values.workspace.settings.weekly_due
        calendar = calendar_years.calendar(self.book)
        entry = entries.of_record(self.book, weekly, calendar, clock)
        return ReviewView(self.book, self.values, entry, weekly).parts()
