"""Idle lock: hides the screen until the passphrase is typed, where the key has one.

It does so at the start and after so many minutes without a key or the mouse. What was typed before
stays where it was. It hides the screen; it encrypts nothing.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final

from models.text.words import Refused
from sync.trust import device_key
from tui.pages import registry

if TYPE_CHECKING:
    from tui.app.app import SiteApp

ALLOWED: Final = ("leave", "how_to_quit")
"""Actions of the app that work while it is locked."""
LOCK_PAGE: Final = "tui.pages.general.lock_page:LockPage"


class IdleLock:
    """Locks one app."""

    def __init__(self, app: SiteApp) -> None:
        self.app = app
        self.locked = False
        self._last = monotonic()

    def touch(self) -> None:
        """A key was pressed, or the mouse was used."""
        self._last = monotonic()

    def begin(self) -> None:
        """The app starts with this book."""
        if self._minutes() and self.app.sync_runner.locked():
            self._lock()

    def look(self) -> None:
        """Lock when it is time; asked every few seconds."""
        if self.locked:
            self._cover()
        elif self._is_time() and self._has_passphrase() and not self._at_work():
            self._lock()

    def _is_time(self) -> bool:
        minutes = self._minutes()
        return bool(minutes) and monotonic() - self._last >= minutes * 60

    def _minutes(self) -> int:
        ready = self.app.is_open and not self.app.between_books
        return self.app.workspace.settings.lock_minutes if ready else 0

    def _has_passphrase(self) -> bool:
        try:
            who = device_key.read(self.app.home) if self.app.home is not None else None
        except Refused:  # a damaged key file: `check` says so
            return False
        return who is not None and who.wrapped

    def _at_work(self) -> bool:
        """Whether something runs whose dialog closes by itself."""
        return any(one.is_running and one.group != "job" for one in self.app.workers)

    def _lock(self) -> None:
        self.locked = True
        self.app.clear_notifications()
        self._cover()

    def _cover(self) -> None:
        """The page that hides everything, on top; a book that was opened again closed it."""
        if not any(one.id == "lock" for one in self.app.screen_stack):
            self.app.push_screen(registry.load(LOCK_PAGE)(), self._opened)

    def _opened(self, phrase: str | None) -> None:
        if phrase is not None:
            self.locked = False
            self.app.sync_runner.passphrase = phrase
            self.touch()
