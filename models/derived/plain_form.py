"""Plain form: nested named tuples as JSON data and back, every part checked by its annotation.

A form is a `NamedTuple` of texts, whole numbers, flags, `None`, lists, mappings by text and other
forms. What is `None` or empty is omitted; what is read has the declared shape or is refused.
"""

from __future__ import annotations

import re
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

F = TypeVar("F")
_BROKEN = re.compile("[\0\ud800-\udfff]")
SCALARS = (str, int, bool, NoneType)
WHOLE = 1 << 63
"""No greater whole number is read."""


def plain(value: Any) -> Any:
    """A form as JSON data: mappings, lists and scalars."""
    if hasattr(value, "_fields"):
        named = zip(value._fields, value, strict=True)
        return {name: plain(part) for name, part in named if part not in (None, [], {}, ())}
    if isinstance(value, dict):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return value


def formed(form: type[F], data: Any) -> F:
    """The form that JSON data is. Raises `ValueError` for anything that does not fit."""
    try:
        found: F = _formed(form, data)
    except RecursionError:
        raise ValueError("nested too deep") from None
    return found


def _formed(form: Any, data: Any) -> Any:
    if hasattr(form, "_fields"):
        return _tuple(form, data)
    outer, inner = get_origin(form), get_args(form)
    if outer in (Union, UnionType):
        return _one_of(inner, data)
    if outer is list:
        if data.__class__ is not list:
            raise ValueError("not a list")
        return [_formed(inner[0], part) for part in data]
    if outer is dict:
        if data.__class__ is not dict:
            raise ValueError("not a mapping")
        return {_text(name): _formed(inner[1], part) for name, part in data.items()}
    return _scalar(form, data)


def _tuple(form: Any, data: Any) -> Any:
    hints = _hints(form)
    if data.__class__ is not dict or not data.keys() <= hints.keys():
        raise ValueError(f"not of the form {form.__name__}")
    return form(
        **{name: _formed(hint, data.get(name, _empty(hint))) for name, hint in hints.items()}
    )


@cache
def _hints(form: Any) -> dict[str, Any]:
    return get_type_hints(form)


def _empty(hint: Any) -> Any:
    """The value of an omitted part; nothing fits a text or number that is required."""
    outer = get_origin(hint)
    return [] if outer is list else {} if outer is dict else None


def _one_of(forms: tuple[Any, ...], data: Any) -> Any:
    if data is None and NoneType in forms:
        return None
    if data.__class__ in SCALARS and data.__class__ in forms:
        return _scalar(data.__class__, data)
    for form in forms:
        try:
            return _formed(form, data)
        except ValueError:
            continue
    raise ValueError("none of the declared forms")


def _scalar(form: Any, data: Any) -> Any:
    if data.__class__ is not form or form not in SCALARS:
        raise ValueError(f"not a {form.__name__}")
    if form is str:
        return _text(data)
    if form is int and not -WHOLE <= data < WHOLE:
        raise ValueError("a number out of bounds")
    return data


def _text(data: Any) -> str:
    if data.__class__ is not str or _BROKEN.search(data):
        raise ValueError("not a text")
    return str(data)
