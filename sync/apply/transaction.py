"""Transaction: what one write transaction of a book in one space works with.

The database, the versions of the space under their local names, the members as they are verified,
the people and the time of receipt. Nothing in it outlives the transaction, since what it remembers
could be rolled back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from sync.apply.verifier import SegmentVerifier
from sync.log.version_lookup import VersionLookup
from sync.trust.membership import Membership
from sync.workspace.workspace import Workspace


class Transaction:
    """One space of one book while it is written."""

    def __init__(self, workspace: Workspace, verifier: SegmentVerifier, space: str) -> None:
        self.workspace = workspace
        self.store = workspace.store
        self.log = workspace.log
        self.people = workspace.people
        self.verifier = verifier
        self.space = space
        self.now = workspace.log.now()
        """The time of receipt, ms UTC."""
        self.db: Any = workspace.store.db.connection()
        """The raw connection."""
        self.names = VersionLookup(self.db, workspace.people, space, self.now)

    @cached_property
    def membership(self) -> Membership:
        """The membership log with all that it says."""
        return self.verifier.membership


@contextmanager
def begin(workspace: Workspace, verifier: SegmentVerifier, space: str) -> Iterator[Transaction]:
    """A transaction, in the running one of the database or in one of its own."""
    with workspace.store.write():
        yield Transaction(workspace, verifier, space)
