"""Resting rounds: what nobody has to do today, and may: daily checklists on a day off, and when
the next of any is due. Clause: 5.1.1."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from models.records.checks.rounds import due_days, due_rounds
from models.records.checks.rounds.frequency import DAY, due_day, period, serves, templates
from models.records.checks.rounds.round_plan import ChecklistRound
from models.records.registers import calendar_years
from models.text.words import W, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from models.book.book import Book
    from models.records.checks.template import Template
    from models.records.registers.project import Project

NO_TEMPLATE = W(
    "还没有启用的检查模板。按 Alt+T 从模板库取用一个。",
    "No checklist template is in use yet. Alt+T opens the library of ready ones.",
)
NOT_YOURS = W(
    "您的项目现在没有要做的检查。", "No checklist is due on the projects whose checks are yours."
)
NEXT = W("今天没有要做的检查；下次 {day}。", "No checklist is due today; next {day}.")
NOW = W("{said}按 2 可现在填写。", "{said} Press 2 to fill one in now.")


def resting(book: Book) -> list[ChecklistRound]:
    """The daily rounds that are not due today, each as it would be begun today."""
    today, calendar = book.today, calendar_years.calendar(book)
    return [
        ChecklistRound(template, project, today, today, today, 1, template.times())
        for template, project in _asked(book)
        if serves(project, today)
        and period(template.frequency, today) == (today, today)
        and due_day(template, today, calendar) is None
    ]


def next_day(book: Book) -> date | None:
    """The next day after today on which a checklist of this person is due; None without any."""
    after, calendar = book.today + DAY, calendar_years.calendar(book)
    found = [
        day
        for template, project in _asked(book)
        if (day := due_days.next_due(template, after, calendar)) and serves(project, day)
    ]
    return min(found, default=None)


def nothing_due(book: Book) -> str:
    """What is said where no checklist is due: why, and which is the next."""
    day = next_day(book)
    if day is not None:
        return say(NEXT, day=due_days.dated(day))
    return str(NOT_YOURS if templates(book.store) else NO_TEMPLATE)


def none_today(book: Book) -> str:
    """The same on Today, where one key leads to those that may be filled in."""
    said = nothing_due(book)
    return say(NOW, said=said) if resting(book) else said


def _asked(book: Book) -> Iterator[tuple[Template, Project]]:
    """Every template in use with each project of this person that it asks something of."""
    used = templates(book.store)
    for project in due_rounds.mine(book) if used else ():
        for template in used:
            if template.project in (None, project.id):
                yield template, project
