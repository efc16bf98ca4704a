"""Ways: every carrier as the one suite meets it. A new carrier adds itself to `WAYS`."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from sync.transport.bundle import bundle
from sync.transport.folder.carrier import Folder
from sync.transport.round import RoundReport, SyncRound
from tests.support.replicas import Replica


class Way(Protocol):
    """How one book's content gets to another. `more` goes to the rounds: tell, stop, budget."""

    def out(self, giver: Replica, /, **more: Any) -> RoundReport:
        """Whatever the giver does so that all it has can be fetched."""

    def into(self, taker: Replica, /, **more: Any) -> RoundReport:
        """Whatever the taker does to have all that lies there."""

    def again(self, taker: Replica, /) -> None:
        """Everything that ever lay there, once more and in another order where there is one."""


def carried(way: Way, *some: Replica) -> None:
    """Everybody gives and takes until nothing is left."""
    for _ in range(2):
        for giver in some:
            way.out(giver)
            for taker in some:
                if taker is not giver:
                    way.into(taker)


class Bundles:
    """Bundle files on one stick, which is never emptied."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = len(list(folder.glob("*.sitebook")))

    def out(self, giver: Replica, /, **more: Any) -> RoundReport:
        """Write one more."""
        self.count += 1
        return bundle.write(giver.exchange, self.folder / f"{self.count:03}.sitebook", **more)

    def into(self, taker: Replica, /, **more: Any) -> RoundReport:
        """Read the newest."""
        return bundle.read(taker.exchange, self.folder / f"{self.count:03}.sitebook", **more)

    def again(self, taker: Replica, /) -> None:
        """The newest first, down to the oldest, and up again."""
        every = sorted(self.folder.glob("*.sitebook"))
        for path in [*reversed(every), *every]:
            bundle.read(taker.exchange, path)


class Shared:
    """A shared folder that everybody sees."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def out(self, giver: Replica, /, **more: Any) -> RoundReport:
        """One round."""
        return SyncRound(giver.exchange, Folder(giver.exchange, self.folder), **more).run()

    into = out

    def again(self, taker: Replica, /) -> None:
        """Two more rounds."""
        self.out(taker)
        self.out(taker)


WAYS: dict[str, Callable[[Path], Way]] = {"bundle": Bundles, "folder": Shared}
WAYS |= import_module("tests.sync.hub.way").WAYS  # which is built on the ways above
