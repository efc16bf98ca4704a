"""Column names: what people call the fields of a record at the head of a list.

The words are in `column_names.txt`, by field name, so that any type with the field is served.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from models.schema.record import Record
from tui.spreadsheets import header_columns
from tui.spreadsheets.mapping.list_mapping import LIMITS
from tui.spreadsheets.reading.table import folded

FILE = Path(__file__).with_suffix(".txt")
_ASIDE = re.compile(r"[（(\[【][^）)\]】]*[）)\]】]")


@cache
def _fields() -> Mapping[str, Mapping[str, int]]:
    """A word as `folded` has it -> the fields that are called so, each with the word's rank."""
    found = dict[str, dict[str, int]]()
    for line in FILE.read_text(encoding="utf-8").splitlines():
        name, colon, words = line.partition(": ")
        if colon and not name.startswith("#"):
            for rank, word in enumerate(words.split("|")):
                found.setdefault(folded(word), {}).setdefault(name, rank)
    return found


def meant(cls: type[Record], title: str) -> list[tuple[int, str]]:
    """The fields of a type, heads and `limits` that people call so, each with its rank, the
    likeliest first. A title with an aside, `位置（楼层）`, counts without it, too.
    """
    bare = header_columns.bare(title)
    for text in (bare, _ASIDE.sub("", bare)):
        words = _fields().get(folded(text), {})
        found = [(rank, name) for name, rank in words.items() if _has(cls, name)]
        if found:
            return found
    return []


def _has(cls: type[Record], name: str) -> bool:
    specs = cls.specs()
    if name == LIMITS:
        return {"low", "high"} <= specs.keys()
    if name in header_columns.TAKEN:
        return name != "state" or bool(cls.kind.moves)
    spec = specs.get(name)
    return spec is not None and not (spec.internal or spec.computed or spec.by_move)
