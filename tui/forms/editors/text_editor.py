"""The text editor: Textual's text area as the one place of a form where text is typed.

It never has the focus itself. The form hands it keys in the order they came: Textual sends a
binding's key up to the app while later letters are typed already, so that in a burst 'ab⌫c' would
lose the c.
"""

from __future__ import annotations

from typing import ClassVar, Final

from rich.text import Text
from textual import events
from textual.binding import BindingType
from textual.geometry import Offset, Region
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult, TextAreaTheme

from tui.display.terminal_text import show_each
from tui.forms.editors.control_characters import StandIns
from tui.forms.editors.word_boundaries import left, right

OTHERS: Final = frozenset({"up", "down", "pageup", "pagedown", "f6", "f7"})
"""Keys of a text area that mean something else in a form."""


class TextEditor(TextArea, can_focus=False):
    """Edits one text at a time; `single` ones keep to one line, however many it wraps into."""

    DEFAULT_CSS = """
    TextEditor {
        height: auto;
        min-height: 1;
        max-height: 60vh;
        padding: 0;
        border: none;
        background: $panel;
        scrollbar-size-vertical: 1;
        &:focus { border: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = []
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(compact=True, highlight_cursor_line=False, id=id)
        self.cursor_blink = False
        self.match_cursor_bracket = False
        self.single = True
        self.live = False
        """Whether the cursor is drawn: the form has the focus, and this is where keys go."""
        self.edits = 0
        """Counts what changed the text, loading left out."""
        self._veil = StandIns()
        self._dressed: TextAreaTheme | None = None

    def open(self, text: str, *, single: bool) -> None:
        """Edit another text, the cursor at its end."""
        self.single = single
        self._veil = StandIns(single)
        self.load_text(self._veil.load(text))
        self.move_cursor(self.document.end)

    @property
    def value(self) -> str:
        """The text as it is now, every character as it was typed or loaded."""
        return self._veil.take(self.text)

    async def press(self, event: events.Key) -> bool:
        """Act on a key; whether it was one for a text."""
        if event.key in OTHERS or (event.key == "enter" and self.single):
            return False
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            if await self.app.run_action(binding.action, self):
                return True
        if event.key == "enter" or event.is_printable:
            typed = "\n" if event.key == "enter" else event.character or ""
            self._replace_via_keyboard(self._veil.put(typed), *self.selection)
            return True
        return False

    def paste(self, text: str) -> int:
        """Insert a pasted text; a single line joins its lines. Returns how many there were."""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        lines = text.split("\n")
        if self.single:
            text = " ".join(line.strip() for line in lines if line.strip())
        self._replace_via_keyboard(self._veil.put(text), *self.selection)
        return len([line for line in lines if line.strip()]) if self.single else 1

    @property
    def at_top(self) -> bool:
        """Whether the cursor is in the first line drawn."""
        return self.wrapped_document.location_to_offset(self.cursor_location).y == 0

    @property
    def at_bottom(self) -> bool:
        """Whether the cursor is in the last line drawn."""
        offset = self.wrapped_document.location_to_offset(self.cursor_location)
        return offset.y >= self.wrapped_document.height - 1

    def edge(self, last: bool) -> bool:
        """Go to the beginning or the end of the text; whether the cursor was elsewhere."""
        target = self.document.end if last else self.document.start
        moved = self.cursor_location != target
        self.move_cursor(target)
        return moved

    @property
    def line(self) -> int:
        """The drawn line of the cursor, counted from the first one in sight."""
        offset: Offset = self.wrapped_document.location_to_offset(self.cursor_location)
        return offset.y - int(self.scroll_offset.y)

    @property
    def can_undo(self) -> bool:
        """Whether something typed since it was opened can be taken back."""
        return bool(self.history.undo_stack)

    @property
    def caret(self) -> Offset:
        """The place of the cursor on the screen, after the last layout."""
        self._cursor_offset = self.wrapped_document.location_to_offset(self.cursor_location)
        return self.cursor_screen_offset

    # -- where Textual's text area does otherwise ------------------------------------------------

    def edit(self, edit: Edit) -> EditResult:
        """Every change goes through here, but for undo and redo."""
        self.edits += 1
        return super().edit(edit)

    def undo(self) -> None:
        """Take back the last batch of changes."""
        self.edits += 1
        super().undo()

    def redo(self) -> None:
        """Make them again."""
        self.edits += 1
        super().redo()

    def get_line(self, line_index: int) -> Text:
        """A line as it may be drawn: one harmless character for each."""
        return Text(show_each(self.document.get_line(line_index)), end="", no_wrap=True)

    @property
    def _draw_cursor(self) -> bool:
        return self.live

    def get_cursor_word_left_location(self) -> tuple[int, int]:
        """Where a key goes that moves a word to the left."""
        row, column = self.cursor_location
        if column == 0:
            return (row - 1, len(self.document[row - 1])) if row else (0, 0)
        return row, left(self.document[row], column)

    def get_cursor_word_right_location(self) -> tuple[int, int]:
        """Where a key goes that moves a word to the right."""
        row, column = self.cursor_location
        line = self.document[row]
        if column == len(line):
            return (row + 1, 0) if row < self.document.line_count - 1 else (row, column)
        return row, right(line, column)

    def action_delete_word_right(self) -> None:
        """Delete as far as a key for the next word would go."""
        start, end = self.selection
        to = end if start != end else self.get_cursor_word_right_location()
        self._delete_via_keyboard(start, to)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Styles are looked up when they changed, not for every key: a third of a frame."""
        if self._theme is not self._dressed:
            self._theme.apply_css(self)
            self._dressed = self._theme
        return super(TextArea, self).render_lines(crop)

    def notify_style_update(self) -> None:
        """Look the styles up again."""
        self._dressed = None
        super().notify_style_update()

    async def _on_key(self, event: events.Key) -> None:
        """Keys come through the form."""

    async def _on_paste(self, event: events.Paste) -> None:
        """So do pasted texts."""
