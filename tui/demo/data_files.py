"""The texts of the demonstration: files of JSON lines, read into the classes that they fill.

A file holds one JSON object a line, in the form that `sitebook add --jsonl` reads: `type` (or
`move`) says what the line is, the other names are fields. A text is `{"zh": …, "en": …}`. A wrong
line is an error that names the file and the line.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import UnionType
from typing import Any, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from models.text.words import W

FOLDER = Path(__file__).parent / "data"
AREAS = Path(__file__).parent.parent / "areas"

T = TypeVar("T")


class DataError(ValueError):
    """A line that cannot be read: file, number and reason."""


class DataLine(NamedTuple):
    """One line: where it is, what it is (its `type` or `move`) and its fields."""

    where: str
    name: str
    fields: dict[str, Any]


class DataLines(tuple[Any, ...]):
    """The objects of a file in order of its lines."""

    def of(self, cls: type[T]) -> tuple[T, ...]:
        """Those of one class."""
        return tuple(made for made in self if isinstance(made, cls))


def read(name: str, forms: Mapping[str, type], folder: Path = FOLDER) -> DataLines:
    """The objects of a file; `forms` gives the class for each `type`, and 'move' for moves."""
    objects: list[Any] = []
    for line in lines(name, folder):
        form = "move" if "move" in line.fields else line.name
        if form not in forms:
            raise DataError(f"{line.where}: {line.name!r} is not expected here")
        try:
            objects.append(build(forms[form], line.fields))
        except ValueError as error:
            raise DataError(f"{line.where}: {error}") from None
    return DataLines(objects)


def lines(name: str, folder: Path = FOLDER) -> Iterator[DataLine]:
    """The lines of a file, as they are written; `move` stays among the fields of a move."""
    text = (folder / f"{name}.jsonl").read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        where = f"{name}.jsonl, line {number}"
        try:
            fields = json.loads(line, object_pairs_hook=_object)
        except ValueError as error:
            raise DataError(f"{where}: {error}") from None
        if not isinstance(fields, dict) or not isinstance(_name(fields), str):
            raise DataError(f"{where}: not an object with a type or a move")
        yield DataLine(where, fields.pop("type", None) or fields.get("move") or "edit", fields)


def area_files(areas: Path = AREAS) -> list[tuple[str, Path]]:
    """What each area adds to the demonstration: its `demo.jsonl` and `demo_….jsonl`, by name.

    They are played after the month's own lines, so they may name anything in it.
    """
    return [
        (str(path.relative_to(areas).with_suffix("")), areas)
        for path in sorted(areas.glob("*/demo*.jsonl"))
    ]


def build(cls: type[T], fields: Mapping[str, Any]) -> T:
    """An object of a named tuple, each field checked against its declared type."""
    hints = get_type_hints(cls)
    unknown = fields.keys() - hints.keys()
    if unknown:
        raise ValueError(f"unknown field {', '.join(sorted(unknown))}")
    defaults: Mapping[str, object] = getattr(cls, "_field_defaults", {})
    absent = hints.keys() - fields.keys() - defaults.keys()
    if absent:
        raise ValueError(f"missing field {', '.join(sorted(absent))}")
    return cls(**{name: _checked(name, hints[name], value) for name, value in fields.items()})


def _object(pairs: list[tuple[str, Any]]) -> object:
    """A JSON object; one with both languages is a text."""
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a name is given twice")
    if fields.keys() & {"zh", "en"}:
        if fields.keys() != {"zh", "en"} or not all(map(_is_text, fields.values())):
            raise ValueError("a text needs zh and en, and nothing else")
        return W(**fields)
    return fields


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _name(fields: Mapping[str, Any]) -> object:
    """What the line says it is."""
    return fields.get("type", fields.get("move", "edit" if fields.get("edit") is True else None))


def _checked(name: str, hint: Any, value: Any) -> Any:
    """The value in its declared type, lists turned into tuples."""
    for choice in get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,):
        checked = _as(choice, value)
        if checked is not _NO:
            return checked
    raise ValueError(f"{name}: {value!r} is wrong")


_NO = object()
"""The value is not of the type."""


def _as(hint: Any, value: Any) -> Any:
    args = get_args(hint)
    if get_origin(hint) is tuple and isinstance(value, list):
        inner = args[:1] * len(value) if args[-1:] == (Ellipsis,) else args
        parts = tuple(_as(kind, part) for kind, part in zip(inner, value, strict=False))
        return parts if len(parts) == len(value) == len(inner) and _NO not in parts else _NO
    if get_origin(hint) is dict and type(value) is dict:
        made = {key: _as(args[1], part) for key, part in value.items()}
        return made if _NO not in made.values() else _NO
    if hint is float and type(value) in (int, float):
        return value
    return value if hint is type(value) else _NO
