"""Lists: several names as one value, kept as one canonical text.

The text of a list is its names in alphabetical order, each once, with commas between them. The
same names are the same text on every device, so that choosing them in another order is no change
and no conflict. A list merges as a whole, like every other value: two people who change it at
once see both lists and decide. (Adding up both would bring back a name that one of them removed.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable

SEPARATOR = ","
NAME = re.compile(r"[!-+\--~]{1,64}")
"""A name: a code or a person's id, printable ASCII without blanks and commas."""
MOST = 200
"""Most names in one list."""


def names_of(value: object) -> list[str]:
    """The names in a list's text; none for no value, and for what is no text."""
    return [name for name in value.split(SEPARATOR) if name] if isinstance(value, str) else []


def list_of(names: Iterable[str]) -> str | None:
    """The text of a list of these names; None for none."""
    return SEPARATOR.join(sorted({*names})) or None


def is_list(value: str) -> bool:
    """Whether a text is a list as `list_of` writes it."""
    names = value.split(SEPARATOR)
    ordered = names == sorted({*names}) and len(names) <= MOST
    return ordered and all(NAME.fullmatch(name) for name in names)
