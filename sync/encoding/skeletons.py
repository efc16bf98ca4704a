"""Skeletons: the structure that many changes share, apart from the values that differ. Pure.

The skeleton of a change is its JSON with every scalar written as 0: changes of one type with one
skeleton are packed as columns, one for each scalar, and their canonical bytes come from one
template. Keys that this version of the program does not know are part of it like any other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sync.changes.change import DEPTH, FORMAT
from sync.encoding.columns import PackedColumn, quoted
from sync.encoding.decode_error import refuse

Node = Any
"""0 for a scalar, or a dict or list of nodes."""
APART = frozenset("adqrstvx")
"""Top-level parts that are columns of their own, or the same in the whole segment."""
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_key = lru_cache(4096)(quoted)
_DEEP = frozenset({dict, list})


def split(value: Any, scalars: list[Any]) -> str:
    """The skeleton of a JSON value in canonical order; its scalars are added to the list."""
    kind = value.__class__
    if kind is dict:
        if _DEEP.isdisjoint(map(type, value.values())):
            scalars.extend(value.values())
            return _flat(tuple(value))
        return "{" + ",".join([f"{_key(k)}:{split(v, scalars)}" for k, v in value.items()]) + "}"
    if kind is list:
        return "[" + ",".join([split(one, scalars) for one in value]) + "]"
    scalars.append(value)
    return "0"


@lru_cache(4096)
def _flat(names: tuple[str, ...]) -> str:
    return "{" + ",".join([f"{quoted(name)}:0" for name in names]) + "}"


@dataclass(frozen=True, slots=True)
class Shape:
    """A type and a skeleton, ready to make changes of."""

    type: str
    parts: Mapping[str, Node]
    """Top-level key -> its skeleton, in canonical order."""
    places: int
    """How many scalars a change has."""
    template: str
    """The canonical text, `%s` where a value goes; `a`, `q`, `r` and `x` among them."""
    order: tuple[int, ...]
    """Which value goes where: places, then -1 `a`, -2 `q`, -3 `r`, -4 `x`."""


_OWN = {"a": -1, "q": -2, "r": -3, "x": -4}


def shape(type: str, skeleton: str, space: str, device: str) -> Shape:
    """Read a skeleton. Raises `Refused` unless it is canonical and holds nothing but structure."""
    try:
        parts = json.loads(skeleton)
    except (ValueError, RecursionError):
        refuse()
    if not isinstance(parts, dict) or not {"b", "f"} <= parts.keys() or APART & parts.keys():
        refuse()
    if list(parts) != sorted(parts) or not _plain(parts, 0) or _encode(parts) != skeleton:
        refuse()
    fixed = {"d": quoted(device), "s": quoted(space), "t": quoted(type), "v": str(FORMAT)}
    texts, order, places = [], list[int](), 0
    for name in sorted({*parts, *APART}):
        if name in parts:
            text, count = _template(parts[name]), _count(parts[name])
            order += range(places, places + count)
            places += count
        elif name in _OWN:
            text = "%s"
            order.append(_OWN[name])
        else:
            text = fixed[name].replace("%", "%%")
        texts.append(f"{quoted(name).replace('%', '%%')}:{text}")
    return Shape(type, parts, places, "{" + ",".join(texts) + "}", tuple(order))


def bodies(
    shape: Shape, columns: Sequence[PackedColumn], own: Mapping[int, Sequence[Any]]
) -> list[str]:
    """The canonical text of every change of a shape; `own` are the columns of `order` below 0."""
    found = [columns[i].json if i >= 0 else own[i] for i in shape.order]
    template = shape.template
    return [template % row for row in zip(*found, strict=True)]


def build(node: Node, values: Iterator[list[Any]], count: int) -> list[Any]:
    """The JSON values of one part in every change, made column by column."""
    if node == 0:
        return next(values)
    parts = [build(one, values, count) for one in (node.values() if _is_dict(node) else node)]
    if not parts:
        return [{} if _is_dict(node) else [] for _ in range(count)]
    if _is_dict(node):
        names = list(node)
        return [dict(zip(names, row, strict=True)) for row in zip(*parts, strict=True)]
    return list(map(list, zip(*parts, strict=True)))


def dots(node: Node) -> list[tuple[str, int]]:
    """Register -> how many versions, of the skeleton of a base; `Refused` for anything else."""
    if not _is_dict(node):
        refuse()
    for versions in node.values():
        if versions.__class__ is not list or any(dot != [0, 0] for dot in versions):
            refuse()
    return [(register, len(versions)) for register, versions in node.items()]


def _is_dict(node: Node) -> bool:
    return node.__class__ is dict


def _plain(node: Node, depth: int) -> bool:
    if node.__class__ is int:
        return bool(node == 0)
    if depth > DEPTH:
        return False
    if _is_dict(node):
        return list(node) == sorted(node) and all(_plain(v, depth + 1) for v in node.values())
    return node.__class__ is list and all(_plain(one, depth + 1) for one in node)


def _count(node: Node) -> int:
    if node == 0:
        return 1
    return sum(map(_count, node.values() if _is_dict(node) else node))


def _template(node: Node) -> str:
    if node == 0:
        return "%s"
    if _is_dict(node):
        inside = [f"{quoted(k).replace('%', '%%')}:{_template(v)}" for k, v in node.items()]
        return "{" + ",".join(inside) + "}"
    return "[" + ",".join(map(_template, node)) + "]"
