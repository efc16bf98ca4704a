"""The floor: a bare Textual app, with what any app has and nothing of ours.

`python -m tests.bench.floor [typing]`; with `typing` it also has an Input, which has the focus.
"""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.widgets import Footer, Header, Input, Label


class Floor(App[None]):
    """A header, a label that a key changes, a footer."""

    AUTO_FOCUS = "Input"
    BINDINGS = [Binding("n", "count", "Count"), Binding("ctrl+q", "quit", "Quit")]

    def __init__(self, typing: bool) -> None:
        super().__init__()
        self.typing = typing
        self.pressed = 0

    def compose(self) -> ComposeResult:
        yield Header()
        yield Label("ready 0")
        if self.typing:
            yield Input()
        yield Footer()

    def action_count(self) -> None:
        self.pressed += 1
        self.query_one(Label).update(f"ready {self.pressed}")


if __name__ == "__main__":
    Floor("typing" in sys.argv[1:]).run()
