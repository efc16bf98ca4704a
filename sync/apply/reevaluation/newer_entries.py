"""Newer entries: entries of the membership log that waited for this version of the program."""

from __future__ import annotations

from sync.apply.reevaluation import revocation
from sync.log import membership_store
from sync.workspace.workspace import Workspace


def take_up(workspace: Workspace) -> None:
    """Put in force what is understood by now; nothing where this version knows no more either."""
    store, before = workspace.store, int(workspace.store.meta("members") or 0)
    log = membership_store.load(store.db)
    if log.version <= before:
        return
    with store.write():
        membership_store.project(store.db, log, pinyin=False)
        store.set_meta("members", log.version)
        revocation.carry_out(workspace, log, before)
    workspace.people.refresh()
