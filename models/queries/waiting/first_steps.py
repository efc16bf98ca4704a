"""First steps: what leads an empty book to its first checklist, each ticked off once it is done.

Areas declare the steps in their modules `first_steps`; nothing is stored. They are shown to those
who lead, until all are done, or until work is recorded in another way: then nobody needs them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from models.frozen import NamedTuple
from models.schema import late_modules
from models.schema.roles import LEADS
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book


class FirstStep(NamedTuple):
    """One step, and how it is taken: by the forms of some types, or on a page."""

    name: str
    label: W
    place: int
    """Steps are listed in this order."""
    done: Callable[[Book], bool]
    types: tuple[str, ...] = ()
    """Record types of which one each is needed, in the order in which they are filled in."""
    page: str = ""
    """The id of the page on which it is taken, where no form is enough."""


_steps: dict[str, FirstStep] = {}
_work: list[str] = []


def first_step(step: FirstStep) -> None:
    """Declare a step."""
    _steps[step.name] = step


def ends_with(*types: str) -> None:
    """Declare types of which one record says that the book is at work already."""
    _work.extend(types)


def first_steps(book: Book) -> list[tuple[FirstStep, bool]]:
    """The steps and whether each is done; none where nobody needs them any more."""
    late_modules.load("first_steps")
    if book.people.roles(book.me, None).isdisjoint(LEADS) or any(has(book, t) for t in _work):
        return []
    ordered = sorted(_steps.values(), key=lambda one: one.place)
    found = [(one, one.done(book)) for one in ordered]
    return [] if all(done for _, done in found) else found


def has(book: Book, type: str) -> bool:
    """Whether there is a record of a type, not void."""
    return book.store.row(f'SELECT 1 FROM "{type}" WHERE void IS NULL LIMIT 1') is not None
