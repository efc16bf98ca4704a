"""Text as search sees it: folding, words, the tokens of the index, and excerpts with highlights.

Pure. Both sides of a comparison are folded the same way, so that a hit is exactly 'the folded
word is part of the folded text', or what `models.text.matching` says of the name. Chinese has no
spaces and most of its words have one or two characters, so the index holds every character and
every pair of neighbours; of a name it holds the characters and initials once more, marked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from models.frozen import NamedTuple
from models.text import matching, pinyin
from models.text.matching import SpeltName

LAYOUT = f"3:{unicodedata.unidata_version}"
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
NAMELESS = SpeltName("", "", "")
OF_NAME, OF_SYLLABLE, OF_CODE = "~~", "~_", "~#"
"""What marks tokens of names, of their syllables, and codes: no token of a text is longer
than two characters."""
INNER = frozenset("aeiouvngrh")
"""Letters that stand behind the beginning of a syllable."""
LEAST_CODE = 3
LAST = 1 << 62
LEAD = 10
EXCERPT = 60
"""Characters before the first hit in an excerpt, and of the whole excerpt."""

PART = "\x01"
"""Between the parts of a packed text: `fold` drops it, so no text has it."""

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


def tokens(
    body: str, type: str, project: str, name: SpeltName = NAMELESS, codes: Iterable[str] = ()
) -> Iterator[str]:
    """The index's tokens of a folded text: both tags, each character and each pair once; then of
    its name each letter, each pair of initials and each syllable, and its codes.

    A word of two or more characters is in texts that have all its pairs; spaces end a run of
    pairs. No positions are stored: hits are checked on their text anyway, and the index is a
    third of the size.
    """
    yield tag("t", type)
    yield tag("p", project)
    runs = body.split()
    yield from dict.fromkeys("".join(runs))
    yield from dict.fromkeys(pair for run in runs for pair in map(str.__add__, run, run[1:]))
    yield from dict.fromkeys(f"{OF_NAME}{char}" for char in name.letters if char != " ")
    firsts = name.firsts
    yield from dict.fromkeys(f"{OF_NAME}{a}{b}" for a, b in pairwise(firsts))
    yield from dict.fromkeys(f"{OF_SYLLABLE}{one}" for one in name.sound.split() if len(one) > 1)
    yield from dict.fromkeys(f"{OF_CODE}{code}" for code in codes)


def tag(kind: str, name: str) -> str:
    """A token for a type or project: longer than any token of text, safe for every name."""
    return f"tag{kind}{name.encode('utf-8', 'surrogatepass').hex()}"


class SearchScope(NamedTuple):
    """Where and how words are looked for."""

    named: bool = False
    """Only in names."""
    scattered: bool = False
    """Also with gaps, in names (see `models.text.matching`)."""


def match(
    wanted: Sequence[str],
    types: Collection[str] | None,
    projects: Collection[str] | None,
    scope: SearchScope,
) -> str:
    """An FTS5 query for texts that may hold all words; every string in it is quoted.

    It may let more through than it should, never less: hits are checked on their text.
    """
    longest = sorted(wanted, key=len, reverse=True)[:MATCH_WORDS]
    parts = [_either(word[:MATCH_LENGTH], whole=word, scope=scope) for word in longest]
    for kind, names in (("t", types), ("p", projects)):
        if names is not None and len(names) <= MATCH_TAGS:
            parts.append(f"({' OR '.join(tag(kind, name) for name in names)})")
    return " AND ".join(parts)


def _either(word: str, *, whole: str, scope: SearchScope) -> str:
    """The ways in which a word may occur: in the text, by sound, as a code, scattered in a name."""
    letters = [_quoted(f"{OF_NAME}{char}") for char in dict.fromkeys(word)]
    pairs = [word] if len(word) == 1 else list(dict.fromkeys(map(str.__add__, word, word[1:])))
    if scope.named:
        pairs += [f"{OF_NAME}{char}" for char in dict.fromkeys(word) if char.isalnum()]
    ways = [[_quoted(pair) for pair in pairs]]
    if matching.sounds(whole):
        ways.append(_heard(word))
    if is_code(whole):
        ways.append([f"{_quoted(OF_CODE + word)} *"])
    if scope.scattered:
        ways.append(letters)
    every = [f"({' AND '.join(way)})" for way in ways]
    return f"({' OR '.join(every)})"


def _heard(word: str) -> list[str]:
    """What the name must have in which a word is heard.

    Where one unit (a syllable, or another letter) ends in the word is not known, but each letter
    that no syllable has inside begins one, right after one of those that may end before it.
    """
    ends = [k for k in range(1, len(word)) if _is_unit(word[:k])]
    after = [_quoted(f"{OF_NAME}{word[0]}{word[k]}") for k in ends]
    if pinyin.is_begun(word):
        after.append(f"{_quoted(OF_SYLLABLE + word)} *")
    parts = [f"({' OR '.join(dict.fromkeys(after))})"]
    for at, char in enumerate(word[1:], 1):
        if char not in INNER:
            before = [word[k] for k in range(at) if _is_unit(word[k:at])]
            pairs = [_quoted(f"{OF_NAME}{one}{char}") for one in dict.fromkeys(before)]
            parts.append(f"({' OR '.join(pairs)})")
    return list(dict.fromkeys(parts))


def _is_unit(letters: str) -> bool:
    return len(letters) == 1 or pinyin.is_begun(letters)


def is_code(word: str) -> bool:
    """Whether a word may be the beginning of a number: long enough not to be one by chance."""
    return len(word) >= LEAST_CODE and word.isascii() and not word.isalpha()


def _quoted(phrase: str) -> str:
    return '"' + phrase.replace('"', '""') + '"'


def spots(text: str, query: str) -> Spots:
    """Where the words of a query occur in a text as typed: (start, end), ascending, apart."""
    return _joined(_places(text, words(query)))


def excerpt(text: str, wanted: Sequence[str]) -> Excerpt:
    """One line around the first place where a folded word occurs."""
    places = {word: list(_places(text, [word])) for word in wanted}
    title = text.split("\n", 1)[0]
    found = _joined(spot for word in wanted for spot in places[word] or matching.spots(title, word))
    start = max(0, found[0][0] - LEAD) if found else 0
    end = min(len(text), start + EXCERPT)
    line = re.sub(r"[\r\n\t]", " ", text[start:end]) + ("…" if end < len(text) else "")
    inside = ((max(a, start) - start, min(b, end) - start) for a, b in found if a < end)
    return Excerpt(line, tuple(inside))


class SearchText(NamedTuple):
    """What a record is found by, folded; `packed` it is one text, as the index keeps it."""

    body: str
    name: SpeltName
    codes: tuple[str, ...]

    def packed(self) -> str:
        """The parts in one text."""
        return PART.join((self.body, *self.name, *self.codes))

    def place(self, word: str, scope: SearchScope) -> bool:
        """Whether a folded word is found in it."""
        if word in (self.name.text if scope.named else self.body):
            return True
        if matching.fit(self.name, word, scattered=scope.scattered) is not None:
            return True
        return is_code(word) and any(code.startswith(word) for code in self.codes)


def of_record(body: str, name: str, codes: Iterable[str]) -> SearchText:
    """The folded text of a record."""
    return SearchText(fold(body), matching.name_of(fold(name)), tuple(map(fold, codes)))


def holds(packed: str, words: Sequence[str], scope: SearchScope) -> bool:
    """Whether all folded words are found in a packed `SearchText`; most texts are not taken apart
    for it."""
    left = words
    if not scope.named:
        end = packed.find(PART)
        left = [word for word in words if not 0 <= packed.find(word) < (end if end >= 0 else LAST)]
        if not left:
            return True
        by_name = scope.scattered or any(matching.sounds(one) or is_code(one) for one in left)
        if not by_name and not all(one in packed for one in left):
            return False
    found = unpacked(packed)
    return all(found.place(word, scope) for word in left)


def unpacked(text: str) -> SearchText:
    """The parts again; those that are missing are empty."""
    body, name, sound, letters, *codes = (*text.split(PART), "", "", "")
    return SearchText(body, SpeltName(name, sound, letters), tuple(filter(None, codes)))


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
