"""Columns: the values of one place in many changes, in as few bytes as they need. Pure.

A column is a tag and one or two plain msgpack values. Whole numbers are written as steps from
the one before, or as the distance from their change's own time; ids (UUIDs) as numbers in the
segment's table of ids. Numbers of several bytes lie plane by plane (all first bytes, then all
second ones, and so on): zstd squeezes that best, and slices of bytes turn it at the speed of C.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from json.encoder import encode_basestring
from typing import Any

from models.frozen import NamedTuple
from sync.changes.change import CHARACTER, NUMBER, TEXT, TOO_LONG, WHOLE
from sync.encoding.decode_error import DAMAGED, refuse

SAME, SAME_ID, PLAIN, STEP, NEAR, IDS, ID_STEP, TEXTS, MIXED = range(9)
"""One scalar; one id; numbers as they are, by steps, from the time; ids; texts; anything."""

quoted = encode_basestring
"""A text as JSON writes it, exactly as in `sync.changes.change`."""
_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CUT = re.compile("(.{8})(.{4})(.{4})(.{4})(.{12})")
_WIDTHS = ((1, "b"), (2, "h"), (4, "i"), (8, "q"))
_ID = 16


class PackedColumn(NamedTuple):
    """One place in every change of a shape: the values, and how JSON writes each."""

    values: list[Any]
    json: list[Any]
    size: int
    """Characters that `json` takes, roughly for numbers."""


class Ids:
    """The table of ids while a segment is packed; `known` ones need not be written."""

    def __init__(self, known: Iterable[str]) -> None:
        self._places: dict[str, int] = {}
        self._new: list[str] = []
        for id in known:
            self._places.setdefault(id, len(self._places))

    def places(self, texts: Sequence[str]) -> list[int] | None:
        """The numbers of these ids in the table; None when one is no id."""
        if not all(map(is_id, set(texts))):
            return None
        return [self._place(text) for text in texts]

    def _place(self, id: str) -> int:
        found = self._places.get(id)
        if found is None:
            found = self._places[id] = len(self._places)
            self._new.append(id)
        return found

    def blob(self) -> bytes:
        """The ids that are not known, plane by plane."""
        return _planes(bytes.fromhex("".join(self._new).replace("-", "")), _ID)


def is_id(text: str) -> bool:
    """Whether a text is an id as the book makes them: a UUID in small letters."""
    return len(text) == 36 and _UUID.fullmatch(text) is not None


def known_ids(*names: str) -> list[str]:
    """Those of the names that are ids, each once."""
    return list(dict.fromkeys(name for name in names if is_id(name)))


def table(known: Sequence[str], blob: bytes) -> list[str]:
    """The table of ids again."""
    if len(blob) % _ID:
        refuse()
    return [*known, *map("-".join, _CUT.findall(_rows(blob, _ID).hex()))]


def write(values: Sequence[Any], near: Sequence[int], ids: Ids) -> tuple[int, list[Any]]:
    """The tag of a column and what follows it; `near` are the times (ms) of its changes."""
    kinds = set(map(type, values))
    if kinds == {int}:
        return _write_ints(values, near)
    one = len(kinds) == 1 and values.count(values[0]) == len(values)
    if kinds == {str}:
        places = ids.places(values)
        if places is not None:
            return (SAME_ID, [places[0]]) if one else _write_ids(places)
    if one:
        return SAME, [values[0]]
    return TEXTS if kinds == {str} else MIXED, [list(values)]


def _write_ints(values: Sequence[int], near: Sequence[int]) -> tuple[int, list[Any]]:
    ways = [(PLAIN, [numbers(values)])]
    apart = [value - time for value, time in zip(values, near, strict=True)]
    if min(apart) >= -WHOLE and max(apart) < WHOLE:
        ways.append((NEAR, [numbers(apart)]))
    return min([*ways, *_steps(STEP, values)], key=_cost)


def _write_ids(places: list[int]) -> tuple[int, list[Any]]:
    return min([(IDS, [numbers(places)]), *_steps(ID_STEP, places)], key=_cost)


def _steps(tag: int, values: Sequence[int]) -> list[tuple[int, list[Any]]]:
    steps = [after - before for before, after in pairwise(values)]
    if not steps or min(steps) < -WHOLE or max(steps) >= WHOLE:
        return []
    return [(tag, [values[0], numbers(steps)])]


def _cost(way: tuple[int, list[Any]]) -> int:
    return sum(len(part) if isinstance(part, bytes) else len(f"{part:x}") // 2 for part in way[1])


def numbers(values: Sequence[int]) -> int | bytes:
    """Whole numbers of at most 63 bits: one for all, or as many bytes as the widest needs."""
    low, high = min(values), max(values)
    if low == high:
        return low
    width, code = next(w for w in _WIDTHS if -low <= 1 << 8 * w[0] - 1 > high)
    return _planes(_little(array(code, values)).tobytes(), width)


def read_numbers(packed: object, count: int) -> list[int]:
    """The numbers again."""
    if isinstance(packed, int):
        return [packed] * count
    if not isinstance(packed, bytes) or not count or len(packed) % count:
        refuse()
    code = dict(_WIDTHS).get(len(packed) // count)
    if code is None:
        refuse()
    found = array(code)
    found.frombytes(_rows(packed, len(packed) // count))
    return _little(found).tolist()


def read(tag: int, rest: Iterator[Any], near: Sequence[int], ids: Sequence[str]) -> PackedColumn:
    """The column again, every value within the bounds of a change; `Refused` otherwise."""
    count = len(near)
    if tag == SAME:
        return _same(next(rest), count)
    if tag == SAME_ID:
        return _same(_pick(ids, [next(rest)])[0], count)
    if tag in (PLAIN, STEP, NEAR):
        values = _ints(tag, rest, near)
        return PackedColumn(values, values, 8 * count)
    if tag in (IDS, ID_STEP):
        texts = _pick(ids, _ints(PLAIN if tag == IDS else STEP, rest, near))
        return PackedColumn(texts, [f'"{text}"' for text in texts], 38 * count)
    values = next(rest)
    if not isinstance(values, list) or len(values) != count:
        refuse()
    return _texts(values) if tag == TEXTS else _mixed(values) if tag == MIXED else refuse()


def _ints(tag: int, rest: Iterator[Any], near: Sequence[int]) -> list[int]:
    first = [next(rest)] if tag == STEP else []
    found = read_numbers(next(rest), len(near) - len(first))
    if first:
        _whole(first)
        found = list(accumulate(first + found))
    elif tag == NEAR:
        found = [apart + time for apart, time in zip(found, near, strict=True)]
    _whole(found)
    return found


def _pick(ids: Sequence[str], places: list[Any]) -> list[str]:
    if {*map(type, places)} != {int} or min(places) < 0 or max(places) >= len(ids):
        refuse()
    return [ids[place] for place in places]


def _same(value: Any, count: int) -> PackedColumn:
    one = _mixed([value])
    return PackedColumn([value] * count, one.json * count, one.size * count)


def _texts(values: list[Any]) -> PackedColumn:
    if {*map(type, values)} != {str}:
        refuse()
    _bounded(values)
    json = list(map(quoted, values))
    return PackedColumn(values, json, sum(map(len, json)))


def _mixed(values: list[Any]) -> PackedColumn:
    json: list[Any] = []
    for value in values:
        kind = value.__class__
        if kind is str:
            _bounded([value])
            json.append(quoted(value))
        elif kind is int:
            _whole([value])
            json.append(value)
        elif value is None or kind is bool:
            json.append(_WORDS[value])
        else:
            refuse(NUMBER if kind is float else DAMAGED)
    return PackedColumn(values, json, sum(len(one) if one.__class__ is str else 8 for one in json))


_WORDS = {None: "null", True: "true", False: "false"}


def _bounded(texts: list[str]) -> None:
    if max(map(len, texts)) * 4 > TEXT and any(len(text.encode()) > TEXT for text in texts):
        refuse(TOO_LONG)
    if "\0" in "".join(texts):
        refuse(CHARACTER)


def _whole(values: list[Any]) -> None:
    if values and ({*map(type, values)} != {int} or min(values) < -WHOLE or max(values) >= WHOLE):
        refuse(NUMBER)


def _planes(raw: bytes, width: int) -> bytes:
    return b"".join(raw[i::width] for i in range(width))


def _rows(planes: bytes, width: int) -> bytes:
    count = len(planes) // width
    found = bytearray(len(planes))
    for i in range(width):
        found[i::width] = planes[i * count : (i + 1) * count]
    return bytes(found)


def _little(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
