"""The hub as one more way between books, for the suite that every carrier passes."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from sync.hub import certificates
from sync.hub.hub import Hub
from sync.organisation import hub_enrolment
from sync.transport.http.carrier import reach
from sync.transport.round import RoundReport, SyncRound
from sync.trust import device_key
from sync.workspace import hub_address
from sync.workspace.hub_address import Address
from sync.workspace.workspace import open_book
from tests.support.replicas import Replica
from tests.sync.hub.running import Running

_running: dict[Path, Running] = {}


class Served:
    """A hub of its own for each folder; one runs at a time, in the process that began it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.note = folder / "address.json"
        if not (folder / "hub").exists():
            for path in list(_running):
                stop(path)
            shutil.copytree(_made(), folder / "hub")
            _running[folder] = Running(folder / "hub")

    def out(self, giver: Replica, **more: Any) -> RoundReport:
        """One round; the first one founds."""
        if not self.note.exists():
            founder = open_book(giver.home.parent / "founder")
            known = hub_enrolment.found(founder, _running[self.folder].code(founding=True))
            founder.close()
            self.note.write_text(json.dumps(known), encoding="utf-8")
        hub_address.save(giver.home, Address(*json.loads(self.note.read_text(encoding="utf-8"))))
        return SyncRound(giver.exchange, reach(giver.exchange), **more).run()

    into = out

    def again(self, taker: Replica) -> None:
        """Everything that the hub has, as if it were new."""
        for space in taker.exchange.spaces():
            hub = reach(taker.exchange)
            hub.meet(_nothing())
            taker.exchange.take(hub.fetch(space, {}))
            hub.wire.close()


@cache
def _made() -> Path:
    """The key and certificates of a hub, made once; they go when the process ends."""
    folder = tempfile.TemporaryDirectory(prefix="hub-")
    _kept.append(folder)
    home = Path(folder.name)
    device_key.make(home)
    certificates.make(home, [])
    return home


_kept: list[tempfile.TemporaryDirectory[str]] = []


def stop(folder: Path) -> None:
    """Stop the hub of a folder."""
    _running.pop(folder).stop()


def house_of(folder: Path) -> Hub:
    """What is behind the address of a folder's hub."""
    return _running[folder].house


def _nothing() -> Any:
    from sync.transport.carrier import Side

    return Side()


WAYS: dict[str, Callable[[Path], Served]] = {"hub": Served}
