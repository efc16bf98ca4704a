"""Rights text: the roles of each action as people read them, and what else it asks."""

from __future__ import annotations

from models.queries.rights_table import COLUMNS, HEADS, Right
from models.schema.roles import ROLES
from models.text.words import W, several

EVERY_ROLE = W("所有角色", "every role")
NOBODY = W("无人", "nobody")
YES = "√"
"""Stands in a table where a role is enough; it is in every Chinese font."""


def who(right: Right) -> str:
    """The roles that are enough, by name."""
    found = [role for role in COLUMNS if role in right.by]
    if not found:
        return str(NOBODY)
    if set(ROLES) <= set(found):
        found = [role for role in found if role not in ROLES]
        return several([EVERY_ROLE, *(HEADS[role] for role in found)])
    return several(HEADS[role] for role in found)


def asks(right: Right) -> str:
    """What else is asked of who has the role; '' for nothing."""
    return several(right.notes)


def states(right: Right) -> str:
    """From which states into which; '' for what is no action of the type."""
    if right.move is None:
        return ""
    state = right.kind.state
    before = several(state(name).label for name in right.move.from_)
    return f"{before} → {state(right.move.to).label}"
