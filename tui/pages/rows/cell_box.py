"""Cell box: the editors of a form over one cell of a table, with what is offered below them."""

from __future__ import annotations

from typing import Final

from textual.containers import Vertical
from textual.geometry import Region, Size

from models.text.words import W
from tui.display.terminal_text import width, wrap
from tui.forms.editing import Editing
from tui.forms.editors.editor_host import put_cursor, spell_aside
from tui.forms.editors.field_lines import FieldLine, FieldLines, remarks
from tui.forms.editors.suggestions import Suggestions, lines_of
from tui.forms.value_input import hint

WIDTHS: Final = {
    **{"choice": 40, "flag": 20, "link": 34, "persons": 34, "prose": 40, "file": 40},
    **{"quarter": 8, "week": 9, "day": 11, "moment": 17, "money": 16},
}
"""Cells that the editor of these kinds needs at least, the cursor behind the text among them."""
HINTS: Final = {
    "day": W("11-22、+3、今天", "11-22, +3, today"),
    "week": W("47、本周、+1", "47, +1, this week"),
    "quarter": W("4、Q4、本季度、+1", "4, Q4, +1, this quarter"),
}
"""In place of a form's: up and down go to other rows here."""
NEW_LINE: Final = W("Ctrl+J 换行", "Ctrl+J: a new line")


class CellBox(Vertical):
    """The editor of the cell under the cursor; draws nothing of the table."""

    DEFAULT_CSS = """
    CellBox { layer: editor; height: auto; background: $panel; }
    CellBox TextEditor { background: $panel; max-height: 8; scrollbar-size-horizontal: 0; }
    """

    def __init__(self, editing: Editing) -> None:
        self.editing = editing
        self.offers = FieldLines(self._offer_lines, id="offers")
        super().__init__(editing.editor, editing.chooser, self.offers, id="cell")
        self.display = False

    def is_left(self, key: str) -> bool:
        """Whether an arrow or page key leaves the cell: at the edge of its text, or without one."""
        editor, current = self.editing.editor, self.editing.current
        if current.chosen or current.locked:
            return current.spec.kind != "choices" or key not in ("left", "right")
        if key in ("left", "right"):
            edge = editor.document.end if key == "right" else editor.document.start
            untouched = current.spec.kind == "link" and not self.editing.typed
            return untouched or (editor.selection.is_empty and editor.cursor_location == edge)
        if current.single or key not in ("up", "down"):
            return True
        return editor.at_bottom if key == "down" else editor.at_top

    def put(self, spot: Region | None, room: Size) -> None:
        """Stand over a cell, as wide as its kind needs and wholly in sight; hide for none."""
        current = self.editing.current
        self.display = spot is not None and not current.locked
        if spot is None:
            return
        wide = min(max(spot.width, WIDTHS.get(current.spec.kind, 0)), room.width)
        x = min(spot.x, room.width - wide)
        y = max(min(spot.y, room.height - max(self.outer_size.height, 1)), 0)
        self.styles.width, self.styles.offset = wide, (x, y)

    def put_cursor(self, *, live: bool) -> None:
        """Put the terminal's own cursor where typing happens."""
        if live and self.display:
            editor, chooser = self.editing.editor, self.editing.chooser
            put_cursor(self.app, editor, chooser, chosen=self.editing.current.chosen)

    def offer_again(self) -> None:
        """Something was typed: offer what fits; whole pinyin is looked up aside."""
        self.offers.again()
        helper = self.editing.helper
        spell_aside(self, helper, lambda: self._spelt(helper))

    def _spelt(self, helper: Suggestions | None) -> None:
        if self.editing.helper is helper:
            self.offers.again()

    def _offer_lines(self, wide: int) -> list[FieldLine]:
        helper = self.editing.helper if self.editing.typed else None
        return lines_of(helper, wide) if helper is not None else []

    def remarks(self, wide: int) -> list[FieldLine]:
        """Two lines: the column, what is wrong with the cell, else how it is filled in."""
        one = self.editing.current
        mark = "*" if one.required and not one.locked else ""
        own = HINTS.get(one.spec.kind)
        help_ = hint(one.spec) if own is None else f"{one.spec.hint or ''}  {own}".strip()
        more = "" if one.single else str(NEW_LINE)
        helps = "  ".join(part for part in (help_, more) if part)
        text, style = (remarks(one) or [(helps, "muted")])[0]
        first = f"{one.spec.label}{mark}  "
        lines = wrap(text, max(wide - width(first), 8)) if text else [""]
        found = [FieldLine(-1, [(first, "here"), (lines[0], style)])]
        blank = " " * width(first)
        return found + [FieldLine(-1, [(blank, ""), (line, style)]) for line in lines[1:2]]
