"""What is measured in the terminal: the commands, what shows that they are ready, and the keys.

All that has to follow the app when it changes stands here, in `APP`.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.terminal import Size, Terminal

OPEN = 12
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Target:
    """A program to measure, and how to get about in it."""

    command: tuple[str, ...]
    ready: str
    """A text that is on the screen when the first page is there."""
    probe: str
    """A key that changes the first page."""
    quit: str = "ctrl+q"
    to_list: tuple[str, ...] = ()
    """Keys from the first page to the list of many rows."""
    listed: str = ""
    """A text that only the page with that list has."""
    place: str = r"\d[\d,]* / [\d,]+"
    """What in the list tells the cursor's place, as a regular expression."""
    to_typing: tuple[tuple[str, str], ...] = ()
    """Keys from the first page to a text field, each with a text that it brings up."""
    prepare: Callable[[Path, int], None] | None = None
    """Makes the folder that SITEBOOK_HOME names, with a list of so many rows."""

    def start(self, size: Size, home: Path, rows: int = 0) -> Terminal:
        """Run it, with its folder made if it was not yet."""
        if self.prepare is not None and not home.exists():
            self.prepare(home, rows)
        return Terminal(self.command, size, environment(home))

    @contextmanager
    def running(self, size: Size, home: Path, rows: int = 0) -> Iterator[Terminal]:
        """Run it until it is ready; end it afterwards."""
        terminal = self.start(size, home, rows)
        try:
            terminal.wait(lambda screen: self.ready in screen.text)
            terminal.settle()
            yield terminal
        finally:
            terminal.close()

    def open_list(self, terminal: Terminal) -> None:
        """From the first page to the list."""
        for key in self.to_list:
            terminal.send(key)
        terminal.wait(lambda screen: self.listed in screen.text and self.where(screen) is not None)
        terminal.settle()

    def where(self, terminal: Terminal) -> str | None:
        """The place that the list tells."""
        found = re.search(self.place, terminal.text)
        return found[0] if found else None

    def open_typing(self, terminal: Terminal) -> None:
        """From the first page to a text field."""
        for key, text in self.to_typing:
            terminal.send(key)
            terminal.wait(lambda screen, text=text: text in screen.text)  # type: ignore[misc]
            terminal.settle()


def environment(home: Path) -> dict[str, str]:
    """The same terminal for all; bytecode is kept, as it is where the program is installed."""
    left_out = {"PYTHONDONTWRITEBYTECODE", "NO_COLOR", "SSH_CONNECTION"}
    env = {name: value for name, value in os.environ.items() if name not in left_out}
    given = {
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "SITEBOOK_HOME": str(home),
    }
    return env | given


def fill(home: Path, count: int) -> None:
    """A workspace with so many fixes, few of them still open.

    The rows go straight into the table, without changes in the log: lists cannot tell.
    """
    from models.book.projects import all_projects
    from models.schema.record import kinds
    from models.storage import rows
    from sync.workspace.setup import begin

    opened = begin(home, name="张工", project="项目")
    project = all_projects(opened.store)[0].id
    text = "精密空调回风温度偏高，过滤网积尘，已清洗并复测。"
    book = opened.book
    first = book.add("fix", {"phenomenon": text, "correction": text}, project=project)
    row = {name: getattr(first, name) for name in rows.columns(kinds["fix"])}
    with opened.store.write():
        for n in range(1, count):
            row |= {
                "n": first.n - (n << 12),
                "id": f"{first.id[:24]}{n:012x}",
                "number": f"FX-26-B-{n:06}",
                "phenomenon": f"{n} 号机柜{text[n % 9 :]}",
                "state": "open" if n < OPEN else "closed",
                "occurred": first.occurred - n,
            }
            rows.insert(opened.store, kinds["fix"], row)
    opened.close()


PYTHON = (sys.executable, "-P")
FLOOR = Target((*PYTHON, "-m", "tests.bench.floor"), "ready 0", "n")
FLOOR_TYPING = Target((*PYTHON, "-m", "tests.bench.floor", "typing"), "ready 0", "x")
APP = Target(
    (*PYTHON, "-c", "from tui.start import main; main()"),
    ready="待办 ",
    probe="down",
    to_list=("3",),
    listed="编号",
    to_typing=(("3", "编号"), ("n", "保存")),
    prepare=fill,
)
