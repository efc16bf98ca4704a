"""Words: every visible word is a pair, Chinese and English, at the place where it is declared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from models.frozen import NamedTuple

Lang = Literal["zh", "en"]


class W(NamedTuple):
    """A word or sentence in both languages; `{name}` marks a value filled in by `say`."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en if language.now == "en" else self.zh


class _Language:
    """The language people read now: one plain holder, so that every screen switches at once."""

    def __init__(self) -> None:
        self.now: Lang = "zh"


language = _Language()


def say(word: W, **values: object) -> str:
    """The word in the current language, values filled in (a `W` among them is said too)."""
    text = str(word)
    if not values:
        return text
    said = {key: str(value) for key, value in values.items()}
    if language.now == "en" and "1" in said.values():
        text = _COUNTED.sub(lambda found: _one_or_more(found, said), text)
    return text.format(**said)


_ONE = {
    **{f"{word}s": word for word in ("change", "day", "device", "draft", "field", "file", "hour")},
    **{f"{word}s": word for word in ("item", "key", "month", "problem", "record", "report", "row")},
    **{f"{word}s": word for word in ("result", "task", "week", "year")},
    "copies": "copy",
    "entries": "entry",
    "people": "person",
}
_VERBS = {"have": "has", "are": "is", "were": "was"}
_COUNTED = re.compile(r"\{(\w+)\}( more)? (\w+)(?: (have|are|were)\b)?")
"""A count in a sentence, the word that is counted, and the verb behind it."""


def _one_or_more(found: re.Match[str], said: Mapping[str, str]) -> str:
    """The same for one: '1 item has' where the sentence says '{n} items have'."""
    name, more, word, verb = found.groups()
    if said.get(name) != "1" or word not in _ONE:
        return found.group()
    return f"{{{name}}}{more or ''} {_ONE[word]}" + (f" {_VERBS[verb]}" if verb else "")


def several(things: Iterable[object]) -> str:
    """Things named one after another, in the current language."""
    return str(W("、", ", ")).join(str(thing) for thing in things)


def listed(words: Iterable[W]) -> W:
    """The same for words, in both languages."""
    pairs = list(words)
    return W("、".join(word.zh for word in pairs), ", ".join(word.en for word in pairs))


class Refused(Exception):
    """What cannot be done: one clear sentence that names the thing and the remedy."""

    def __init__(self, word: W, **values: object) -> None:
        super().__init__(word.en)
        self.word = word
        self.values = values

    def __str__(self) -> str:
        return say(self.word, **self.values)

    def both(self) -> W:
        """The sentence in both languages, for a caller that stores it."""
        zh = {k: v.zh if isinstance(v, W) else v for k, v in self.values.items()}
        en = {k: v.en if isinstance(v, W) else v for k, v in self.values.items()}
        return W(self.word.zh.format(**zh), self.word.en.format(**en))
