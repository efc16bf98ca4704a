"""Initials: the first pinyin letters of our own words, without loading a dictionary.

The common characters stand in GB2312 in the order of their reading, so the letter follows from
the code. Names that people gave are spelt by `models.text.pinyin`, which costs a quarter of a
second.
"""

from __future__ import annotations

from bisect import bisect_right

_FIRST = (
    *(0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE, 0xBBF7, 0xBFA6, 0xC0AC),
    *(0xC2E8, 0xC4C3, 0xC5B6, 0xC5BE, 0xC6DA, 0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9),
    0xD4D1,
)
"""The first code of each letter; i, u and v begin no syllable."""
_LETTERS = "abcdefghjklmnopqrstwxyz"
_LAST = 0xD7F9
_ODD = {"重": "c", "调": "d", "长": "c", "行": "x", "参": "c"}
"""Characters whose letter in these words is not the one that their code gives."""
_WORDS = {"重大": "zd"}
"""Words in which such a character has another letter."""


def initials(text: str) -> str:
    """Letters and digits as they are, Han characters by their first letter, the rest left out."""
    for word, letters in _WORDS.items():
        text = text.replace(word, letters)
    return "".join(_letter(char) for char in text.lower())


def _letter(char: str) -> str:
    if char.isascii():
        return char if char.isalnum() else ""
    if char in _ODD:
        return _ODD[char]
    try:
        code = int.from_bytes(char.encode("gb2312"))
    except UnicodeEncodeError:
        return ""
    at = bisect_right(_FIRST, code) - 1
    return _LETTERS[at] if at >= 0 and code <= _LAST else ""
