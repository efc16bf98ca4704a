"""First steps of the registers: the project has its name, and there is a customer with a site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.book.projects import FIRST_NAMES, all_projects
from models.queries.waiting.first_steps import FirstStep, first_step, has
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book


def named(book: Book) -> bool:
    """Whether a project is called by more than the name that the first run gave it."""
    return any(one.name not in FIRST_NAMES.values() for one in all_projects(book.store))


def located(book: Book) -> bool:
    """Whether there is a customer and a site."""
    return has(book, "customer") and has(book, "site")


first_step(
    FirstStep(
        "project",
        W("给项目起名", "Name your project"),
        10,
        named,
        types=("project",),
    )
)
first_step(
    FirstStep(
        "site",
        W("填写客户和现场", "Customer and site"),
        20,
        located,
        types=("customer", "site"),
    )
)
