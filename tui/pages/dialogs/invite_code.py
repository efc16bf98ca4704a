"""Invite code dialog: shows a one-time code once; it is stored nowhere."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical

from models.text.words import W, say
from tui.pages.base import Dialog
from tui.widgets.commands import Command
from tui.widgets.safe_widgets import ProseText, Tag

TITLE = W("{name} 的邀请码", "Invitation code for {name}")
HOW = W(
    "{days} 天内有效，只能用一次，关闭后不再显示。请在新电脑上运行，或首次打开应用时按 F6 粘贴：",
    "Valid for {days} days, one use; it is shown only now. Run this on the new device, or"
    " paste it in the app (F6 at the first start):",
)
COPIED = W("已复制到剪贴板。", "Copied to the clipboard.")
ROW = 6
"""Groups of a code on one line."""
KEYS = W("y 复制，Esc 关闭", "y copies, Esc closes")


def _broken(line: str) -> str:
    """The command on lines that break between groups; a code is read without them."""
    *words, code = line.split(" ")
    groups = code.split("-")
    rows = ["-".join(groups[at : at + ROW]) for at in range(0, len(groups), ROW)]
    return "\n".join([" ".join(words), *rows])


class InviteCodeDialog(Dialog[None]):
    """Shows a code until it is closed."""

    commands: ClassVar = (
        Command(
            id="code.copy",
            word=W("复制", "Copy"),
            help=W("把命令复制到剪贴板", "copy the command to the clipboard"),
            keys="y,f12",
            action="copy",
            shown=1,
        ),
    )

    def __init__(self, name: str, code: str, days: int) -> None:
        super().__init__()
        self._name, self._days = name, days
        self.line = f"sitebook join {code}"
        """What is run on the new device."""

    def body(self) -> ComposeResult:
        """Whose, how long, and the command."""
        with Vertical(classes="box"):
            yield ProseText(lambda: say(TITLE, name=self._name), id="title")
            yield ProseText(lambda: say(HOW, days=self._days))
            yield ProseText(_broken(self.line), id="code")
            yield Tag(KEYS, classes="muted")

    def action_copy(self) -> None:
        """To the clipboard (OSC 52)."""
        self.app.copy_to_clipboard(self.line)
        self.site_app.tell(str(COPIED))
