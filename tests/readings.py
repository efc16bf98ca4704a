"""Readings: the table of `models.text.pinyin`, made from the dictionary of pypinyin.

`python -m tests.readings` writes it. The dictionary itself takes a second and 58 MB to load, which
nobody should pay for a search; the table takes 3 ms. It has one reading for each character, and the
words of up to three characters in which one of them is read otherwise.
"""

from __future__ import annotations

import re
from pathlib import Path

from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT

from models.text import pinyin

LONGEST = 3
SYLLABLE = re.compile("[a-z]?h?[aeiouv][a-z]*").fullmatch
"""What a syllable looks like: 嗯 and its like are read without a vowel, and nobody types that."""
HEAD = """\
# How Chinese characters are read, without tones: characters by reading, then words that differ.
# Made by `python -m tests.readings` from pypinyin 0.55, (c) 2016 mozillazg and others, MIT licence:
# permission is granted, free of charge, to any person obtaining a copy of this software to deal in
# it without restriction; it is provided "as is", without warranty of any kind.
"""
Words = dict[str, list[str]]


def made() -> str:
    """The whole file."""
    single = {char: lazy_pinyin(char)[0] for char in map(chr, _codes())}
    single = {char: sound for char, sound in single.items() if SYLLABLE(sound)}
    lines: dict[str, str] = {}
    for char, sound in single.items():
        lines[sound] = lines.get(sound, "") + char
    words = _words(single)
    told = [f"{sound} {chars}" for sound, chars in sorted(lines.items())]
    told += [f"{word} {' '.join(sounds)}" for word, sounds in sorted(words.items())]
    return HEAD + "\n".join(told) + "\n"


def _codes() -> list[int]:
    return [0x3007, *range(pinyin.FIRST, pinyin.LAST + 1)]


def _words(single: dict[str, str]) -> Words:
    """The words that the table of characters and the shorter words read wrongly."""
    found: Words = {}
    for count in range(2, LONGEST + 1):
        for word in sorted(PHRASES_DICT):
            if len(word) == count and all(map(_common, word)) and word[0] in single:
                sounds = lazy_pinyin(word)
                if all(map(SYLLABLE, sounds)) and _read(word, single, found) != sounds:
                    found[word] = sounds
    return found


def _common(char: str) -> bool:
    try:
        return bool(char.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def _read(text: str, single: dict[str, str], words: Words) -> list[str]:
    sounds: list[str] = []
    while text:
        word = next((text[:n] for n in range(LONGEST, 1, -1) if text[:n] in words), text[0])
        sounds += words.get(word) or [single.get(word, word)]
        text = text[len(word) :]
    return sounds


if __name__ == "__main__":
    Path(pinyin.TABLE).write_text(made(), encoding="utf-8")
