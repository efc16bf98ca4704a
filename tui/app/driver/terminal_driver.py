"""Terminal driver: Textual's for Linux and macOS, for terminals as they are.

Bytes that are not UTF-8 and keys that do not exist end nothing; the window's size is the terminal's
own, whatever the environment says; a terminal that is gone, or a signal, ends the app with its
drafts kept and the screen given back.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
from collections.abc import Iterable
from contextlib import suppress
from time import monotonic
from typing import IO, Any, Final, Protocol, cast

from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from models.text.words import W
from tui.app.driver.input_parser import InputParser

assert sys.platform != "win32"  # there Textual's own driver reads the console
ENDING: Final = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
"""Signals that end the app; the exit code is 128 and their number."""
SIGNALLED: Final = 128
MOST: Final = 1 << 16
"""Bytes read at once."""
TICK: Final = 0.1
"""Seconds after which what is half read is looked at again."""
USUAL: Final = (80, 24)
NOT_UTF8 = W(
    "终端发来的内容不是 UTF-8，已略去。请把终端的编码设为 UTF-8。",
    "The terminal sent what is not UTF-8; it was left out. Set the terminal's encoding to UTF-8.",
)


class EndedApp(Protocol):
    """The app, as far as its terminal tells it anything."""

    def tell(self, text: str, *, bad: bool = False) -> None:
        """Show a notice."""

    def end(self, code: int) -> None:
        """End with this exit code; what was typed is kept."""


class TerminalDriver(LinuxDriver):
    """Reads and writes one terminal for one app."""

    def __init__(self, app: Any, **given: Any) -> None:
        super().__init__(app, **given)
        self._file = cast(Any, _Outlet(_screen()))
        self._told = cast(EndedApp, app)

    def start_application_mode(self) -> None:
        """Take the terminal; from now on signals end the app, unless they were ignored before."""
        loop = asyncio.get_running_loop()
        for number in ENDING:
            if signal.getsignal(number) is not signal.SIG_IGN:
                loop.add_signal_handler(number, self._told.end, SIGNALLED + number)
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def _get_terminal_size(self) -> tuple[int, int]:
        for stream in (self.fileno, 1, 2):
            with suppress(OSError):
                wide, high = os.get_terminal_size(stream)
                if wide > 0 and high > 0:
                    return wide, high
        return USUAL

    def _run_input_thread(self) -> None:
        """Whatever goes wrong in the thread ends the app as a fault in any other place does."""
        try:
            self.run_input_thread()
        except Exception as error:
            self._app.call_later(self._app._handle_exception, error)

    def run_input_thread(self) -> None:
        """Read until the app wants no more, or the terminal is gone."""
        parser = InputParser()
        while not self.exit_event.is_set():
            if not self._read(parser, TICK):
                self._app.call_later(self._told.end, SIGNALLED + signal.SIGHUP)
                return
            self._hand_on(parser, parser.tick(monotonic()))
        self._read(parser, 0)

    def _read(self, parser: InputParser, seconds: float) -> bool:
        """Read what comes within so many seconds; whether the terminal is still there."""
        try:
            if not select.select([self.fileno], [], [], seconds)[0]:
                return True
            data = os.read(self.fileno, MOST)
        except OSError:
            return False
        self._hand_on(parser, parser.feed(data, monotonic()))
        return bool(data)

    def _hand_on(self, parser: InputParser, messages: Iterable[Message]) -> None:
        before = parser.unreadable
        for message in messages:
            self.process_message(message)
        if parser.unreadable != before:
            self._app.call_later(self._told.tell, str(NOT_UTF8), bad=True)


def _screen() -> IO[str]:
    """The stream that is a terminal: the errors may have been sent to a file."""
    streams = [one for one in (sys.__stderr__, sys.__stdout__) if one is not None]
    return next((one for one in streams if one.isatty()), streams[0])


class _Outlet:
    """The stream that the app draws on; nothing is drawn on a terminal that is gone.

    An error here would end Textual's thread that writes, and what waits for it would wait forever.
    """

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> None:
        with suppress(OSError, ValueError):
            self._file.write(text)

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            self._file.flush()

    def fileno(self) -> int:
        return self._file.fileno()

    def isatty(self) -> bool:
        return self._file.isatty()
