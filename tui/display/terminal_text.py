"""Terminal text: how text from people and records becomes text for a terminal.

Everything shown goes through `show`; everything measured is measured in terminal cells, by the
tables that Textual lays out with, never by `len`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from unicodedata import category

from rich.cells import cell_len, get_character_cell_size, split_graphemes

from models.frozen import NamedTuple

MISSING: Final = "\ufffd"
CLOSING: Final = frozenset("，。、；：？！）》」』】〉〕〗”’…—·～％‰℃,.;:?!)]}%")
OPENING: Final = frozenset("（《「『【〈〔〖“‘([{")
_JOINER, _NON_JOINER = "\u200d", "\u200c"  # they shape scripts and emoji, and act on nothing
_ACTING: Final = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"})
_LOOSE_JOINER: Final = re.compile(rf"(?<!\S){_JOINER}")
_SPACES: Final = " \u3000"
_MARKS: Final = 8  # combining marks that one glyph of a list may carry; scripts need four


class Glyphs(NamedTuple):
    """The glyphs that lists, tables and charts draw with: one cell each."""

    more: str
    mark: str
    rule: str
    full: str
    rest: str
    swap: str


FINE: Final = Glyphs("…", "▌", "─", "█", "░", "⇅")
PLAIN: Final = Glyphs("~", ">", "-", "#", ".", "=")


class _Drawing:
    """Which glyphs are drawn now: PLAIN where the terminal makes ambiguous widths two cells."""

    def __init__(self) -> None:
        self.now: Glyphs = FINE


drawing: Final = _Drawing()


class _Table(dict[int, str]):
    """A lazy table for `str.translate`; only the basic plane is remembered, to bound it."""

    def __missing__(self, code: int) -> str:
        value = self._of(chr(code))
        if code < 0x10000:
            self[code] = value
        return value

    def _of(self, char: str) -> str:
        acts = category(char) in _ACTING and char not in (_JOINER, _NON_JOINER)
        return MISSING if acts else char


class _Spaces(_Table):
    """Each character as many spaces as it has cells: one `translate` measures a text."""

    def _of(self, char: str) -> str:
        return " " * get_character_cell_size(char)


_AS_SPACES: Final = _Spaces()
_SHOWN: Final = _Table({9: "    ", 10: "\n"})
_ONE_EACH: Final = _Table({9: " ", 10: "\n"})
# In a list no width may be in doubt: terminals disagree on joined and on emoji-styled glyphs.
_IN_LIST: Final = {9: " ", 10: " ", 0x200D: "", 0xFE0E: "", 0xFE0F: ""}
_AMBIGUOUS: Final = str.maketrans(
    "…—–―‘’“”·•×÷±→←↑↓■□●○◆◇★☆℃°≤≥√①②③④⑤⑥⑦⑧⑨",
    "~---''\"\"..x/+><^v#.*o*o*oCo<>v123456789",
)
_LISTED: Final = {
    FINE: _Table(_IN_LIST),
    PLAIN: _Table(_IN_LIST | {code: chr(plain) for code, plain in _AMBIGUOUS.items()}),
}


def show(text: str) -> str:
    """The text as a terminal may show it: what acts, hides or turns text is U+FFFD.

    A newline stays, CRLF becomes one, a tab becomes four spaces. Clean text comes back as it is.
    """
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").translate(_SHOWN)
    return _LOOSE_JOINER.sub(MISSING, text) if _JOINER in text else text


def show_each(text: str) -> str:
    """The same for text under a cursor: exactly one character for each."""
    return text if text.isprintable() else text.translate(_ONE_EACH)


def width(text: str) -> int:
    """The cells that a shown line takes."""
    if text.isascii():
        return len(text)
    joined = _JOINER in text or "\ufe0f" in text
    return cell_len(text) if joined else len(text.translate(_AS_SPACES))


def cut(text: str, cells: int, *, padded: bool = False, right: bool = False) -> str:
    """One line of at most `cells` cells; `…` marks what is left out, no glyph is split.

    `padded` fills it to exactly `cells` with spaces, on its left if `right`. Joined emoji come
    apart here, since terminals disagree on the width of joined ones.
    """
    if cells <= 0:
        return ""
    head = text[: cells * (_MARKS + 1)]
    return _cut(head, cells, len(head) < len(text), padded, right, drawing.now)


@lru_cache(1024)  # most columns repeat few values
def _cut(head: str, cells: int, more: bool, padded: bool, right: bool, glyphs: Glyphs) -> str:
    """The same for the head of a text, `more` if there was more of it."""
    line = head.replace("\r\n", " ").translate(_LISTED[glyphs])
    wide = len(line.translate(_AS_SPACES))
    if wide > cells or wide < len(line) or more:
        line, wide = _shorten(line, cells, "" if wide <= cells and not more else glyphs.more)
    if not padded:
        return line
    space = " " * (cells - wide)
    return space + line if right else line + space


def pad(text: str, cells: int) -> str:
    """The shown text filled with spaces to `cells`; a wider one comes back as it is."""
    return text + " " * (cells - width(text))


def _shorten(line: str, cells: int, more: str) -> tuple[str, int]:
    """The glyphs that fit before `more`, that behind them, and the width of it all."""
    room = cells - len(more)
    kept: list[str] = []
    used = marks = 0
    for char in line:
        size = len(_AS_SPACES[ord(char)])
        if used + size > room:
            break
        marks = 0 if size else marks + 1
        if marks <= (_MARKS if used else 0):
            kept.append(char)
        used += size
    return "".join(kept) + more, used + len(more)


def wrap(text: str, cells: int) -> list[str]:
    """The text in lines of at most `cells` cells (two at least), by Chinese line-break rules.

    A closing mark never starts a line and an opening one never ends it, as far as there is
    anything else to break at. Only spaces at a line's end are left out.
    """
    cells = max(cells, 2)
    lines: list[str] = []
    for paragraph in show(text).split("\n"):
        lines += [paragraph] if width(paragraph) <= cells else _lines(paragraph, cells)
    return lines


def _lines(paragraph: str, cells: int) -> list[str]:
    """One paragraph, wider than a line, in lines."""
    spans = split_graphemes(paragraph)[0]
    glyphs = [(paragraph[start:end], size) for start, end, size in spans]
    breaks = _breaks(glyphs)
    lines: list[str] = []
    start = 0
    while start < len(glyphs):
        end = _reach(glyphs, start, cells)
        if end < len(glyphs):
            end = _last(start, end, breaks) or _forced(start, end, glyphs)
        line = "".join(glyph for glyph, _ in glyphs[start:end])
        lines.append(line.rstrip(_SPACES) if width(line) > cells or end < len(glyphs) else line)
        start = end
    return lines


def _reach(glyphs: list[tuple[str, int]], start: int, cells: int) -> int:
    """Where a line from `start` must end at the latest; spaces may hang over its edge."""
    end, used = start, 0
    while end < len(glyphs) and used + glyphs[end][1] <= cells:
        used += glyphs[end][1]
        end += 1
    while end < len(glyphs) and glyphs[end][0] in _SPACES:
        end += 1
    return end


def _breaks(glyphs: list[tuple[str, int]]) -> list[bool]:
    """For each glyph whether a line may start with it."""
    allowed = [False] * len(glyphs)
    solid = glyphs[0]  # the last glyph that is no space
    spaced = False
    for at, (glyph, size) in enumerate(glyphs[1:], 1):
        if glyph in _SPACES:
            spaced = True
            continue
        tied = glyph[0] in CLOSING or solid[0][0] in OPENING or not size
        allowed[at] = not tied and (spaced or size > 1 or solid[1] > 1)
        solid, spaced = (glyph, size), False
    return allowed


def _last(start: int, end: int, allowed: list[bool]) -> int:
    """The last allowed break behind `start`, 0 if there is none."""
    return next((at for at in range(end, start, -1) if allowed[at]), 0)


def _forced(start: int, end: int, glyphs: list[tuple[str, int]]) -> int:
    """Where to break what has no break: inside a word, or anywhere at all."""
    for at in range(end, start, -1):
        if glyphs[at][0][0] not in CLOSING and glyphs[at - 1][0][0] not in OPENING:
            return at
    return end
