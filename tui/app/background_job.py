"""Background job: one piece of work in a thread of its own, which can be told to stop, and for
which the app does not wait at its end.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from models.text.words import Refused, W
from tui.app.faults import fault_notes

if TYPE_CHECKING:
    from sync.transport.round import Stop, Tell
    from sync.workspace.workspace import Workspace

    Work = Callable[[Workspace, Tell, Stop], Any]
    """What is done in the thread."""

WRONG = W("同步出错：{said}", "Sync error: {said}")


class BackgroundJob:
    """A job that is under way; the app runs at most one at a time."""

    def __init__(self, what: W, peer: str, asked: bool) -> None:
        self.what = what
        self.peer = peer
        self.asked = asked
        """Whether a person asked for it; else it runs by itself."""
        self.share = 0.0
        self.stopped = False
        self.thread: threading.Thread | None = None

    def tell(self, share: float) -> None:
        """So much is done, 0 to 1. Called in the thread."""
        self.share = min(max(share, 0.0), 1.0)

    @property
    def percent(self) -> int:
        """How far it is."""
        return int(self.share * 100)

    def start(
        self, workspace: Workspace, work: Work, after: BackgroundJob | None
    ) -> asyncio.Future[Any]:
        """Begin, once an earlier one has ended; the future gets what the work returns."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Any] = loop.create_future()

        def run() -> None:
            if after is not None and after.thread is not None:
                after.thread.join()
            result = _done(workspace, work, self)
            with suppress(RuntimeError):  # the app is gone
                loop.call_soon_threadsafe(_give, done, result)

        # Not a worker of the app, which would wait at its end for a network that does not answer.
        self.thread = threading.Thread(target=run, name="background job", daemon=True)
        self.thread.start()
        return done


def _done(workspace: Workspace, work: Work, job: BackgroundJob) -> Any:
    """Do it in this thread, on a connection of its own. Returns the `Refused` when refused."""
    try:
        with workspace.store.db.connection_context():
            return work(workspace, job.tell, lambda: job.stopped)
    except Refused as refused:
        return refused
    except Exception as error:
        return Refused(WRONG, said=fault_notes.reported(error, workspace.home))


def _give(done: asyncio.Future[Any], result: Any) -> None:
    if not done.done():
        done.set_result(result)
