"""Question evidence: which records answer a question of the quarterly check.

An area registers what it knows, in a module whose name ends in `evidence`:

    @answers("faults")
    def faults(book: Book, quarter: Quarter) -> Iterator[Evidence]: ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from models.schema import late_modules
from models.schema.lifecycle import Tone
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book


class Quarter(NamedTuple):
    """A project's quarter, both days included."""

    project: str
    first: date
    last: date


class Evidence(NamedTuple):
    """Something that answers a question: how much there is of it, and where."""

    text: W
    """A sentence with numbers: “due 3, done 2”."""
    records: tuple[str, ...] = ()
    """The records that prove it, the best one first."""
    lacking: tuple[str, ...] = ()
    """The records that show what is missing."""

    @property
    def tone(self) -> Tone:
        """Whether it speaks for “yes”."""
        return "warn" if self.lacking or not self.records else ""


Provider = Callable[["Book", Quarter], Iterable[Evidence]]
_providers: dict[str, list[Provider]] = {}


def answers(question: str) -> Callable[[Provider], Provider]:
    """Register `(book, quarter)`: what an area knows that answers a question."""

    def register(provider: Provider) -> Provider:
        _providers.setdefault(question, []).append(provider)
        return provider

    return register


def evidence(book: Book, question: str, quarter: Quarter) -> Iterator[Evidence]:
    """What answers a question in a project's quarter, from all areas."""
    late_modules.load("evidence")
    for provider in _providers.get(question, ()):
        yield from provider(book, quarter)
