"""Rules of the weekly status: problems are taken in, an issued report is supplemented.

Clause: 5.3.1(2)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.book.rules import after_move, before_move
from models.derived.compiled import compiles
from models.records.weekly import problem_intake
from models.records.weekly.week import issued_week, supplements
from models.records.weekly.weekly_entry import Weekly
from models.records.weekly.weekly_report import WeeklyReport

if TYPE_CHECKING:
    from models.book.book import Book


compiles(issued_week.REPORT)


@before_move("weekly", "submit")
def week_taken_in(book: Book, weekly: Weekly) -> None:
    """Submitting a weekly status takes the week's problems in."""
    problem_intake.take_in(book, weekly)


@before_move("weekly_report", "issue")
def report_covers(book: Book, report: WeeklyReport) -> None:
    """A weekly report notes which versions of the entries it is issued with."""
    supplements.cover(book, report)


@after_move("weekly", "accept")
def report_supplement(book: Book, weekly: Weekly) -> None:
    """An entry accepted after its report was issued is added there, marked."""
    supplements.add_later(book, weekly)
