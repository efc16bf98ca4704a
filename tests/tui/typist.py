"""A person typing into the real app in a real terminal, and pulling the plug.

`python -m tests.tui.typist HOME form` is the app with the form of a new fix open; without `form` it
begins on its first page.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

from sync.workspace.workspace import open_book
from tui.app.app import SiteApp

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0


class FormFirst(SiteApp):
    """The app, which opens the form of a new fix by itself."""

    CSS_PATH = str(ROOT / "tui" / "app" / "sitebook.tcss")

    def on_mount(self) -> None:
        self.call_after_refresh(self.open_form, "fix")


class Typist:
    """Types into the app of a home and sees what it shows."""

    def __init__(self, home: Path, *, form: bool = True) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        env = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.tui.typist", str(home), *(["form"] if form else [])],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=env,
            cwd=ROOT,
            start_new_session=True,
        )
        os.close(slave)
        self.output = b""

    def see(self, text: str, within: float = PATIENCE) -> float:
        """Wait until a text was drawn; the moment it was seen."""
        until = time.monotonic() + within
        while text.encode() not in self.output:
            assert self.read(until - time.monotonic()), f"never drawn: {text!r}"
        return time.monotonic()

    def read(self, seconds: float) -> bool:
        """Read what is drawn within some seconds; whether anything was."""
        ready, _, _ = select.select([self.master], [], [], max(seconds, 0))
        if not ready:
            return False
        try:
            self.output += os.read(self.master, 65536)
        except OSError:  # Linux: the other end is gone
            return False
        return True

    def watch(self, seconds: float) -> None:
        """Read for as long as that."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.read(left)

    def type(self, text: str) -> None:
        """Send keys."""
        os.write(self.master, text.encode())

    def ended(self, within: float = PATIENCE) -> int:
        """Wait until the app has ended by itself; its exit code."""
        until = time.monotonic() + within
        while self.process.poll() is None:
            assert time.monotonic() < until, "it goes on"
            self.read(0.1)
        return int(self.process.returncode)

    def kill(self) -> float:
        """Pull the plug; when."""
        at = time.monotonic()
        self.process.kill()
        self.process.wait()
        return at

    def __enter__(self) -> Typist:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        os.close(self.master)


if __name__ == "__main__":
    workspace = open_book(Path(sys.argv[1]))
    if len(sys.argv) > 2:
        FormFirst(workspace).run()
    else:
        SiteApp(workspace).run()
