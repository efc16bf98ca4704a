"""First steps of the checks: a template in use, and its first checklist handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.queries.waiting.first_steps import FirstStep, first_step
from models.records.checks.rounds.frequency import in_force
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book


def in_use(book: Book) -> bool:
    """Whether a template is in use."""
    return bool(in_force(book.store))


def handed_in(book: Book) -> bool:
    """Whether a checklist was submitted."""
    sql = "SELECT 1 FROM sheet WHERE void IS NULL AND state<>'open' LIMIT 1"
    return book.store.row(sql) is not None


first_step(
    FirstStep(
        "template",
        W("从模板库取用检查模板", "A template from the library"),
        30,
        in_use,
        page="library",
    )
)
first_step(
    FirstStep(
        "sheet",
        W("填写并提交今天的检查表", "Fill in today's checklist"),
        40,
        handed_in,
        page="checklist",
    )
)
