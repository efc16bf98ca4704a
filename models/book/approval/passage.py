"""Passage: what a move past a gate names, and what a holder saw as passed when it was written.

Both are versions in the compact form of `coverage`. A move into a passed state names in its payload
the decisions that allow it, with the business day on which it was made:

    "passing": {"day": "2026-11-29", "by": {…}, "beyond": {…}}

`by` has the versions of the record's own space, which come before the move wherever it arrives;
`beyond` those of other spaces, which are only looked up. A record that holds others has in its
field `passed_before` the versions in which it saw them as passed, as JSON text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from models.book.approval.coverage import Covered, decode, encode
from models.book.log.change_log import Dot
from models.calendar.business_dates import day_of
from models.frozen import NamedTuple

PASSING = "passing"
"""The key of a move's payload."""
BY, BEYOND = "by", "beyond"
PASSED_BEFORE = "passed_before"
"""The field of a record that holds others."""


class Passage(NamedTuple):
    """The decisions that allowed a move: record id -> versions of its state."""

    day: str
    by: Covered
    beyond: Covered

    def versions(self, id: str) -> frozenset[Dot]:
        """The versions that it names of a record."""
        return self.by.get(id, frozenset()) | self.beyond.get(id, frozenset())


def payload(day: str, by: Covered, beyond: Covered) -> dict[str, Any]:
    """What the payload of a move says; nothing where no decision was needed."""
    parts = {name: encode(some) for name, some in ((BY, by), (BEYOND, beyond)) if some}
    return {PASSING: {"day": day, **parts}} if parts else {}


def read(move: Mapping[str, Any] | None) -> Passage | None:
    """What the payload of a move names. Raises `ValueError` for anything malformed."""
    said = (move or {}).get(PASSING)
    if said is None:
        return None
    if type(said) is not dict or not {"day", BY, BEYOND} >= said.keys():
        raise ValueError("not a passage")
    day = said.get("day")
    if type(day) is not str or day_of(day) is None:
        raise ValueError("not a day")
    by, beyond = (decode(said[name]) if name in said else {} for name in (BY, BEYOND))
    return Passage(day, by, beyond)


def seen_text(seen: Covered) -> str | None:
    """The field's text; None where nothing was passed."""
    if not seen:
        return None
    return json.dumps(encode(seen), sort_keys=True, separators=(",", ":"))


def seen(text: object) -> dict[str, frozenset[Dot]]:
    """What the field's text names. Raises `ValueError` for anything malformed."""
    if text is None:
        return {}
    if type(text) is not str:
        raise ValueError("not a text")
    try:
        return decode(json.loads(text))
    except RecursionError:
        raise ValueError("nested without end") from None


def named(move: Mapping[str, Any] | None, fields: Mapping[str, Any]) -> Iterable[Dot]:
    """Every version of the same space that a change names so. Raises `ValueError`."""
    if move is not None and PASSING in move:
        found = read(move)
        for dots in (found.by if found is not None else {}).values():
            yield from dots
    if PASSED_BEFORE in fields:
        for dots in seen(fields[PASSED_BEFORE]).values():
            yield from dots
