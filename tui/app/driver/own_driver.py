"""Own driver: the class that reads and writes the terminal here; None where Textual's own does."""

from __future__ import annotations

import sys

from textual.driver import Driver

from tui.app.terminal import in_browser

OWN: type[Driver] | None = None

if sys.platform != "win32" and not in_browser():
    from tui.app.driver.terminal_driver import TerminalDriver

    OWN = TerminalDriver
