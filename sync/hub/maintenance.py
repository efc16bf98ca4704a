"""Maintenance: what a hub does once a day, in one of its processes, while it serves.

Numbers of requests that are too old to be accepted are deleted, and changes that every device
holds are pruned (`sync.hub.storage.pruning`); a certificate that ends soon is logged. After an
update of the program, parked changes are authorised first. Whenever it looks whether it is time,
a process notes its times and what it cut (`sync.hub.figures`).
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Mapping
from types import TracebackType

from sync.hub import certificates, figures
from sync.hub.hub import Hub
from sync.hub.storage import pruning, replay_parked

DAY = 24 * 3600 * 1000
LOOK = 60.0
"""Seconds between two looks at whether it is time."""
FACT = "upkeep"

log = logging.getLogger("sitebook.hub")


def due(hub: Hub) -> bool:
    """Take this day's turn; False when it was taken, in whichever process."""

    def work() -> bool:
        now, last = hub.now(), int(hub.base.fact(FACT) or 0)
        if last <= now < last + DAY:
            return False
        hub.base.note(FACT, str(now))
        return True

    return hub.base.write(work)


def once(hub: Hub) -> int:
    """Do the work of the day now; returns the bytes that were freed."""
    hub.sweep()
    figures.forget(hub)
    end = hub.certificate_ends
    if end is not None and certificates.ending(end):
        log.warning(json.dumps({"certificate": end.date().isoformat(), "renew": "hub init"}))
    return pruning.everything(hub)


class Upkeep:
    """Looks now and then whether it is time, as long as the hub serves."""

    def __init__(self, hub: Hub, cuts: Mapping[str, int] | None = None, look: float = LOOK) -> None:
        self.hub = hub
        self.cuts = cuts if cuts is not None else {}
        """How many connections this process cut, by reason."""
        self.look = look
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="upkeep", daemon=True)

    def __enter__(self) -> Upkeep:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end.set()
        self._thread.join(30)
        self._try(self._note)

    def _run(self) -> None:
        self._try(lambda: replay_parked.replay(self.hub))
        while not self._end.wait(self.look):
            self._try(self._note)
            self._try(self._turn)

    def _note(self) -> None:
        figures.note(self.hub, self.cuts)

    def _turn(self) -> None:
        replay_parked.replay(self.hub)  # decisions whose table came meanwhile
        if due(self.hub):
            once(self.hub)

    def _try(self, work: Callable[[], object]) -> None:
        try:
            work()
        except Exception as error:  # tomorrow is another day; the hub goes on
            log.error(json.dumps({"upkeep": type(error).__name__}))
        finally:
            self.hub.base.let_go()
