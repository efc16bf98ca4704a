"""Shapes: what a value in the membership log must look like, one small question each. Pure."""

from __future__ import annotations

import re

from models.book.people import EVERY

_ID = re.compile(r"[0-9A-Za-z-]{1,64}")
_NAME = re.compile(r"[a-z][a-z_]{0,39}")
_TAG = re.compile(r"[A-Z]{1,4}")
_KEY = re.compile(r"[0-9a-f]{64}")


def ident(value: object) -> bool:
    """An id: letters, digits and hyphens."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def text(value: object) -> bool:
    """At most 200 characters without NUL or lone surrogates; may be empty."""
    return (
        isinstance(value, str) and len(value) <= 200 and not re.search("[\0\ud800-\udfff]", value)
    )


def name(value: object) -> bool:
    """A text that says something."""
    return text(value) and bool(str(value).strip())


def role(value: object) -> bool:
    """A role's stable identifier; one this version does not know is kept and means nothing."""
    return isinstance(value, str) and _NAME.fullmatch(value) is not None


def roles(value: object) -> bool:
    """Different roles in order."""
    return isinstance(value, list) and all(map(role, value)) and sorted(set(value)) == value


def place(value: object) -> bool:
    """A project's id, or '*' for every project."""
    return value == EVERY or ident(value)


def tag(value: object) -> bool:
    """A device's letters in human numbers."""
    return isinstance(value, str) and _TAG.fullmatch(value) is not None


def key(value: object) -> bool:
    """A public key in hexadecimal."""
    return isinstance(value, str) and _KEY.fullmatch(value) is not None


def flag(value: object) -> bool:
    """Yes or no."""
    return isinstance(value, bool)


def heads(value: object) -> bool:
    """Last sequence per space."""
    return isinstance(value, dict) and all(
        text(space) and type(seq) is int and 0 <= seq < 2**53 for space, seq in value.items()
    )
