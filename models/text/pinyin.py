"""Pinyin: how a Chinese name is typed, by its initials or in full.

The readings are a table of our own (`tests.readings` makes it): a dictionary of all words takes a
second and 58 MB to load. Names of people first look at `SURNAMES`, since the common reading of a
character is often not the one used as a family name.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from models.frozen import NamedTuple

TABLE = Path(__file__).parent / "data" / "readings.txt"
FIRST, LAST = 0x4E00, 0x9FFF
"""The block of the common characters, for which there are readings."""
ZERO = "〇"
LONGEST = 3
"""Characters of the longest word in the table."""
_PLAIN = re.compile(r"[\W_]+")

SURNAMES: dict[str, tuple[str, ...]] = {
    "万俟": ("mo", "qi"),
    "尉迟": ("yu", "chi"),
    "长孙": ("zhang", "sun"),
    "澹台": ("tan", "tai"),
    "单于": ("chan", "yu"),
    "仇": ("qiu",),
    "单": ("shan",),
    "解": ("xie",),
    "任": ("ren",),
    "区": ("ou",),
    "查": ("zha",),
    "盖": ("ge",),
    "朴": ("piao",),
    "曾": ("zeng",),
    "翟": ("zhai",),
    "乐": ("yue",),
    "缪": ("miao",),
    "覃": ("qin",),
    "冼": ("xian",),
    "洗": ("xian",),
    "隗": ("wei",),
    "员": ("yun",),
    "种": ("chong",),
    "折": ("she",),
    "繁": ("po",),
    "黑": ("he",),
    "召": ("shao",),
    "秘": ("bi",),
}
"""Family names read otherwise than the same characters elsewhere, longest first."""


class Sound(NamedTuple):
    """A character or run of a text as it is typed: a syllable, or the letters themselves."""

    sound: str
    start: int
    end: int
    """Where in the text it stands."""
    han: bool
    """Whether it is a syllable, of which the first letter is enough."""


def fold(text: str) -> str:
    """Text as it is compared: full width made narrow, letters made small."""
    return unicodedata.normalize("NFKC", text).casefold()


def squeeze(text: str) -> str:
    """Folded text without spaces and punctuation, as pinyin is stored and looked for."""
    return _PLAIN.sub("", fold(text))


def initials_of(text: str, *, person: bool = False) -> str:
    """First letters of the Han characters, with other letters and digits: 变电站A-01 -> bdza01."""
    return "".join(one.sound[:1] if one.han else one.sound for one in readings(text, person=person))


def pinyin_of(text: str, *, person: bool = False) -> str:
    """The whole reading without tones or spaces: 变电站A-01 -> biandianzhana01."""
    return "".join(one.sound for one in readings(text, person=person))


def readings(text: str, *, person: bool = False) -> list[Sound]:
    """Syllables and runs of other letters and digits, in order; signs and spaces part runs."""
    found = list(_surname(text)) if person else []
    at = run = found[-1].end if found else 0
    letters = ""
    while at < len(text):
        sounds = _sounds(text, at)
        plain = "" if sounds else squeeze(text[at])
        if plain:
            run, letters = (run, letters + plain) if letters else (at, plain)
        elif letters and not unicodedata.combining(text[at]):
            found.append(Sound(letters, run, at, han=False))
            letters = ""
        found += [Sound(one, at + n, at + n + 1, han=True) for n, one in enumerate(sounds)]
        at += len(sounds) or 1
    return [*found, Sound(letters, run, at, han=False)] if letters else found


def is_begun(letters: str) -> bool:
    """Whether a syllable begins so."""
    return letters in _beginnings()


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(one[:n] for one in _table().syllables for n in range(1, len(one) + 1))


def _surname(text: str) -> Iterator[Sound]:
    for surname, sounds in SURNAMES.items():
        if text.startswith(surname):
            for at, sound in enumerate(sounds):
                yield Sound(sound, at, at + 1, han=True)
            return


def _sounds(text: str, at: int) -> tuple[str, ...]:
    """How the longest known word here is read, else its character; () for other letters."""
    table = _table()
    char = text[at]
    if char in table.ambiguous:
        for count in range(LONGEST, 1, -1):
            if word := table.words.get(text[at : at + count]):
                return word
    sound = table.sound(char)
    return (sound,) if sound else ()


class _Table(NamedTuple):
    """The readings: as a row of numbers, since 20,000 little texts would be 3 MB."""

    syllables: list[str]
    row: array[int]
    words: dict[str, tuple[str, ...]]
    ambiguous: frozenset[str]
    """With what the words begin."""

    def sound(self, char: str) -> str:
        """The reading of a character, '' where it has none."""
        code = ord(char)
        if FIRST <= code <= LAST:
            return self.syllables[self.row[code - FIRST]]
        folded = unicodedata.normalize("NFKC", char) if code > LAST else char
        if folded != char and len(folded) == 1:
            return self.sound(folded)
        return "ling" if char == ZERO else ""


@cache
def _table() -> _Table:
    syllables = [""]
    row = array("H", bytes(2 * (LAST - FIRST + 1)))
    words: dict[str, tuple[str, ...]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        head, _, rest = line.partition(" ")
        if head == "#":
            continue
        if not head.isascii():
            words[head] = tuple(rest.split(" "))
            continue
        syllables.append(head)
        for char in rest:
            if char != ZERO:
                row[ord(char) - FIRST] = len(syllables) - 1
    return _Table(syllables, row, words, frozenset(word[0] for word in words))
