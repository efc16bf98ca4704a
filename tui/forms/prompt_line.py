"""Prompt line: a line below a page that asks for words: typed, or one of a few by its digit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget

from models.storage.drafts import Drafts, FormDraft
from models.text.words import Refused, W
from tui.forms.draft_saver import DraftSaver
from tui.forms.editors.text_editor import TextEditor
from tui.widgets.commands import SIGNS, Command, bindings
from tui.widgets.safe_widgets import ProseText, Tag

COMMANDS = (
    Command(
        id="asked.give",
        word=W("确认", "Confirm"),
        help=W("确认输入的文字", "confirm the text"),
        keys="enter,ctrl+s",
        action="give",
        shown=1,
    ),
    Command(
        id="asked.leave",
        word=W("取消", "Cancel"),
        help=W("取消并返回", "cancel and go back"),
        keys="escape",
        action="leave",
        shown=2,
    ),
)
Keeping = Callable[[], tuple[Drafts, str, Callable[[str], FormDraft]]]
"""Begins to keep what is typed: where, under which key, and as which draft."""
EMPTY = W("请填写内容，或按 Esc。", "Enter some text, or press Esc.")


class PromptLine(Widget, can_focus=True):
    """Asks for words. What is typed is saved as a draft until it is given or left."""

    DEFAULT_CSS = """
    PromptLine { height: auto; padding: 0 1; background: $panel; display: none; }
    PromptLine Horizontal { height: auto; }
    PromptLine #asked-label { text-style: bold; margin-right: 1; }
    PromptLine TextEditor { width: 1fr; max-height: 6; }
    PromptLine #offers { color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS)]

    class Given(Message):
        """Words were given."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Left(Message):
        """No words were given."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._label = Tag("", id="asked-label")
        self._offers = ProseText("", id="offers")
        self._editor = TextEditor(id="asked-editor")
        self._words: Sequence[W] = ()
        self._needed = True
        self._before: str | None = ""
        self._keep: Keeping | None = None
        self._keeper: DraftSaver | None = None
        self._late: list[tuple[str, str | None]] = []

    def compose(self) -> ComposeResult:
        """What is asked, the line, and what is offered."""
        with Horizontal():
            yield self._label
            yield self._editor
        yield self._offers

    def ask(
        self,
        label: W,
        offers: Sequence[W] = (),
        *,
        text: str = "",
        needed: bool = True,
        keep: Keeping | None = None,
        found: FormDraft | None = None,
    ) -> None:
        """Ask; `offers` are taken by their digits. What is typed is saved by `keep`; `found` is
        the draft of which `text` was read, and goes with it."""
        self._words, self._needed, self._keep = offers, needed, keep
        self._label.update(label)
        self._offers.update(lambda: "  ".join(f"{n} {word}" for n, word in enumerate(offers, 1)))
        self._offers.display = bool(offers)
        self._before = text if found is None else None
        if found is not None:
            self._begin_keeping().take_over(found)
        self.display = True
        self._editor.open(text, single="\n" not in text)
        self.screen.set_focus(self)  # at once: the keys behind this one are words already

    def _touch(self) -> None:
        """Something was typed: from now on it is saved as a draft."""
        if self._keep is not None:
            self._begin_keeping().touch()

    def _begin_keeping(self) -> DraftSaver:
        assert self._keep is not None
        if self._keeper is None:
            drafts, key, draft = self._keep()
            self._keeper = DraftSaver(
                drafts, key, lambda: self._draft(draft), self, self._disk_fails
            )
        return self._keeper

    def _draft(self, draft: Callable[[str], FormDraft]) -> FormDraft | None:
        text = self._editor.value
        return draft(text) if text and text != self._before else None

    def _disk_fails(self, refused: Refused) -> None:
        self._offers.display = True
        self._offers.update(str(refused))

    # -- keys ----------------------------------------------------------------------------------

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Letters and signs are for typing here (Textual does not know all signs by name)."""
        return key in SIGNS or (character is not None and character.isprintable())

    async def _on_key(self, event: events.Key) -> None:
        if not self.display:  # typed before the page took the words: it is meant for what is next
            self._late.append((event.key, event.character))
            event.stop()
            event.prevent_default()
            return
        offer = event.character or ""
        if not self._editor.value and offer.isdecimal() and 0 < int(offer) <= len(self._words):
            self._give(str(self._words[int(offer) - 1]))
        elif event.key in ("enter", "ctrl+s"):
            self.action_give()
        elif event.key == "escape":
            self.action_leave()
        elif event.key == "up":
            self._editor.action_cursor_up()
        elif event.key == "down":
            self._editor.action_cursor_down()
        elif not await self._editor.press(event):
            return
        else:
            self._touch()
        event.stop()
        event.prevent_default()
        self.call_after_refresh(self._place)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        self._editor.single = self._editor.single and "\n" not in event.text
        self._editor.paste(event.text)
        self._touch()

    def action_give(self) -> None:
        """Take what is typed."""
        text = self._editor.value
        if text.strip() or not self._needed:
            self._give(text)
        else:
            self._offers.display = True
            self._offers.update(EMPTY)

    def action_leave(self) -> None:
        """Leave it; what was typed stays as a draft."""
        self._close(left=True)
        self.display = False
        self.post_message(self.Left())

    def _give(self, text: str) -> None:
        if self._keeper is not None:
            self._keeper.drop()
            self._keeper = None
        self.display = False
        self.post_message(self.Given(text))

    def on_unmount(self) -> None:
        """What was typed stays as a draft."""
        self._close(left=False)

    def _close(self, *, left: bool) -> None:
        if self._keeper is not None:
            self._keeper.close(left)
            self._keeper = None

    # -- the cursor ----------------------------------------------------------------------------

    def on_focus(self) -> None:
        """Keys come here."""
        self._editor.live = True
        self._editor.refresh()
        self.call_after_refresh(self._place)

    def on_blur(self) -> None:
        """Keys go elsewhere, those too that came since the line was closed."""
        self._editor.live = False
        self._editor.refresh()
        late, self._late = self._late, []
        focused = self.screen.focused
        if focused is not None and focused is not self:
            for key, character in late:
                focused.post_message(events.Key(key, character))

    def _place(self) -> None:
        """Put the terminal's own cursor where typing happens, for input methods."""
        if self.has_focus and self.app.cursor_position != self._editor.caret:
            self.app.cursor_position = self._editor.caret
            self._editor.refresh()
