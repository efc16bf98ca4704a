"""Differences: with whom this book does not agree though both say that they hold the same changes.

Two books that hold the same show the same, so a difference is a fault: another history of a device,
a false record, a damaged row. It is noted when a round shows it and forgotten when one shows that
it is gone.
"""

from __future__ import annotations

import json

from models.frozen import NamedTuple
from sync.workspace.workspace import Workspace

FACT = "differs"
"""The fact with the differences."""


class ReplicaDifference(NamedTuple):
    """Another device, and since when it is known to differ."""

    peer: str
    spaces: tuple[str, ...]
    since: int
    """ms UTC."""


def note(workspace: Workspace, peer: str, space: str, *, same: bool) -> None:
    """What a round showed of a device (or the hub) in a space."""
    known = _read(workspace)
    spaces = known.get(peer, {})
    if same == (space not in spaces):
        return
    if same:
        del spaces[space]
    else:
        spaces[space] = workspace.log.now()
    known[peer] = spaces
    with workspace.store.write():
        left = {peer: spaces for peer, spaces in known.items() if spaces}
        workspace.store.set_meta(FACT, json.dumps(left))


def listed(workspace: Workspace) -> list[ReplicaDifference]:
    """Every difference, with devices that are not revoked; the oldest first."""
    sql = "SELECT 1 FROM device WHERE id=? AND revoked IS NOT NULL"
    found = [
        ReplicaDifference(peer, tuple(sorted(spaces)), min(spaces.values()))
        for peer, spaces in _read(workspace).items()
        if not workspace.store.row(sql, (peer,))
    ]
    return sorted(found, key=lambda one: (one.since, one.peer))


def names(workspace: Workspace) -> list[str]:
    """The same as people call it: the person and the tag of each device."""
    return [named(workspace, one.peer) for one in listed(workspace)]


def named(workspace: Workspace, device: str) -> str:
    """The person and the tag of a device; its id where the members do not know it."""
    known = workspace.people.facts(device)
    if known is None or known.person is None:
        return device
    return f"{workspace.people.name(known.person)} ({known.tag})"


def _read(workspace: Workspace) -> dict[str, dict[str, int]]:
    try:
        found = json.loads(workspace.store.meta(FACT) or "{}")
        return {
            str(peer): {str(s): int(at) for s, at in some.items()} for peer, some in found.items()
        }
    except (ValueError, TypeError, AttributeError):
        return {}
