"""In a browser: `textual serve sitebook` speaks with the page over two pipes, in packets."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Timer

import pyte
import pytest

from sync.workspace.setup import begin
from tui.app.terminal import BROWSER

ROOT = Path(__file__).parents[3]
PROGRAM = (sys.executable, "-P", "-c", "from tui.start import main; main()")
SIZE = (100, 30)
LIMIT = 60.0
"""Seconds after which a program that hangs is ended, so that the test fails."""


class Page:
    """The browser's page: what it shows, and what it sends."""

    def __init__(self, home: Path) -> None:
        given = {
            "PYTHONPATH": str(ROOT),
            "SITEBOOK_HOME": str(home),
            "LANG": "C.UTF-8",
            "TEXTUAL_DRIVER": BROWSER,
            "COLUMNS": str(SIZE[0]),
            "ROWS": str(SIZE[1]),
        }
        self.program = subprocess.Popen(
            PROGRAM, env=os.environ | given, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self.program.stdin and self.program.stdout
        self._in, self._out = self.program.stdin, self.program.stdout
        self.screen = pyte.Screen(*SIZE)
        self._stream = pyte.ByteStream(self.screen)
        self.meta: list[dict[str, object]] = []
        self.end = Timer(LIMIT, self.program.kill)
        self.end.start()

    @property
    def text(self) -> str:
        """The screen, its lines joined by newlines."""
        return "\n".join(self.screen.display)

    def begins(self) -> bytes:
        """The first line, by which a server knows the program."""
        return self._out.readline()

    def read(self) -> bool:
        """Take one packet in; whether there was one."""
        head = self._out.read(5)
        if len(head) < 5:
            return False
        body = self._out.read(int.from_bytes(head[1:], "big"))
        if head[:1] == b"D":
            self._stream.feed(body)
        else:
            self.meta.append(json.loads(body))
        return True

    def wait(self, shown: Callable[[str], bool]) -> None:
        """Read until the screen is so."""
        while not shown(self.text):
            assert self.read(), f"it ended; the screen was:\n{self.text}"

    def send(self, keys: bytes) -> None:
        """Press keys."""
        self._in.write(b"D" + len(keys).to_bytes(4, "big") + keys)
        self._in.flush()

    def close(self) -> None:
        """End what is left."""
        self.end.cancel()
        self.program.kill()
        self.program.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="tried on Linux only")
def test_the_app_opens_answers_and_ends_in_a_browser(tmp_path: Path) -> None:
    begin(tmp_path / "book", name="Ann", project="North", lang="en").close()
    page = Page(tmp_path / "book")
    try:
        assert page.begins() == b"__GANGLION__\n"
        page.wait(lambda text: "To do: 1" in text)
        assert max(len(line.rstrip()) for line in page.text.splitlines()) > 80  # the page's width
        page.send(b"2")
        page.wait(lambda text: "To do: 1" not in text and "Checklist" in text)
        page.send(b"\x11")
        while page.read():
            pass
        assert page.program.wait() == 0
    finally:
        page.close()
    assert {"type": "exit"} in page.meta


def test_another_driver_is_no_reason_to_go_without_a_terminal(tmp_path: Path) -> None:
    given = {"PYTHONPATH": str(ROOT), "SITEBOOK_HOME": str(tmp_path), "LANG": "C.UTF-8"}
    done = subprocess.run(
        PROGRAM,
        env=os.environ | given | {"TEXTUAL_DRIVER": "x:Y"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 2 and "needs a terminal" in done.stderr
