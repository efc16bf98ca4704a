"""Key parser: Textual's, for terminals that say more about a key than it reads, or nonsense."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from textual._xterm_parser import XTermParser
from textual.events import Key
from textual.keys import Keys

EXTENDED: Final = re.compile(r"\x1b\[([0-9:;]*)([u~ABCDEFHPQRS])")
"""A key in the Kitty protocol: `key:shifted:base ; modifiers:event ; text` and its kind."""
RELEASED: Final = "3"
SHIFT: Final = 2
MOST_MODIFIERS: Final = 256
LAST: Final = 0x10FFFF
SURROGATES: Final = range(0xD800, 0xE000)


class KeyParser(XTermParser):
    """Reads event types and alternate keys, and no code points that are no characters."""

    @lru_cache(maxsize=1024)  # noqa: B019
    def _parse_extended_key(self, sequence: str) -> list[Key] | None:
        plain = simplified(sequence)
        if plain is None:
            return [Key(Keys.Ignore, sequence)]
        return super()._parse_extended_key(plain)


def simplified(sequence: str) -> str | None:
    """The plainest sequence that means the same; None for a key to leave out.

    That is one that is let go, or of a code point that is no character. What is no extended key
    comes back as it is.
    """
    match = EXTENDED.fullmatch(sequence)
    if match is None or not match[1]:
        return sequence
    keys, modifiers, text = [*match[1].split(";"), "", ""][:3]
    key, shifted = [*keys.split(":"), ""][:2]
    held, event = [*modifiers.split(":"), ""][:2]
    characters = [point for point in text.split(":") if point]
    if event == RELEASED or int(held or 0) > MOST_MODIFIERS:
        return None
    if not all(_is_character(point) for point in (key, shifted, *characters) if point):
        return None
    if not characters and shifted and int(held or 0) == SHIFT:
        characters = [shifted]
    said = [key, held, ":".join(characters)]
    while said and not said[-1]:
        said.pop()
    return f"\x1b[{';'.join(said)}{match[2]}"


def _is_character(point: str) -> bool:
    return int(point) <= LAST and int(point) not in SURROGATES
