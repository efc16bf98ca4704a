"""Log mark: how long the membership log was, in a small file beside the hub's key.

The file is no part of the database, so it reveals a database that was put back to an older state or
emptied. It holds no secret.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from models.storage.atomic_file import held, write_whole
from models.text.words import Refused
from sync.trust.membership import Membership

FILE = "hub.mark"


class LogMark(NamedTuple):
    """The end of a membership log; `n` is 0 where its length is not known."""

    n: int = 0
    hash: str = ""
    """Of entry `n`, in hexadecimal."""
    root: str = ""
    """The hash of the first entry, in hexadecimal."""
    organisation: str = ""

    def within(self, log: Membership) -> bool:
        """Whether a log has all that the marked one had."""
        if self.n == 0:
            return not self.root or not log.entries or log.root.hex() == self.root
        return len(log.entries) >= self.n and log.entries[self.n - 1].hash.hex() == self.hash


def of(log: Membership) -> LogMark:
    """The mark of a log that has entries."""
    return LogMark(len(log.entries), log.head.hex(), log.root.hex(), log.organisation)


def written(mark: LogMark) -> str:
    """The mark as text."""
    return json.dumps(mark._asdict())


def heard(text: str | bytes) -> LogMark | None:
    """The mark again; None for anything else."""
    try:
        data = json.loads(text)
        return LogMark(int(data["n"]), *(str(data[name]) for name in LogMark._fields[1:]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def read(home: Path) -> LogMark | None:
    """The mark of a hub's folder; None without one, or where it is damaged."""
    try:
        return heard((home / FILE).read_bytes())
    except OSError:
        return None


def keep(home: Path, log: Membership) -> None:
    """Put the mark at the end of this log; without entries there is none."""
    with held(home):
        if log.entries:
            write_whole(home / FILE, written(of(log)).encode())
        else:
            (home / FILE).unlink(missing_ok=True)


def rise(home: Path, log: Membership) -> None:
    """Move the mark on with a log that grew; a longer one, or that of another log, stays.

    A folder that cannot be written to serves without a mark.
    """
    was = read(home)
    if log.entries and (was is None or (len(log.entries) > was.n and was.within(log))):
        with suppress(Refused):
            keep(home, log)
