"""A code or a reply file is enough to belong to a team; without one a request is made."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Paste
from textual.message import Message
from textual.widgets import Input

from models.text.words import Refused, W, say
from sync.organisation import enrolment
from sync.organisation.enrolment import Came
from sync.transport.http import hub_errors
from tui.pages.base import Dialog
from tui.pages.dialogs.confirm import Confirm
from tui.pages.sync import reissue_summary, sync_tasks
from tui.widgets.commands import Command
from tui.widgets.safe_widgets import ProseText, Tag

TITLE = W("加入团队", "Join a team")
NAME = W(
    "您的姓名（邀请码是发给您本人的可不填）",
    "Your name (may stay empty if the code was made for you)",
)
GIVEN = W(
    "管理员给的邀请码，或回复文件的路径",
    "Invitation code from an administrator, or path of the reply file",
)
ELSE = W(
    "都没有时：输入 U 盘的文件夹，按 F4 写一个请求文件；管理员收到后会给您回复文件。",
    "Neither? Enter the folder of a USB stick and press F4: a request file is written"
    " there. An administrator answers it with a reply file.",
)
KEYS = W("回车加入，F4 写请求，Esc 返回", "Enter joins, F4 writes a request, Esc goes back")
NAMELESS = W("请先填写您的姓名。", "Enter your name first.")
NOTHING = W("请输入邀请码，或文件的路径。", "Enter the invitation code, or the path of the file.")
ASKED = W(
    "请求已写到 {path}。请交给管理员，再在上面输入回复文件的路径，按回车。",
    "The request was written to {path}. Give it to an administrator. Then enter the path"
    " of the reply file above and press Enter.",
)
UNDER_WAY = W("正在加入…", "Joining…")
WORKING = W("加入", "Joining")
BRING = W("并入", "Move it")
BRINGING = W("正在并入本机的现场簿…", "Moving this book…")


class Whole(Input):
    """A line into which several may be pasted: a long code is broken where it is shown."""

    def _on_paste(self, event: Paste) -> None:
        super()._on_paste(Paste(" ".join(event.text.splitlines())))
        event.stop()
        event.prevent_default()


SURE = W(
    "本机的现场簿会并入“{organisation}”；旧的保留在 before-joining-… 中。",
    "This book will be moved into “{organisation}”; the old one is kept in before-joining-….",
)


def _question(came: Came) -> str:
    """What is asked before a book begun alone is brought."""
    lines = reissue_summary.ahead(came.ahead) if came.ahead is not None else ()
    return "\n".join([say(SURE, organisation=came.reply.membership.name), *lines])


class JoinDialog(Dialog[None]):
    """Asks for the code or the file, and for a name where there is no book yet."""

    commands: ClassVar = (
        Command(
            id="join.enter",
            word=W("加入", "Join"),
            help=W("用邀请码或回复文件加入", "join by an invitation code or a reply file"),
            keys="ctrl+s",
            action="enter",
            shown=1,
        ),
        Command(
            id="join.request",
            word=W("写请求", "Request"),
            help=W("写一个请求文件，交给管理员", "write a request file for an administrator"),
            keys="f4",
            action="request",
            shown=2,
        ),
    )
    AUTO_FOCUS = "Input"
    DEFAULT_CSS = """
    JoinDialog Input { margin-bottom: 1; }
    """

    class Begun(Message):
        """There is a book of the team now, or the reason why not."""

        def __init__(self, result: Came | Refused) -> None:
            super().__init__()
            self.result = result

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self._name, self._busy = name, False

    def body(self) -> ComposeResult:
        """One or two lines, and what the keys do."""
        with Vertical(classes="box"):
            yield ProseText(TITLE, id="title")
            yield Tag(GIVEN)
            yield _line(Whole(id="given", compact=True))
            if not self.site_app.is_open:
                yield Tag(NAME)
                yield _line(Input(self._name, id="name", compact=True))
            yield ProseText(ELSE, classes="muted")
            yield ProseText("", id="said")
            yield Tag(KEYS, classes="muted")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self.query_one("#given", Input).value.strip():
            self.action_enter()
        else:
            self.query_one("#given").focus()
            self._say(NOTHING)

    # -- what is asked for ---------------------------------------------------------------------

    def action_enter(self) -> None:
        """Join."""
        typed, name = self._typed()
        app = self.site_app
        if not typed:
            return

        def start() -> None:
            key = app.sync_runner.passphrase
            if not app.is_open:
                self._say(UNDER_WAY)
                self._busy = True
                self._begin(self._home, typed, name, key)
                return
            job = lambda workspace, _tell, _stop: enrolment.enter(workspace, typed, key)  # noqa: E731
            app.sync_runner.run(WORKING, job, then=self._entered)
            self._say(UNDER_WAY)

        if not self._busy:
            sync_tasks.with_key(app, start)

    def action_request(self) -> None:
        """Write a request."""
        typed, name = self._typed(code=False)
        app = self.site_app
        if not typed:
            return

        def start() -> None:
            path = enrolment.request(self._home, typed, name, app.sync_runner.passphrase)
            self._say(say(ASKED, path=path))
            self.query_one("#given", Input).value = ""

        sync_tasks.with_key(app, start)

    @property
    def _home(self) -> Path:
        return self.site_app.home or Path()

    def _me(self) -> str:
        if self.site_app.is_open:
            return self.workspace.people.name(self.book.me)
        return self.query_one("#name", Input).value.strip()

    def _typed(self, *, code: bool = True) -> tuple[str, str]:
        """The text and the person's name; nothing once an error is shown.

        A request needs a name; a code may be for somebody by name, and a reply is.
        """
        typed, name = self.query_one("#given", Input).value.strip(), self._me()
        wrong: W | str = "" if typed else NOTHING
        if not name and not code:
            wrong = self._nameless()
        elif typed and code:
            try:
                enrolment.code_of(typed)
            except Refused as mistyped:
                wrong = str(mistyped)
        self._say(wrong)
        return ("" if wrong else typed), name

    def _nameless(self) -> W:
        self.query_one("#name").focus()
        return NAMELESS

    def _say(self, text: W | str) -> None:
        self.query_one("#said", ProseText).update(text)

    # -- how it ended --------------------------------------------------------------------------

    @work(thread=True)
    def _begin(self, home: Path, typed: str, name: str, key: str | None) -> None:
        try:
            result: Came | Refused = enrolment.begin(home, typed, name, key)
        except Refused as refused:
            result = refused
        self.post_message(self.Begun(result))

    @on(Begun)
    def _begun(self, event: Begun) -> None:
        event.stop()
        self._busy = False
        if isinstance(event.result, Refused):
            asked = getattr(event.result, "said", "") == hub_errors.NAMELESS
            self._say(self._nameless() if asked else str(event.result))
            return
        self.site_app.begin()
        self.site_app.tell(event.result.text)

    def _entered(self, result: Any) -> None:
        """With a book that is open; one begun alone is asked about."""
        app = self.site_app
        if isinstance(result, Refused):
            if self.is_attached:
                self._say(str(result))
            app.tell(str(result), bad=True)
        elif isinstance(result, Came) and result.ahead is not None:
            self._ask(result)
        else:
            if self.is_attached:
                self.dismiss(None)
            app.tell(result.text if isinstance(result, Came) else result)
            app.sync_runner.begin()

    def _ask(self, came: Came) -> None:
        app, home = self.site_app, self._home

        async def carry() -> None:
            try:
                await app.reopen(BRINGING, enrolment.bringing(home, came))
            except Refused as refused:
                app.tell(str(refused), bad=True)
            else:
                app.tell(came.text)

        def answered(yes: bool | None) -> None:
            if yes:
                app.run_worker(carry())
            elif self.is_attached:
                self._say("")

        app.push_screen(Confirm(_question(came), BRING), answered)


class WaitingDialog(Dialog[None]):
    """Stands over everything while there is no book to be shown."""

    def __init__(self, what: W) -> None:
        super().__init__()
        self._what = what

    def body(self) -> ComposeResult:
        """What goes on."""
        with Vertical(classes="box"):
            yield ProseText(self._what)

    def action_back(self) -> None:
        """It cannot be left."""


def _line(line: Input) -> Input:
    line.cursor_blink = False
    return line
