"""Mapping files: a list mapping in TOML, its words those of the command's options.

    as = "template_item"
    map = { "检查项目" = "text_zh", "标准" = "limits" }
    set = { template = "机房日检", "template.frequency" = "daily" }
    make = ["template"]

A row that becomes several records is told by `[[record]]` tables in place of `as` and `map`
(`recipe_file`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from models.calendar.written_times import ORDERS
from models.text.words import Refused, W
from tui.spreadsheets.mapping import recipe_file
from tui.spreadsheets.mapping.list_mapping import ListMapping
from tui.spreadsheets.mapping.recipe import Recipe
from tui.spreadsheets.mapping.recipe_file import FORM, UNKNOWN, wrong

NO_TOML = W("第 {line} 行不是正确的 TOML", "line {line} is not TOML")
UNREADABLE = W("不能读取", "it cannot be read")
NAMES = {
    "as": "type",
    "map": "maps",
    "set": "sets",
    "make": "makes",
    "words": "words",
    "fill": "fills",
    "bands": "bands",
    "header": "header",
    "sheet": "sheet",
    "each_sheet": "each_sheet",
    "dates": "dates",
    "group": "group",
    "order": "order",
    "ref": "ref",
    "source": "source",
}
"""Word of the file -> part of the mapping."""


def load(path: Path) -> ListMapping | Recipe:
    """Read a mapping file. Raises `Refused` naming the place and the mistake."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        line = getattr(error, "lineno", None) or str(error).rpartition("line ")[2].split(",")[0]
        wrong(path.name, "TOML", Refused(NO_TOML, line=line))
    except (OSError, UnicodeDecodeError):
        wrong(path.name, path.name, Refused(UNREADABLE))
    return parse(data, path.name) if "as" in data else recipe_file.parse(data, path.name)


def parse(data: Mapping[str, Any], file: str) -> ListMapping:
    """The mapping that a TOML document describes. Raises `Refused` naming the mistake."""
    given = dict[str, Any]()
    for word, value in data.items():
        if word not in NAMES:
            wrong(file, word, Refused(UNKNOWN, name=word, known=", ".join(NAMES)))
        name = NAMES[word]
        if not _FORMS[name](value):
            wrong(file, word, Refused(FORM, name=word))
        given[name] = tuple(value) if isinstance(value, list) else value
    if (dates := given.get("dates", "")) and dates not in ORDERS:
        wrong(file, "dates", Refused(UNKNOWN, name=dates, known=", ".join(ORDERS)))
    return ListMapping(**given)


def write(mapping: ListMapping) -> str:
    """The file that describes a mapping."""
    import tomlkit

    words = {part: word for word, part in NAMES.items()}
    document = dict[str, Any]()
    for part in fields(mapping):
        value = getattr(mapping, part.name)
        if value:
            document[words[part.name]] = list(value) if isinstance(value, tuple) else value
    return tomlkit.dumps(document)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_table(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_text, value.values()))


def _are_tables(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_table, value.values()))


def _is_count(value: object) -> bool:
    return type(value) is int and value >= 0


_FORMS: dict[str, Callable[[object], bool]] = {
    **dict.fromkeys(("type", "bands", "sheet", "dates", "order", "ref", "source"), _is_text),
    **dict.fromkeys(("makes", "fills", "group"), _are_texts),
    **dict.fromkeys(("maps", "sets"), _is_table),
    "words": _are_tables,
    "header": _is_count,
    "each_sheet": lambda value: isinstance(value, bool),
}
