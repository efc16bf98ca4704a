"""Open book: opens a book and applies what was parked for this version of the program."""

from __future__ import annotations

from pathlib import Path

from sync.log import membership_store, parked
from sync.workspace import workspace as books
from sync.workspace.workspace import Workspace


def _behind(opened: Workspace) -> bool:
    """Whether entries of the membership log wait for a newer version of the program."""
    return membership_store.count(opened.store.db) > int(opened.store.meta("members") or 0)


def open_book(home: Path) -> Workspace:
    """Open the book in this folder. Raises `Refused` as `sync.workspace.workspace.open_book`."""
    opened = books.open_book(home)
    try:
        if opened.store.only_read:
            return opened
        if _behind(opened):
            from sync.apply.reevaluation import newer_entries

            newer_entries.take_up(opened)
        if spaces := parked.spaces(opened.store.db.connection()):
            from sync.apply.reevaluation import replay_parked  # 40 ms that hardly any start needs

            replay_parked.replay(opened, spaces)
    except BaseException:
        opened.close()
        raise
    return opened
