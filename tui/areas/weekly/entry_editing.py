"""Entry editing: what the author of a weekly entry does with it, without a screen.

`texts` are the fields that are pre-filled; whatever is saved, they are saved along.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from models.records.weekly import entries
from models.records.weekly.prefill import prefill
from models.records.weekly.weekly_entry import HEALTH
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book
    from models.calendar.working_calendar import Calendar
    from models.records.weekly.entries import WeeklyEntryDue
    from models.records.weekly.weekly_entry import Weekly

NO_FIELD = W("请先把光标移到一段文字上。", "Move the cursor to a text first.")
NOTHING_MORE = W("没有可以预先填写的内容。", "There is nothing to pre-fill.")
NOT_BEGUN = W(
    "这份周报还没有保存过；按 Ctrl+S 提交或按 e 修改。", "Not saved yet. Ctrl+S submits, e edits."
)


class EntryEditing:
    """One entry as it was shown, with the texts that are pre-filled."""

    def __init__(self, book: Book, entry: WeeklyEntryDue, texts: Mapping[str, str]) -> None:
        self.book, self.entry, self.texts = book, entry, texts

    @property
    def _seen(self) -> str | None:
        """The versions that were shown."""
        return self.entry.weekly.dots if self.entry.weekly is not None else None

    def record(self) -> Weekly:
        """The entry's record. Raises `Refused` for one that was never saved."""
        if self.entry.weekly is None:
            raise Refused(NOT_BEGUN)
        return self.entry.weekly

    def why_not_submit(self) -> Refused | None:
        """Why this person cannot hand the entry in now, or None."""
        weekly = self.entry.weekly
        if weekly is None:
            return None
        return next(c.why for c in self.book.chances(weekly) if c.move.id == "submit")

    def submit(self) -> Weekly:
        """Hand the entry in; its problems are taken in with it."""
        return entries.submit(self.book, self.entry, self.texts, self._seen)

    def saved(self) -> Weekly:
        """The record to be edited, with the texts that are pre-filled saved in it."""
        if self.entry.weekly is None or self.texts:
            return entries.keep(self.book, self.entry, self.texts, self._seen)
        return self.entry.weekly

    def next_health(self) -> Weekly:
        """Change the status to the next one; after the last comes none."""
        weekly = self.entry.weekly
        order = [None, *(name for name, _, _ in HEALTH)]
        now = weekly.health if weekly is not None else None
        to = order[(order.index(now) + 1) % len(order)] if now in order else None
        return entries.keep(self.book, self.entry, {"health": to}, self._seen)

    def append_computed(self, field: str, calendar: Calendar) -> Weekly:
        """Append the computed text of a field to what is written there.

        Raises `Refused` for a field that has none, or when nothing is computed for it.
        """
        computed = prefill(self.book, self.entry.project, self.entry.week, calendar)
        if field not in computed:
            raise Refused(NO_FIELD)
        if not computed[field]:
            raise Refused(NOTHING_MORE)
        written = getattr(self.entry.weekly, field, None)
        text = f"{written}\n{computed[field]}" if written else computed[field]
        values = {**self.texts, field: text}
        return entries.keep(self.book, self.entry, values, self._seen)
