"""Background sync: rounds with others in a thread: those that a person asks for, and those that
run by themselves with the hub or folder used last. One at a time; typing never waits for one.

A failure of a round that runs by itself is shown in the corner only; the next try comes later each
time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from models.text.words import Refused, W
from sync.trust import device_key, passphrase_file
from sync.workspace.acknowledgements import PEER
from tui.app.background_job import BackgroundJob
from tui.display.terminal_text import drawing
from tui.widgets.bars import TitleBar

if TYPE_CHECKING:
    from textual.timer import Timer

    from sync.transport.round import Stop, Tell
    from sync.workspace.workspace import Workspace
    from tui.app.background_job import Work
    from tui.widgets.app_context import AppContext

    Ended = Callable[[Any], None]
    """Gets what a job returned, or the `Refused`."""

AT_START, AFTER_SAVE, EVERY = 2.0, 20.0, 300.0
"""Seconds to the next round by itself: after the app opened, a save, a round that went well."""
FIRST_PAUSE, LONGEST_PAUSE = 60.0, 1800.0
"""Seconds after a round that failed, twice as long each time."""
FRESH = 300.0
"""Seconds for which a passphrase that was typed signs further approvals."""
LOOKS: Final = 0.25
"""Seconds between two looks at how far it is."""
LEAVING: Final = 0.3
"""Seconds that quitting waits for a transaction in hand."""
BUSY = W(
    "正在{what}，请等它结束，或在同步页（9）按 Esc 停止。",
    "{what} is in progress. Wait until it ends, or stop it with Esc on the sync page (9).",
)
SYNC = W("同步", "Sync")
USUAL: Final = "*"
"""In place of a peer: all usual ones."""


class SyncRunner:
    """Plans the rounds of one app, and runs its background jobs."""

    def __init__(self, app: AppContext) -> None:
        self.app = app
        self.under_way: BackgroundJob | None = None
        self.trouble: W | None = None
        """What the corner says of the last round, when it did not end well."""
        self._passphrase: str | None = None
        self._given = 0.0
        self._from_file = False
        self._failures = 0
        self._fresh = False
        """Whether something was written here since the last round began."""
        self._timer: Timer | None = None
        self._due = 0.0

    # -- the key -------------------------------------------------------------------------------

    @property
    def passphrase(self) -> str | None:
        """The key's, once a person gave it; kept as long as the app runs, never written."""
        return self._passphrase

    @passphrase.setter
    def passphrase(self, phrase: str | None) -> None:
        self._passphrase, self._given = phrase, monotonic()

    def confirmed(self) -> bool:
        """Whether an approval may be signed without asking: no passphrase is set, it was given a
        moment ago, or a file gives it.
        """
        if self.locked():
            return False
        return not self._wrapped() or self._from_file or monotonic() - self._given < FRESH

    # -- by itself -----------------------------------------------------------------------------

    @property
    def peer(self) -> str | None:
        """The hub or folder used last."""
        found = self.app.workspace.store.meta(PEER)
        return str(found) if found else None

    def begin(self) -> None:
        """The book was opened."""
        self._plan(AT_START)

    def saved(self) -> None:
        """Something was written here; a pause after failures is not cut short for it."""
        self._fresh = True
        if not self._failures and self.under_way is None:
            self._plan(AFTER_SAVE)

    def met(self) -> None:
        """Another process wrote; what a round of this process wrote needs no new round."""
        if self.under_way is None:
            self.saved()

    def settle(self) -> None:
        """The setting was changed."""
        self._forget()
        self.begin()

    def _plan(self, seconds: float) -> None:
        """A round in so many seconds, unless one comes sooner."""
        on = self.app.is_open and self.app.workspace.settings.background
        due = monotonic() + seconds
        if not on or (self._timer is not None and self._due <= due) or self.peer is None:
            return
        self._forget()
        self._due = due
        self._timer = self.app.set_timer(seconds, self._go)

    def _forget(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _go(self) -> None:
        self._timer = None
        if not self.app.is_open or not self.app.workspace.settings.background:
            return
        if self.under_way is None and not self.locked():
            self.run(SYNC, self._round(USUAL), peer=USUAL, asked=False)
        else:
            self._plan(AFTER_SAVE if self.under_way is not None else EVERY)

    def _round(self, peer: str) -> Work:
        """The work of a round with a peer, or with each of the usual ones."""
        phrase, self._fresh = self.passphrase, False

        def work(workspace: Workspace, tell: Tell, stop: Stop) -> Any:
            from tui.app.syncing import sync_rounds

            if peer == USUAL:
                return sync_rounds.with_usual(workspace, phrase, tell, stop)
            return sync_rounds.with_peer(workspace, peer, phrase, tell, stop)

        return work

    def locked(self) -> bool:
        """Whether the key is wrapped and its passphrase was not given yet."""
        if self.passphrase is None:
            with suppress(Refused):
                self.passphrase = passphrase_file.read()
                self._from_file = self.passphrase is not None
        return self._wrapped() and self.passphrase is None

    def _wrapped(self) -> bool:
        who = device_key.read(self.app.home) if self.app.home is not None else None
        return who is not None and who.wrapped

    # -- jobs ----------------------------------------------------------------------------------

    def sync(self, peer: str, *, asked: bool = True, then: Ended | None = None) -> None:
        """One round with a peer."""
        self.run(SYNC, self._round(peer), peer=peer, asked=asked, then=then)

    def run(
        self, what: W, work: Work, *, peer: str = "", asked: bool = True, then: Ended | None = None
    ) -> None:
        """Do work in a thread; `then` gets what it returns, or the `Refused`."""
        if self.under_way is not None:
            if self.under_way.asked or not asked:
                raise Refused(BUSY, what=self.under_way.what)
            self.under_way.stopped = True  # it goes on later, by itself
        before, self.under_way = self.under_way, BackgroundJob(what, peer, asked)
        self.app.run_worker(self._follow(self.under_way, work, then, before), group="job")
        self.paint()

    def stop(self) -> None:
        """End what is under way at the next place where it can go on later."""
        if self.under_way is not None:
            self.under_way.stopped = True

    def close(self) -> None:
        """The app ends: what is under way is left at once, whatever it waits for."""
        self._forget()
        job, self.under_way = self.under_way, None
        if job is not None:
            job.stopped = True
            if job.thread is not None:
                job.thread.join(LEAVING)

    async def _follow(
        self, job: BackgroundJob, work: Work, then: Ended | None, before: BackgroundJob | None
    ) -> None:
        """Start a job and show how far it is until it ends."""
        done = job.start(self.app.workspace, work, before)
        shown = -1
        while not done.done():
            await asyncio.wait({done}, timeout=LOOKS)
            if job.percent != shown:
                shown = job.percent
                self.paint()
        if self.under_way is job:  # else another one took its place, or the app ends
            await self._end(job, done.result(), then)

    async def _end(self, job: BackgroundJob, result: Any, then: Ended | None) -> None:
        """Note how a job ended, show what came, and plan the next round."""
        from tui.app.syncing import sync_rounds

        if sync_rounds.is_old(result):
            await self.app.reopen()
            result = Refused(sync_rounds.RENEWED)
        self.under_way = None
        if job.peer:
            self.trouble = sync_rounds.trouble(result)
            self._failures = self._failures + 1 if self.trouble is not None else 0
            pause = min(FIRST_PAUSE * 2 ** min(self._failures, 10) / 2, LONGEST_PAUSE)
            self._forget()
            self._plan(pause if self._failures else AFTER_SAVE if self._fresh else EVERY)
        self.app.look_again()
        if then is not None:
            then(result)

    # -- what is said of it --------------------------------------------------------------------

    def corner(self) -> str:
        """A few cells for the corner: how far it is, or that no device could be reached."""
        if self.under_way is not None:
            percent = f" {self.under_way.percent}%" if self.under_way.percent else ""
            return f"{drawing.now.swap}{percent or drawing.now.more}"
        return str(self.trouble) if self.trouble is not None else ""

    def paint(self) -> None:
        """Have the corner drawn again, and whatever else shows progress."""
        for screen in self.app.screen_stack[-2:]:
            for bar in screen.query(TitleBar):
                bar.refresh()
            progress = getattr(screen, "progress", None)
            if progress is not None:
                progress()
