"""Entry shapes: what each value of a membership entry must look like, and a kind of entry. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from models.book.people import EVERY
from models.frozen import NamedTuple
from sync.trust.membership_entry import EntryStatement, are_heads
from sync.trust.roster import Roster

_ID = re.compile(r"[0-9A-Za-z-]{1,64}")
_NAME = re.compile(r"[a-z][a-z_]{0,39}")
_TAG = re.compile(r"[A-Z]{1,4}")
_KEY = re.compile(r"[0-9a-f]{64}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
_NUMBER = 2**53
MOST_ROLES = 20
"""Most roles of an invitation."""


def is_id(value: object) -> bool:
    """An id: letters, digits and hyphens."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def is_text(value: object) -> bool:
    """At most 200 characters without NUL or lone surrogates; may be empty."""
    return (
        isinstance(value, str) and len(value) <= 200 and not re.search("[\0\ud800-\udfff]", value)
    )


def is_name(value: object) -> bool:
    """A text that says something."""
    return is_text(value) and bool(str(value).strip())


def is_role(value: object) -> bool:
    """A role's stable identifier; one this version does not know is kept and means nothing."""
    return isinstance(value, str) and _NAME.fullmatch(value) is not None


def are_roles(value: object) -> bool:
    """Different roles in order."""
    return isinstance(value, list) and all(map(is_role, value)) and sorted(set(value)) == value


def is_place(value: object) -> bool:
    """A project's id, or '*' for every project."""
    return value == EVERY or is_id(value)


def is_tag(value: object) -> bool:
    """A device's letters in human numbers."""
    return isinstance(value, str) and _TAG.fullmatch(value) is not None


def is_key(value: object) -> bool:
    """A public key in hexadecimal."""
    return isinstance(value, str) and _KEY.fullmatch(value) is not None


def is_flag(value: object) -> bool:
    """Yes or no."""
    return isinstance(value, bool)


def is_level(value: object) -> bool:
    """A level of the rules."""
    return type(value) is int and 0 < value < 2**53


def is_number(value: object) -> bool:
    """A number of an entry."""
    return type(value) is int and 0 < value < _NUMBER


def is_moment(value: object) -> bool:
    """Milliseconds UTC."""
    return type(value) is int and 0 <= value < _NUMBER


def is_signature(value: object) -> bool:
    """A signature in hexadecimal."""
    return isinstance(value, str) and _SIGNATURE.fullmatch(value) is not None


def is_someone(value: object) -> bool:
    """A person's id, or nothing."""
    return value == "" or is_id(value)


def is_body(value: object) -> bool:
    """The body of another entry; its own kind says more."""
    return isinstance(value, dict)


def are_people(value: object) -> bool:
    """Different people in order."""
    return isinstance(value, list) and all(map(is_id, value)) and sorted(set(value)) == value


def are_grants(value: object) -> bool:
    """Different roles, each with where it holds."""
    return (
        isinstance(value, list)
        and len(value) <= MOST_ROLES
        and all(isinstance(one, list) and len(one) == 2 for one in value)
        and all(is_role(one[0]) and is_place(one[1]) for one in value)
        and len({tuple(one) for one in value}) == len(value)
    )


def are_positions(value: object) -> bool:
    """Positions per device."""
    return isinstance(value, dict) and all(
        is_id(device) and are_heads(heads) for device, heads in value.items()
    )


class Act(NamedTuple):
    """One kind of entry: the fields of its body with what each must be, and what it does."""

    shape: Mapping[str, Callable[[object], bool]]
    do: Callable[[Roster, EntryStatement], None]
    taking: Mapping[str, Callable[[object], bool]] = {}
    """The further fields where `grant` is false."""

    def fields(self, body: Mapping[str, Any]) -> Mapping[str, Callable[[object], bool]]:
        """What this body must have."""
        return {**self.shape, **self.taking} if body.get("grant") is False else self.shape


def has_shape(act: Act, body: Mapping[str, Any]) -> str | None:
    """The first field that is missing, too much or in a wrong form; None for none."""
    shape = act.fields(body)
    for field in sorted({*shape, *body}):
        if field not in shape or not shape[field](body.get(field)):
            return field
    return None
