"""The app: opens the workspace, shows Today first, and holds what every page shares."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import App
from textual.binding import BindingType
from textual.filter import LineFilter

from models.words import W, language
from sync.workspace import Workspace
from tui.commands import Command, bindings
from tui.page import Page
from tui.widgets.safe import Clean

WATCH_SECONDS = 2.0

COMMANDS = (
    Command(
        id="app.help",
        word=W("帮助", "Help"),
        help=W("这里能用的键和命令", "keys and commands that work here"),
        keys="question_mark,f1",
        action="app.help",
        shown=90,
    ),
    Command(
        id="app.palette",
        word=W("命令", "Commands"),
        help=W("按名称或拼音首字母找任何命令", "find any command by name or pinyin initials"),
        keys="ctrl+p,f10",
        action="app.palette",
        shown=91,
        priority=True,
    ),
    Command(
        id="app.search",
        word=W("搜索", "Search"),
        help=W("在所有记录中查找", "find in all records"),
        keys="slash,f3",
        action="app.search",
        shown=80,
    ),
    Command(
        id="app.language",
        word=W("中文/English", "English/中文"),
        help=W("切换语言", "switch the language"),
        keys="f9",
        action="app.language",
    ),
    Command(
        id="app.quit",
        word=W("退出", "Quit"),
        help=W("退出；输入的内容都已保留", "leave; everything typed is kept"),
        keys="ctrl+q",
        action="app.leave",
        priority=True,
    ),
)


class SiteApp(App[None]):
    """The terminal application over one workspace."""

    CSS_PATH = "styles/sitebook.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS)]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self._seen = workspace.store.version()

    def on_mount(self) -> None:
        """Today first; watch for what other processes write."""
        language.now = self.workspace.settings.lang
        self.workspace.book.saved.append(self._saved)
        self.set_interval(WATCH_SECONDS, self._watch)

    def get_line_filters(self) -> list[LineFilter]:
        """The last gate against text that acts on the terminal."""
        return [*super().get_line_filters(), Clean()]

    def tell(self, text: str, *, bad: bool = False) -> None:
        """A notice; kept in the list of notices too."""

    def corner(self) -> str:
        """The truth about sync, for the corner of every page."""
        return str(W("仅本机", "this device only"))

    def _saved(self, _touched: set[tuple[str, str]]) -> None:
        self.call_later(self._look)

    def _watch(self) -> None:
        version = self.workspace.store.version()
        if version != self._seen:
            self._seen = version
            self.workspace.people.refresh()
            self._look()

    def _look(self) -> None:
        if isinstance(self.screen, Page):
            self.screen.look_again()

    def action_language(self) -> None:
        """Switch between Chinese and English at once."""


def run(home: Path) -> int:
    """Open the app on a workspace (the first run asks name and language). Returns an exit code."""
    raise NotImplementedError
