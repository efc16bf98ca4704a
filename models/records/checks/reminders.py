"""Reminders: rounds of checklists that were filled in twice. Clause: 5.1.1."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.book.projects import my_projects
from models.calendar.business_dates import day_of
from models.queries.waiting.agenda import Reminder, reminds, section
from models.records.checks.rounds import duplicate_rounds
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

section("duplicates", W("重复的检查轮次，须保留一份", "Rounds done twice: keep one"), 22)


@reminds
def duplicates(book: Book) -> Iterator[Reminder]:
    """Rounds that have two sheets, for everybody on the project."""
    projects = [project.id for project in my_projects(book)]
    for sheet in duplicate_rounds.duplicates(book, projects) if projects else ():
        yield Reminder("duplicates", sheet, day_of(sheet.day))
