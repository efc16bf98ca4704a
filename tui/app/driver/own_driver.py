"""Own driver: the class that reads and writes the terminal here; None where Textual's own does."""

from __future__ import annotations

import sys

from textual.driver import Driver

OWN: type[Driver] | None = None

if sys.platform != "win32":
    from tui.app.driver.terminal_driver import TerminalDriver

    OWN = TerminalDriver
