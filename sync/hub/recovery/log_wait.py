"""Log wait: a hub that may have lost entries of the membership log makes none.

It waits after `--restored`, when the mark beside its key is ahead of the database (put back or
emptied), and when a receipt shows that it was put back. Devices that have a longer log give it. The
wait ends when an administrator's device has told its log and the log is as long as the mark. Until
the mark is reached the hub serves no rounds either, for it cannot know who was revoked since.
The wait is a fact of the database, so all processes of a hub wait.
"""

from __future__ import annotations

from pathlib import Path

from sync.hub.recovery import log_mark
from sync.hub.recovery.log_mark import LogMark
from sync.hub.storage.database import Base
from sync.transport.http import hub_errors
from sync.transport.http.hub_errors import HubError
from sync.trust.membership import Membership

FACT = "awaits"


class LogWait:
    """The wait of the hub in one folder."""

    def __init__(self, base: Base, home: Path) -> None:
        self.base = base
        self.home = home

    def now(self) -> LogMark | None:
        """What the log must reach (nothing known: `n` is 0); None when the hub does not wait."""
        return heard(self.base.fact(FACT))

    def begin(self, mark: LogMark | None = None) -> bool:
        """Wait for at least this (inside a transaction); whether that is news."""
        was, mark = self.now(), mark or LogMark()
        if was is not None and was.n >= mark.n:
            return False
        self.base.note(FACT, log_mark.written(mark))
        return True

    def end(self) -> None:
        """Go on (inside a transaction)."""
        self.base.note(FACT, "")

    def ready(self) -> None:
        """Raise `HubError` while the hub makes no entries."""
        if self.now() is not None:
            raise HubError(409, hub_errors.AWAITS)

    def behind(self, log: Membership) -> LogMark | None:
        """The mark of the folder, when a log lacks something of it."""
        mark = log_mark.read(self.home)
        return mark if mark is not None and not mark.within(log) else None


def heard(fact: str | None) -> LogMark | None:
    """What the fact says."""
    return log_mark.heard(fact) if fact else None
