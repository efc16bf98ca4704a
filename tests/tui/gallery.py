"""Every widget of ours, and Textual's that show text as it is, each full of one hostile text.

`python -m tests.tui.gallery` shows it; F6 goes to the next text, Ctrl+Q leaves.
"""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.filter import LineFilter
from textual.widgets import Footer, Input, TextArea

from models.text.words import W
from tests.support.hostile import PAYLOADS
from tui.display.row_layout import ListColumn
from tui.display.row_source import DisplayLine, Fixed
from tui.widgets.safe_widgets import (
    ChoiceOption,
    Choices,
    Clean,
    Pick,
    Press,
    ProseText,
    Tag,
    Tick,
    hint,
    notify,
    title,
)
from tui.widgets.windowed_list import WindowedList

SIZE = (100, 60)
TEXTS = tuple(PAYLOADS.values())
COLUMNS = (
    ListColumn("name", W("名", "Name"), 10),
    ListColumn("text", W("文", "Text"), 20, weight=1),
)


class Gallery(App[None]):
    """One page for each text."""

    CSS = """
    Lines { height: 4; }
    Prose { height: auto; max-height: 8; border: solid red; }
    TextArea { height: 5; }
    Choices { height: 4; }
    """
    BINDINGS = [Binding("ctrl+q", "quit", "退出"), Binding("f6", "next", "下一个")]
    AUTO_FOCUS = None

    def __init__(self) -> None:
        super().__init__()
        self.at = 0

    @property
    def text(self) -> str:
        return TEXTS[self.at]

    def get_line_filters(self) -> list[LineFilter]:
        return [*super().get_line_filters(), Clean()]

    def compose(self) -> ComposeResult:
        text = self.text
        yield Tag(f"page {self.at} of {len(TEXTS)}")
        lines = WindowedList(COLUMNS, Fixed([DisplayLine("1", {"name": text, "text": text})]))
        lines.note = text
        yield lines
        yield Tag(text, id="tag")
        yield ProseText(text, id="prose")
        yield Press(text)
        yield Tick(text)
        yield Input(text)
        yield Input(placeholder=text)
        yield TextArea(text)
        yield Choices([ChoiceOption("1", text, text)])
        yield Pick([ChoiceOption("1", text)], "1")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self._decorate()

    async def action_next(self) -> None:
        self.at = (self.at + 1) % len(TEXTS)
        self.clear_notifications()
        await self.recompose()
        self._decorate()

    def _decorate(self) -> None:
        prose = self.query_one(ProseText)
        title(prose, self.text, self.text)
        hint(prose, self.text)
        notify(self, self.text[:200])


if __name__ == "__main__":
    Gallery().run()
