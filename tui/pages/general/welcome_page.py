"""The first run: a name, a language, and whether to begin an empty book, an example, or to join."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from models.text.words import Refused, W, language, say
from sync.workspace.setup import begin
from tui.pages.base import Page
from tui.widgets.commands import Command
from tui.widgets.safe_widgets import Press, ProseText, Tag

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace

HELLO = W(
    "现场簿用于记录检查、处置、升级和周报，没有网络也能使用。",
    "sitebook records checks, fixes, escalations and weekly status, also offline.",
)
NAME = W("您的姓名（会写在您的记录上）", "Your name (shown on your records)")
EMPTY = W("新建空白现场簿", "Start with an empty book")
DEMO = W("打开示例数据", "Try it with sample data")
JOIN = W("加入团队：用邀请码或文件", "Join a team: by an invitation code or a file")
SWITCH = W("F9  English", "F9  中文")
NEEDED = W("请先填写您的姓名。", "Enter your name first.")
WRITING = W("正在建立示例数据 {done}/{all}…", "Creating sample data, {done} of {all}…")
MAKING = W("正在新建…", "Creating the book…")


class WelcomePage(Page):
    """Asks at most that much, and then opens the book."""

    title_word = W("欢迎", "Welcome")
    commands: ClassVar = (
        Command(
            id="welcome.begin",
            word=W("开始", "Start"),
            help=W("新建空白现场簿", "start with an empty book"),
            keys="ctrl+s",
            action="begin",
            shown=10,
        ),
        Command(
            id="welcome.demo",
            word=W("示例数据", "Sample data"),
            help=W("打开一个月的示例数据", "open a month of sample data"),
            keys="f4",
            action="demo",
            shown=11,
        ),
        Command(
            id="welcome.join",
            word=W("加入", "Join"),
            help=W("用邀请码或文件加入团队", "join a team by an invitation code or a file"),
            keys="f6",
            action="join",
            shown=12,
        ),
    )
    AUTO_FOCUS = "Input"

    class Begun(Message):
        """The book is there, or could not be made."""

        def __init__(self, workspace: Workspace | None, refused: Refused | None) -> None:
            super().__init__()
            self.workspace, self.refused = workspace, refused

    class Written(Message):
        """So much of the example is written."""

        def __init__(self, done: int, of: int) -> None:
            super().__init__()
            self.done, self.of = done, of

    def __init__(self) -> None:
        super().__init__()
        self._busy = False

    def body(self) -> ComposeResult:
        """A few words, the name, the ways to begin."""
        with Vertical(id="welcome"):
            yield ProseText(HELLO, id="hello")
            yield Tag(NAME)
            name = Input(id="name", compact=True)
            name.cursor_blink = False
            yield name
            yield Press(EMPTY, "primary", id="begin")
            yield Press(DEMO, id="demo")
            yield Press(JOIN, id="join")
            yield Tag(SWITCH, classes="muted")
            yield Tag("", id="said", classes="muted")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_begin()

    @on(Press.Pressed)
    def _pressed(self, event: Press.Pressed) -> None:
        event.stop()
        ways = {"begin": self.action_begin, "demo": self.action_demo, "join": self.action_join}
        ways[event.button.id or "begin"]()

    def action_begin(self) -> None:
        """Make an empty book."""
        self._begin(demo=False)

    def action_demo(self) -> None:
        """Make one with an example month."""
        self._begin(demo=True)

    def action_join(self) -> None:
        """Ask for a code or a file."""
        from tui.pages.sync.join_dialog import JoinDialog

        if not self._busy:
            self.app.push_screen(JoinDialog(self.query_one(Input).value.strip()))

    def _begin(self, *, demo: bool) -> None:
        name = self.query_one(Input).value.strip()
        if not name and not demo:
            self.query_one("#said", Tag).update(NEEDED)
            self.query_one(Input).focus()
        elif not self._busy and self.site_app.home is not None:
            self._busy = True
            self.query_one("#said", Tag).update(MAKING)
            self._make(self.site_app.home, name, demo)

    @work(thread=True)
    def _make(self, home: Path, name: str, demo: bool) -> None:
        """Make the book in the background; what a thread opened it also closes."""
        try:
            if demo:
                from tui.demo.player import demo as play

                made = play(home, language.now, name=name, progress=self._progress)
            else:
                made = begin(home, name=name, lang=language.now)
            made.close()
        except Refused as refused:
            self.post_message(self.Begun(None, refused))
            return
        self.post_message(self.Begun(None, None))

    def _progress(self, done: int, of: int) -> None:
        self.post_message(self.Written(done, of))

    @on(Written)
    def _written(self, event: Written) -> None:
        text = say(WRITING, done=event.done, all=event.of)
        self.query_one("#said", Tag).update(text)

    @on(Begun)
    def _begun(self, event: Begun) -> None:
        self._busy = False
        if event.refused is not None:
            self.query_one("#said", Tag).update(str(event.refused))
        else:
            self.site_app.begin()
