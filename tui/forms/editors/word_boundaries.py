"""Word boundaries: where a word begins or ends, for keys that move or delete by words.

Chinese has no blanks. Words end at punctuation, where han meet other letters, and around
particles; between those they are taken as two characters each, as most are. A key then takes a
little too little of a text, never a whole sentence.
"""

from __future__ import annotations

import re
from typing import Final

HAN: Final = "〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
PARTICLES: Final = "的了和与及或在是将已未请被把对从为后前时"
_RUN: Final = re.compile(rf"[{PARTICLES}]|[{HAN}]+?(?=[{PARTICLES}]|[^{HAN}]|$)|\s+|[^\W{HAN}]+|.")
_HAN: Final = re.compile(f"[{HAN}]")
PIECE: Final = 2


def stops(line: str) -> list[int]:
    """Every place in a line where a word or a run of punctuation begins, and the line's end."""
    found: list[int] = []
    for run in _RUN.finditer(line):
        han = run[0][0] >= "\u3007" and not run[0][0].isspace() and re.match(f"[{HAN}]", run[0])
        found += range(run.start(), run.end(), PIECE) if han else [run.start()]
    return [*found, len(line)]


def left(line: str, column: int) -> int:
    """Where the word to the left of a place begins; blanks before the place are skipped."""
    end = len(line[:column].rstrip()) or 0
    return max((at for at in stops(line[:end]) if at < end), default=0)


def right(line: str, column: int) -> int:
    """Where the word to the right of a place ends, blanks before it skipped."""
    rest = line[column:]
    blanks = len(rest) - len(rest.lstrip())
    return column + next((at for at in stops(rest) if at > blanks), len(rest))
