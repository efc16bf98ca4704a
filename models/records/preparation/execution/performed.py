"""Performed tasks: other areas say which of their records are what a planned task asked for.

    @performs("sheet")
    def checked(book: Book, project: str, tasks: Sequence[ServiceTask]) -> …

An area registers it in its `rules`; the answer is by the id of the task.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from models.frozen import NamedTuple
from models.records.preparation.plans.service_task import ServiceTask
from models.schema import late_modules

if TYPE_CHECKING:
    from models.book.book import Book


class Performed(NamedTuple):
    """On which day a task was done, and the record that shows it."""

    day: date
    record: str


Performs = Callable[["Book", str, Sequence[ServiceTask]], Mapping[str, Performed]]
_performs: dict[str, Performs] = {}


def performs(type: str) -> Callable[[Performs], Performs]:
    """Register `(book, project, tasks)`: which tasks the records of a type show as done."""

    def register(rule: Performs) -> Performs:
        _performs[type] = rule
        return rule

    return register


def performed(book: Book, project: str, tasks: Sequence[ServiceTask]) -> dict[str, Performed]:
    """Task id -> how it was done, as the records of other areas show."""
    late_modules.load("rules")
    found: dict[str, Performed] = {}
    for rule in _performs.values():
        found.update(rule(book, project, tasks))
    return found
