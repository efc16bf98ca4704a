"""Rule levels: which rules this program knows, and how a device says so. Pure.

A later version of the program may refuse what an earlier one allowed. Such a rule has a level (see
`sync.validation.level_rules`), and the membership log says from which version on a level is in
force. A change is authorised by the level of the membership version that its seal names, so a
stricter rule never refuses what was allowed before, and never splits replicas.
"""

from __future__ import annotations

from collections.abc import Mapping

KNOWN = 1
"""The highest level whose rules this program knows."""
SAID = "l"
"""The key of a change under which its device says what it knows; level 1 is not said."""


def said() -> Mapping[str, object]:
    """What this program says of itself in each change that it writes."""
    return {SAID: KNOWN} if KNOWN > 1 else {}


def heard(extra: Mapping[str, object]) -> int:
    """The level that the device of a change knew when it wrote it."""
    level = extra.get(SAID, 1)
    return level if isinstance(level, int) and level.__class__ is int else 1


def understood(body: Mapping[str, object]) -> bool:
    """Whether this program knows the level that a membership entry names."""
    level = body.get("level")
    return not (isinstance(level, int) and level.__class__ is int and level > KNOWN)
