"""Background sync: rounds with others, off the screen's thread: those that are asked for, and those
that run by themselves with the hub or folder used last. One at a time; typing never waits for one.

Rounds that fail by themselves are told in the corner only, and tried again ever more rarely.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Any

from models.text.words import Refused, W
from sync.trust import passphrase_file
from tui.app import sync_trouble
from tui.app.background_job import Errand
from tui.widgets.bars import TitleBar

if TYPE_CHECKING:
    from textual.timer import Timer

    from sync.transport.round import RoundReport, Stop, Tell
    from sync.workspace.workspace import Workspace
    from tui.app.background_job import Job
    from tui.widgets.app_context import AppContext

    Then = Callable[[Any], None]
    """Gets what a job returned, or the `Refused`."""

AT_START, AFTER_SAVE, EVERY = 2.0, 20.0, 300.0
"""Seconds to the next round by itself: after the app opened, a save, a round that went well."""
FIRST_PAUSE, LONGEST_PAUSE = 60.0, 1800.0
"""Seconds after a round that did not, twice as long each time."""
LOOKS = 0.25
"""Seconds between two looks at how far it is."""
LEAVING = 0.3
"""Seconds that quitting waits for a transaction in hand."""
BUSY = W(
    "正在{what}，请等它结束，或在同步页（9）按 Esc 停止。",
    "{what} is under way. Wait for its end, or stop it by Esc on the sync page (9).",
)
SYNC = W("同步", "Sync")
SEVERAL = "*"
"""In place of a peer: all usual ones."""


class Courier:
    """Carries for one app."""

    def __init__(self, app: AppContext) -> None:
        self.app = app
        self.errand: Errand | None = None
        self.trouble: W | None = None
        """What the corner says of the last round, when it did not end well."""
        self.passphrase: str | None = None
        """The key's, once a person gave it; kept as long as the app runs, never written."""
        self._failures = 0
        self._fresh = False
        """Whether something was written here since the last round began."""
        self._timer: Timer | None = None
        self._due = 0.0

    # -- by itself -----------------------------------------------------------------------------

    @property
    def peer(self) -> str | None:
        """The hub or folder used last."""
        from sync.workspace.acknowledgements import PEER

        found = self.app.workspace.store.meta(PEER)
        return str(found) if found else None

    def begin(self) -> None:
        """The book was opened."""
        self._plan(AT_START)

    def saved(self) -> None:
        """Something was written here; a pause after failures is not cut short for it."""
        self._fresh = True
        if not self._failures and self.errand is None:
            self._plan(AFTER_SAVE)

    def met(self) -> None:
        """Another process wrote; the courier's own writing is no news."""
        if self.errand is None:
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
        if self.errand is None and not self.locked():
            self._round()
        else:
            self._plan(AFTER_SAVE if self.errand is not None else EVERY)

    def _round(self) -> None:
        """A round with each of the usual peers; one that fails does not stop the others."""
        phrase, self._fresh = self.passphrase, False

        def job(workspace: Workspace, tell: Tell, stop: Stop) -> Any:
            from sync.transport import peers

            worst: Any = None
            for peer in peers.usual(workspace):
                try:
                    done: Any = peers.sync(
                        workspace, peer, passphrase=phrase, tell=tell, stop=stop, remember=False
                    )
                except Refused as refused:
                    done = refused
                worst = done if worst is None or sync_trouble.of(done) is not None else worst
            return worst if worst is not None else Refused(peers.NOBODY)

        self.run(SYNC, job, peer=SEVERAL, asked=False)

    def locked(self) -> bool:
        """Whether the key wants a passphrase that nobody gave yet."""
        from sync.trust import device_key

        if self.passphrase is None:
            with suppress(Refused):
                self.passphrase = passphrase_file.read()
        who = device_key.read(self.app.home) if self.app.home is not None else None
        return who is not None and who.wrapped and self.passphrase is None

    # -- errands -------------------------------------------------------------------------------

    def sync(self, peer: str, *, asked: bool = True, then: Then | None = None) -> None:
        """One round with a peer."""
        phrase, self._fresh = self.passphrase, False

        def job(workspace: Workspace, tell: Tell, stop: Stop) -> RoundReport:
            from sync.transport import peers

            return peers.sync(workspace, peer, passphrase=phrase, tell=tell, stop=stop)

        self.run(SYNC, job, peer=peer, asked=asked, then=then)

    def run(
        self, what: W, job: Job, *, peer: str = "", asked: bool = True, then: Then | None = None
    ) -> None:
        """Have something done in a thread; `then` gets what it returns, or the `Refused`."""
        if self.errand is not None:
            if self.errand.asked or not asked:
                raise Refused(BUSY, what=self.errand.what)
            self.errand.stopped = True  # it goes on later, by itself
        waits, self.errand = self.errand, Errand(what, peer, asked)
        self.app.run_worker(self._carry(self.errand, job, then, waits), group="errand")
        self.paint()

    def stop(self) -> None:
        """End what is under way at the next place where it can go on later."""
        if self.errand is not None:
            self.errand.stopped = True

    def close(self) -> None:
        """The app ends: what is under way is left at once, whatever it waits for."""
        self._forget()
        errand, self.errand = self.errand, None
        if errand is not None:
            errand.stopped = True
            if errand.thread is not None:
                errand.thread.join(LEAVING)

    async def _carry(
        self, errand: Errand, job: Job, then: Then | None, waits: Errand | None
    ) -> None:
        done = errand.start(self.app.workspace, job, waits)
        before = -1
        while not done.done():
            await asyncio.wait({done}, timeout=LOOKS)
            if errand.percent != before:
                before = errand.percent
                self.paint()
        result = done.result()
        if self.errand is errand and sync_trouble.is_old(result):
            await self.app.reopen()
            self.errand, result = errand, Refused(sync_trouble.RENEWED)
        self._end(errand, result, then)

    def _end(self, errand: Errand, result: Any, then: Then | None) -> None:
        """Note how it ended, show what came, and plan the next."""
        if self.errand is not errand:
            return  # another one took its place, or the app ends
        self.errand = None
        if errand.peer:
            self.trouble = sync_trouble.of(result)
            self._failures = self._failures + 1 if self.trouble is not None else 0
            pause = min(FIRST_PAUSE * 2 ** min(self._failures, 10) / 2, LONGEST_PAUSE)
            self._forget()
            self._plan(pause if self._failures else AFTER_SAVE if self._fresh else EVERY)
        self.app.look_again()
        if then is not None:
            then(result)

    # -- what is said of it --------------------------------------------------------------------

    def corner(self) -> str:
        """A few cells for the corner: how far it is, or that nobody could be reached."""
        from tui.display.terminal_text import drawing

        if self.errand is not None:
            percent = f" {self.errand.percent}%" if self.errand.percent else ""
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
