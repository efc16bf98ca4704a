"""Pinyin: how a Chinese name is typed in a picker, by its initials or in full.

The dictionary costs a quarter of a second to load, so it loads with the first Chinese text;
text without Han characters never loads it. Names of people first look at `SURNAMES`, since the
common reading of a character is often not the one used as a family name.
"""

from __future__ import annotations

import re
import unicodedata

_HAN = r"([〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff]+)"  # costs 2 ms to compile: when it is used
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


def fold(text: str) -> str:
    """Text as it is compared: full width made narrow, letters made small."""
    return unicodedata.normalize("NFKC", text).casefold()


def squeeze(text: str) -> str:
    """Folded text without spaces and punctuation, as pinyin is stored and looked for."""
    return _PLAIN.sub("", fold(text))


def initials_of(text: str, *, person: bool = False) -> str:
    """First letters of the Han characters, with other letters and digits: 变电站A-01 -> bdza01."""
    return "".join(one if whole else one[:1] for one, whole in _parts(text, person))


def pinyin_of(text: str, *, person: bool = False) -> str:
    """The whole reading without tones or spaces: 变电站A-01 -> biandianzhana01."""
    return "".join(one for one, _ in _parts(text, person))


def _parts(text: str, person: bool) -> list[tuple[str, bool]]:
    """Syllables (False) and runs of other letters (True), in order."""
    parts: list[tuple[str, bool]] = []
    for place, run in enumerate(re.split(_HAN, fold(text))):
        if place % 2:
            parts += [(one, False) for one in _syllables(run, person and not parts)]
        elif kept := squeeze(run):
            parts.append((kept, True))
    return parts


def _syllables(run: str, person: bool) -> list[str]:
    from pypinyin import lazy_pinyin

    if person:
        for surname, reading in SURNAMES.items():
            if run.startswith(surname):
                rest = run.removeprefix(surname)
                return [*reading, *(lazy_pinyin(rest) if rest else [])]
    return lazy_pinyin(run)
