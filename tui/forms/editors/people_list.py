"""People list: several members in one line, picked one after another and taken out again.

The line reads `周勤、李明、`. What is typed behind the last mark is looked for among the members; a
backspace right behind a mark takes the whole last name out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from models.queries import lookup
from models.schema.fields import Spec
from models.text.lists import names_of
from models.text.words import Refused
from tui.forms.editors.suggestions import LinkSuggestions

if TYPE_CHECKING:
    from models.book.book import Book

MARK: Final = "、"
_MARKS: Final = re.compile("[、；;，,]")


class PeopleSuggestions(LinkSuggestions):
    """Offers members for the name that is being typed, but for those in the line already."""

    def __init__(self, book: Book, spec: Spec, within: Mapping[str, str]) -> None:
        super().__init__(book, spec, within)
        self._here: tuple[str, ...] = ()

    def look(self, text: str, typed: bool) -> None:
        """Offer who fits the last part of the line."""
        *before, last = _MARKS.split(text)
        super().look(last, typed)
        self._here = tuple(part.strip() for part in before)
        self.offers = [one for one in self.offers if not {one.title, one.id} & {*self._here}]
        self.at = min(self.at, len(self.offers) - 1)

    def with_offer(self, text: str, at: int) -> str:
        """The line with an offer in the place of its last part."""
        kept = text[: len(text) - len(_MARKS.split(text)[-1])]
        return f"{kept}{told(self._book, self.offers[at].id)}{MARK}"


def line_of(book: Book, value: object) -> str:
    """The line in which a list of people is edited, ready for one more."""
    names = [told(book, id) for id in names_of(value)]
    return MARK.join([*names, ""])


def without_last(text: str) -> str | None:
    """The line without its last name, where it ends behind one; None where it does not."""
    found = re.search("[^、；;，,]*[、；;，,] *$", text)
    return text[: found.start()] if found else None


def told(book: Book, id: str) -> str:
    """A member's name where it means one only, else the id."""
    name = book.people.name(id)
    try:
        alone = lookup.person(book, name) == id
    except Refused:
        return id
    return name if alone and not _MARKS.search(name) else id
