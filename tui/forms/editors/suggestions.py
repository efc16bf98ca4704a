"""Suggestions: what is offered below a field while its text is typed: records, people or files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from models.book import permissions
from models.queries.suggestions import Offer, Spelt, names, offers, spell
from models.schema.fields import Spec
from models.schema.record import kinds
from models.text.typed_path import path_of
from models.text.words import W, say
from tui.display.terminal_text import cut, drawing, width
from tui.forms.editors.field_lines import FieldLine
from tui.forms.editors.initials import initials

if TYPE_CHECKING:
    from models.book.book import Book

FEW, MORE = 5, 8
"""Offers shown before anything is typed, and after."""
MAKE = W("新建{type}“{text}”（Ctrl+N）", "new {type} “{text}” (Ctrl+N)")
MAKE_ANY = W("新建{type}（Ctrl+N）", "new {type} (Ctrl+N)")
NEW = "+"
"""The id of the offer that makes a new record."""


class Suggestions(Protocol):
    """What a field's helper is: offers for a text, one of them under the cursor (-1: none)."""

    offers: list[Offer]
    at: int

    def look(self, text: str, typed: bool) -> None:
        """Offer what fits a text; `typed` puts the cursor on the first."""
        ...


class LinkSuggestions:
    """Offers records of a type (or people) for a link, and to make a new one."""

    def __init__(self, book: Book, spec: Spec, within: Mapping[str, str]) -> None:
        self.offers: list[Offer] = []
        self.at = -1
        self._spelt: Spelt | None = None
        self._asked = False
        self._book, self._spec, self._within = book, spec, within
        self._last = ("", False)

    def look(self, text: str, typed: bool) -> None:
        """Offer what fits."""
        self._last = (text, typed)
        limit = MORE if typed else FEW
        target = self._spec.target
        if typed and text.strip().isascii() and self._spelt is None:
            self._spelt = {id: (_initials(name), "") for id, name in self.names()}
        self.offers = offers(
            self._book, target, text, within=self._within, spelt=self._spelt, limit=limit
        )
        if self.can_make:
            label = kinds[target].kind.label
            said = say(MAKE, type=label, text=text.strip()) if text.strip() else ""
            self.offers.append(Offer(NEW, said or say(MAKE_ANY, type=label), ""))
        self.at = 0 if text.strip() and typed and self.offers else -1

    @property
    def can_make(self) -> bool:
        """Whether the person may create what the link points to."""
        cls = kinds.get(self._spec.target)
        if cls is None or cls.kind.parent or cls.kind.key:
            return False
        return permissions.writing(self._book.people, self._book.me, cls.kind, None) is None

    def names(self) -> list[tuple[str, str]]:
        """(id, name) of what can be found by its sound."""
        return names(self._book.store, self._spec.target)

    def unheard(self) -> bool:
        """Whether only the dictionary may know what was typed; asked for once.

        Initials come without it; whole syllables and rare characters need it, and it takes a
        quarter of a second to load.
        """
        text, typed = self._last
        sounds = typed and text.strip().isascii() and len(text.strip()) > 1
        nothing = not any(offer.id != NEW for offer in self.offers)
        self._asked, before = self._asked or (sounds and nothing), self._asked
        return self._asked and not before

    def hear(self, spelt: Spelt) -> None:
        """Pinyin is there: look again for what was typed last."""
        self._spelt = spelt
        at = self.at
        self.look(*self._last)
        self.at = min(at, len(self.offers) - 1) if at >= 0 else self.at


class PathSuggestions:
    """Offers the files and folders that a typed path may mean."""

    def __init__(self) -> None:
        self.offers: list[Offer] = []
        self.at = -1

    def look(self, text: str, typed: bool) -> None:
        """Offer what the folder holds; folders end with a separator. Without a path, nothing."""
        self.offers = []
        if text.strip() and typed:
            whole = path_of(text)
            folder = whole if text.endswith(("/", os.sep)) else whole.parent
            begins = "" if folder == whole else whole.name.casefold()
            try:
                inside = sorted(folder.iterdir())
            except OSError:
                inside = []
            for path in inside:
                if path.name.casefold().startswith(begins) and not path.name.startswith("."):
                    end = os.sep if path.is_dir() else ""
                    self.offers.append(Offer(f"{path}{end}", f"{path.name}{end}", ""))
        self.offers = self.offers[:MORE]
        self.at = -1


@lru_cache(20_000)
def _initials(name: str) -> str:
    return initials(name)


def spelling(named: list[tuple[str, str]]) -> Spelt:
    """The pinyin of names; to be called aside, since it takes time."""
    return spell(named)


def lines_of(offered: Suggestions, wide: int) -> list[FieldLine]:
    """The offers as lines, the one under the cursor marked."""
    return [_line(at, offer, at == offered.at, wide) for at, offer in enumerate(offered.offers)]


def _line(at: int, offer: Offer, here: bool, wide: int) -> FieldLine:
    edge = f"{drawing.now.mark} " if here else "  "
    style = "cursor" if here else "here" if offer.id == NEW else ""
    rest = "  ".join(part for part in (offer.number, offer.note) if part)
    title = cut(offer.title, wide - 2)
    room = wide - 2 - width(title) - 2
    more = f"  {cut(rest, room)}" if rest and room > 6 else ""
    return FieldLine(at, [(edge + title, style), (more, "cursor" if here else "muted")])
