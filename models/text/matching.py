"""Matching: how a typed word fits a name, the same in the search, lists, pickers and the palette.

A word fits a name as a part of its text; by sound, each character by its initial or as much of
its syllable as was typed (`jf`, `jifang`, `jifa` and `jfang` mean 机房); or scattered, with gaps
(`tmpl` means template, `xjmb` 巡检项目模板).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from models.frozen import NamedTuple
from models.text.pinyin import Sound, fold, readings

WHOLE, BEGINS, WORD, PART, SOUND, SOUND_INSIDE, SCATTERED, IN_PROSE = range(8)
"""How well a word fits, the best first."""
LEAST_SOUND = 2
MOST_SOUND = 64
"""Letters of a sound: one stands in nearly every name, and nobody types a whole page."""
LEAST_LETTERS = 3
"""Letters of a scattered word at least; of one with Han characters, one less."""
SPREAD = 3
"""How many times as long as the word the part of a name may be over which it is scattered."""
_GAP = r"(?:[^ ]* )?"


class SpeltName(NamedTuple):
    """A name in the forms in which it is compared."""

    text: str
    """Folded."""
    sound: str
    """A blank and the syllable or letter, for each of them: ' ji fang a 0 1'."""
    letters: str
    """The folded text without signs, and after a blank the initials where it has Han characters."""

    @property
    def firsts(self) -> str:
        """The initials, with other letters as they are: 'jfa01'."""
        return self.letters.rpartition(" ")[2]


@lru_cache(20_000)
def name_of(text: str, *, person: bool = False) -> SpeltName:
    """The forms of a name."""
    folded = fold(text)
    parts = readings(text, person=person)
    plain = "".join(char for char in folded if char.isalnum())
    if any(one.han for one in parts):
        plain += " " + "".join(one.sound[:1] if one.han else one.sound for one in parts)
    return SpeltName(folded, _spaced(parts), plain)


def _spaced(parts: Iterable[Sound]) -> str:
    return "".join(f" {one.sound if one.han else ' '.join(one.sound)}" for one in parts)


def words(text: str) -> list[str]:
    """The words of what was typed, folded, each once."""
    return list(dict.fromkeys(fold(text).split()))


def fit(name: SpeltName, word: str, *, scattered: bool = True) -> int | None:
    """How well a folded word fits (0 is best), None when it does not. '' fits as a beginning."""
    at = name.text.find(word)
    if at == 0:
        return WHOLE if word == name.text else BEGINS
    if at > 0:
        inside = any(name.text[one - 1 : one].isspace() for one in _all(name.text, word, at))
        return WORD if inside else PART
    if sounds(word) and (found := heard(word).search(name.sound)):
        return SOUND if found.start() == 0 else SOUND_INSIDE
    return SCATTERED if scattered and is_scattered(word, name.letters) else None


def fits(name: SpeltName, typed: Sequence[str], *, scattered: bool = True) -> int | None:
    """How well all words fit, that is, the worst of them; None when one does not."""
    worst = WHOLE
    for word in typed:
        place = fit(name, word, scattered=scattered)
        if place is None:
            return None
        worst = max(worst, place)
    return worst


def fits_any(names: Iterable[str], typed: Sequence[str], prose: str = "") -> int | None:
    """How well all words fit a thing of several names, each word one of them; a word of its `prose`
    fits as it stands, and worst of all."""
    forms, worst = [name_of(name) for name in names if name], WHOLE
    said = fold(prose) if prose else ""
    for word in typed:
        places = [place for name in forms if (place := fit(name, word)) is not None]
        if not places and word not in said:
            return None
        worst = max(worst, min(places, default=IN_PROSE))
    return worst


def sounds(word: str) -> bool:
    """Whether a word can be a sound: letters and digits, two at least."""
    return LEAST_SOUND <= len(word) <= MOST_SOUND and word.isascii() and word.isalnum()


@lru_cache(64)
def heard(word: str) -> re.Pattern[str]:
    """What finds a word in `SpeltName.sound`: each letter goes on in its syllable or begins the
    next one."""
    return re.compile(" " + _GAP.join(word))


def is_scattered(word: str, letters: str) -> bool:
    """Whether the letters stand in this order, not too far apart."""
    least = LEAST_LETTERS if word.isascii() else LEAST_LETTERS - 1
    if len(word) < least or not word.isalnum():
        return False
    return any(_spread(word, form) for form in letters.split(" "))


def _spread(word: str, form: str) -> bool:
    begin = form.find(word[0])
    while begin >= 0:
        at = begin
        for char in word[1:]:
            at = form.find(char, at + 1)
            if at < 0:
                return False  # nor from any later beginning
        if at - begin < SPREAD * len(word):
            return True
        begin = form.find(word[0], begin + 1)
    return False


def spots(text: str, word: str) -> list[tuple[int, int]]:
    """Where in a text as typed the characters stand that a folded word means by their sound."""
    if not sounds(word):
        return []
    parts = readings(text)
    sound = _spaced(parts)
    found = heard(word).search(sound)
    if found is None:
        return []
    at, spots = 0, list[tuple[int, int]]()
    for one in parts:
        end = at + len(_spaced([one]))
        if at < found.end() and end > found.start():
            spots.append((one.start, one.end))
        at = end
    return spots


def _all(text: str, word: str, at: int) -> Iterable[int]:
    while at >= 0:
        yield at
        at = text.find(word, at + 1)
