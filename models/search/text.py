"""Text as search sees it: folding, words, the tokens of the index, and excerpts with highlights.

Pure. Both sides of a comparison are folded the same way, so that a hit is exactly 'the folded
word is part of the folded text'. Chinese has no spaces and most of its words have one or two
characters, so the index holds every character and every pair of neighbours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence

from models.frozen import NamedTuple

LAYOUT = f"2:{unicodedata.unidata_version}"
"""Names the folding and the tokens; an index made under another name is made anew."""

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
    "\ud800-\udfff\U000e0100-\U000e01ef]"
)
"""What is not typed on purpose: controls, zero-width and direction marks, lone surrogates."""
_WIDE = re.compile("[\u3000\uff01-\uff9f\uffe0-\uffe2\uffe5\uffe6]")
_COMMON = tuple((chr(ord(c) + 0xFEE0), c) for c in ",:;()!?%")
"""Full-width marks found in nearly every Chinese text; replacing them one by one is quickest."""
_JOINING = re.compile(r"[\u1160-\u11ff\u3099\u309a\uff9e\uff9f\uffa0-\uffdc]")

MATCH_WORDS = 16
MATCH_LENGTH = 32
MATCH_TAGS = 64
"""Bounds of what the index is asked; whatever lies beyond them is checked on the text itself."""
LEAD = 10
EXCERPT = 60
"""Characters before the first hit in an excerpt, and of the whole excerpt."""

Spots = tuple[tuple[int, int], ...]


class Excerpt(NamedTuple):
    """One line of a text around its first hit; `spots` are (start, end) of hits within it."""

    text: str
    spots: Spots


def fold(text: str) -> str:
    """The form in which texts are compared: composed, one width, no case, nothing invisible."""
    if text.isascii():
        return _UNSEEN.sub("", text).lower()
    text = _composed(_narrowed(text))
    folded = text.casefold()
    return text if folded == text else _composed(folded)


def _narrowed(text: str) -> str:
    text = _UNSEEN.sub("", text)
    for wide, plain in _COMMON:
        text = text.replace(wide, plain)
    return _WIDE.sub(_narrow, text)


def _composed(text: str) -> str:
    composed = unicodedata.is_normalized("NFC", text)
    return text if composed else unicodedata.normalize("NFC", text)


def _narrow(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found[0])


def words(query: str) -> list[str]:
    """What must all occur: the folded words of a query, each once."""
    return list(dict.fromkeys(fold(query).split()))


def tokens(body: str, type: str, project: str) -> Iterator[str]:
    """The index's tokens of a folded text: both tags, each character and each pair once.

    A word of two or more characters is in texts that have all its pairs; spaces end a run of
    pairs. No positions are stored: hits are checked on their text anyway, and the index is a
    third of the size.
    """
    yield tag("t", type)
    yield tag("p", project)
    runs = body.split()
    yield from dict.fromkeys("".join(runs))
    yield from dict.fromkeys(pair for run in runs for pair in map(str.__add__, run, run[1:]))


def tag(kind: str, name: str) -> str:
    """A token for a type or project: longer than any token of text, safe for every name."""
    return f"tag{kind}{name.encode('utf-8', 'surrogatepass').hex()}"


def match(
    wanted: Sequence[str], types: Collection[str] | None, projects: Collection[str] | None
) -> str:
    """An FTS5 query for texts that may hold all words; every string in it is quoted.

    It may let more through than it should, never less: hits are checked on their text.
    """
    longest = sorted(wanted, key=len, reverse=True)[:MATCH_WORDS]
    parts = [part for word in longest for part in _parts(word[:MATCH_LENGTH])]
    for kind, names in (("t", types), ("p", projects)):
        if names is not None and len(names) <= MATCH_TAGS:
            parts.append(f"({' OR '.join(tag(kind, name) for name in names)})")
    return " AND ".join(parts)


def _parts(word: str) -> list[str]:
    pairs = [word] if len(word) == 1 else dict.fromkeys(map(str.__add__, word, word[1:]))
    return [_quoted(pair) for pair in pairs]


def _quoted(phrase: str) -> str:
    return '"' + phrase.replace('"', '""') + '"'


def spots(text: str, query: str) -> Spots:
    """Where the words of a query occur in a text as typed: (start, end), ascending, apart."""
    return _joined(_places(text, words(query)))


def excerpt(text: str, wanted: Sequence[str]) -> Excerpt:
    """One line around the first place where a folded word occurs."""
    found = _joined(_places(text, wanted))
    start = max(0, found[0][0] - LEAD) if found else 0
    end = min(len(text), start + EXCERPT)
    line = re.sub(r"[\r\n\t]", " ", text[start:end]) + ("…" if end < len(text) else "")
    inside = ((max(a, start) - start, min(b, end) - start) for a, b in found if a < end)
    return Excerpt(line, tuple(inside))


def _places(text: str, wanted: Iterable[str]) -> Iterator[tuple[int, int]]:
    folded, origin = _origins(text)
    for word in wanted:
        at = folded.find(word)
        while at >= 0 and origin is None:
            yield at, at + len(word)
            at = folded.find(word, at + len(word))
        while at >= 0 and origin is not None:
            yield origin[at][0], origin[at + len(word) - 1][1]
            at = folded.find(word, at + len(word))


def _joined(found: Iterable[tuple[int, int]]) -> Spots:
    out: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def _origins(text: str) -> tuple[str, list[tuple[int, int]] | None]:
    """The folded text and, for each of its characters, the span it came from.

    None means one to one, which nearly every text is. Otherwise the text is folded cluster by
    cluster (a character and what joins it).
    """
    folded, narrow = fold(text), _narrowed(text)
    same = len(text) == len(narrow) == len(folded) and unicodedata.is_normalized("NFC", narrow)
    if same and folded == narrow.casefold():  # no step composed, dropped or spread anything
        return folded, None
    parts: list[str] = []
    origin: list[tuple[int, int]] = []
    for start, end in _clusters(text):
        part = fold(text[start:end])
        parts.append(part)
        origin += [(start, end)] * len(part)
    return "".join(parts), origin


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for at, char in enumerate(text):
        if at > start and not _joins(char):
            yield start, at
            start = at
    if text:
        yield start, len(text)


def _joins(char: str) -> bool:
    if char < "\x7f" or "\u3400" <= char <= "\u9fff":
        return char < "\t"
    return bool(unicodedata.category(char)[0] == "M" or _JOINING.match(char) or _UNSEEN.match(char))
