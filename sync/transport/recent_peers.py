"""Recent peers: how the last round with each peer went, for the sync page and the status."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple

from models.text.words import Refused, W
from sync.transport.round import RoundReport
from sync.workspace.workspace import Workspace

META = "rounds"
KEPT = 12
"""Peers remembered; the one met longest ago makes room."""
TO_FILE, FROM_FILE = "to file", "from file"
"""What is done with a bundle; any other way is a round."""


class Lately(NamedTuple):
    """The last round with one peer: a hub's address, a folder's or a bundle's path."""

    peer: str
    way: str
    """'round', or one of the two for a bundle."""
    at: int
    """When it ended, ms UTC."""
    given: int = 0
    taken: int = 0
    unconfirmed: int = 0
    stopped: bool = False
    why: W | None = None
    """What was refused; None when all went well."""

    @property
    def done(self) -> bool:
        """Whether it went to its end and nothing was refused."""
        return not self.stopped and self.why is None


def of(workspace: Workspace) -> list[Lately]:
    """The last rounds, the latest first."""
    try:
        rows = json.loads(workspace.store.meta(META) or "[]")
        found = [_said(row) for row in rows]
    except (ValueError, TypeError):
        return []
    return sorted(found, key=lambda one: -one.at)


def noted(workspace: Workspace, peer: str, way: str, run: Callable[[], RoundReport]) -> RoundReport:
    """Run a round, and note how it went whether it is refused or not."""
    try:
        report = run()
    except Refused as why:
        failed(workspace, peer, way, why)
        raise
    _note(workspace, peer, way, report)
    return report


def _note(workspace: Workspace, peer: str, way: str, report: RoundReport) -> None:
    refused = next(iter((*report.refused, *report.taken.refused)), None)
    outcome = report.taken.outcome
    one = Lately(
        peer,
        way,
        workspace.log.now(),
        given=report.given,
        taken=outcome.applied,
        unconfirmed=report.unconfirmed,
        stopped=report.stopped,
        why=refused.both() if refused else None,
    )
    _keep(workspace, one)


def failed(workspace: Workspace, peer: str, way: str, why: Refused) -> None:
    """A round came to nothing, or broke off; a disk that fails is not asked to note it."""
    with suppress(Refused):
        _keep(workspace, Lately(peer, way, workspace.log.now(), why=why.both()))


def _said(row: list[Any]) -> Lately:
    one = Lately._make(row)
    return one._replace(why=W(*one.why) if one.why else None)


def _keep(workspace: Workspace, one: Lately) -> None:
    others = [old for old in of(workspace) if (old.peer, old.way) != (one.peer, one.way)]
    rows: list[Any] = [list(row) for row in (one, *others)][:KEPT]
    with workspace.store.write():
        workspace.store.set_meta(META, json.dumps(rows, ensure_ascii=False))
