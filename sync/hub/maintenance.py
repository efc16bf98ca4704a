"""Maintenance: what a hub does for itself once a day, in one of its processes, beside its work.

Numbers of requests that their time alone would refuse are forgotten, and what nobody lacks any
more is kept as digests (`sync.hub.storage.pruning`). When the program was updated, what was parked
for it is judged first.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from types import TracebackType

from sync.hub.hub import Hub
from sync.hub.storage import pruning, replay_parked

DAY = 24 * 3600 * 1000
LOOK = 600.0
"""Seconds between two looks at whether it is time."""
FACT = "upkeep"

log = logging.getLogger("sitebook.hub")


def due(house: Hub) -> bool:
    """Take this day's turn; False when it was taken, in whichever process."""

    def work() -> bool:
        now, last = house.now(), int(house.base.fact(FACT) or 0)
        if last <= now < last + DAY:
            return False
        house.base.note(FACT, str(now))
        return True

    return house.base.write(work)


def once(house: Hub) -> int:
    """Do it now; returns the bytes that are kept no more."""
    house.sweep()
    return pruning.everything(house)


class Upkeep:
    """Looks now and then whether it is time, as long as the hub serves."""

    def __init__(self, house: Hub, look: float = LOOK) -> None:
        self.house = house
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

    def _run(self) -> None:
        self._try(lambda: replay_parked.replay(self.house))
        while not self._end.wait(self.look):
            self._try(self._turn)

    def _turn(self) -> None:
        if due(self.house):
            once(self.house)

    def _try(self, work: Callable[[], object]) -> None:
        try:
            work()
        except Exception as error:  # tomorrow is another day; the hub goes on
            log.error(json.dumps({"upkeep": type(error).__name__}))
        finally:
            self.house.base.let_go()
