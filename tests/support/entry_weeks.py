"""Weekly entries for tests: weeks 46 to 48 of 2026, their problems, and the entry handed in."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

from models.book.book import Book
from models.book.projects import all_projects
from models.calendar.business_dates import instant
from models.records.registers.project import Project
from models.records.weekly import entries, prefill, problem_intake
from models.records.weekly.week import week_problems
from models.records.weekly.week.content import WeekContent
from models.records.weekly.weekly_entry import Weekly
from models.schema.record import Record

MONDAY = date(2026, 11, 16)


W46, W47, W48 = "2026-W46", "2026-W47", "2026-W48"


def go(clock: Any, text: str) -> None:
    """Let it be '11-20 15:30' of that year in Shanghai."""
    clock.move_to(instant(date.fromisoformat(f"2026-{text[:5]}"), minute(text[6:])) / 1000)


def minute(text: str) -> int:
    """The minute of the day."""
    hours, _, minutes = (text or "09:00").partition(":")
    return int(hours) * 60 + int(minutes)


def the(book: Book) -> Project:
    """The first project."""
    return cast(Project, all_projects(book.store)[0])


def fix(book: Book, project: str, text: str = "UPS 告警", *, fixed: bool = True) -> Record:
    """A fix, put right at once unless told not."""
    made = book.add("fix", {"phenomenon": text}, project=project)
    if fixed:
        made = book.move(made.id, "fix", {"cause": "电池老化", "correction": "更换电池"})
    return made


def entry(book: Book, week: str = W47) -> entries.WeeklyEntryDue:
    """The entry of a week."""
    return entries.entry(book, the(book), week)


def taken(book: Book, project: str, week: str = W47) -> list[tuple[str, str, bool]]:
    """What would be taken in now: (source's text, outcome, supplement)."""
    return [
        (one.problem.source.title(), one.values["outcome"], bool(one.values["supplement"]))
        for one in week_problems.gather(book, project, week, book.me)
    ]


def rows(book: Book, weekly: Record) -> list[tuple[str | None, ...]]:
    """The rows of an entry: phenomenon, outcome, cause, measure."""
    found = problem_intake.problems_of(book.store, weekly.id)
    return [(row.phenomenon, row.outcome, row.cause, row.measure) for row in found]


def submitted(book: Book, week: str = W47) -> Weekly:
    """The entry of a week, handed in with what is filled in beforehand."""
    texts = prefill.prefill(book, the(book), week)
    return entries.submit(book, entry(book, week), texts)


def figures_of(content: WeekContent) -> Any:
    """The figures of a week by the last part of their names."""
    return SimpleNamespace(**{one.name.partition(".")[2]: one.value for one in content.figures})
