"""Space readers: the people whom a restricted record of this book names."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from models.schema.natural_keys import file_of
from sync.changes import pruned
from sync.log import logged_changes
from sync.validation.rules.reader_rules import people_named
from sync.workspace.workspace import Workspace

_REFUSED = "SELECT idx, seq FROM quarantine WHERE space=? AND record=? AND adopted IS NULL"


def named(workspace: Workspace, space: str) -> Collection[str]:
    """Who reads a space beside the declared roles, as far as the record is here.

    Who only wrote into it does not know them: their part goes to those with a role, who pass it on.
    """
    file = file_of(space)
    if file is None:
        return ()
    db: Any = workspace.store.db.connection()
    device = workspace.people.device_of
    found = [
        pruned.change(space, device(idx), *rest)
        for idx, *rest in logged_changes.of_record(db, space, file.record)
    ]
    refused = db.execute(_REFUSED, (space, file.record)).fetchall()
    return people_named(space, found, {(device(idx), seq) for idx, seq in refused})
