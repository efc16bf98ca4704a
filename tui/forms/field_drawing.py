"""Field drawing: the fields of a form as lines, around the one that is edited; no widget."""

from __future__ import annotations

from tui.display.terminal_text import wrap
from tui.forms.editing import Editing
from tui.forms.editors import suggestions
from tui.forms.editors.field_lines import FieldLine, label, label_width, lines_of, remarks
from tui.forms.value_input import hint


class FieldDrawing:
    """Draws the fields of one form; `columns` is the width of the whole form in cells."""

    def __init__(self, editing: Editing) -> None:
        self.editing = editing
        self.columns = 80

    @property
    def labels(self) -> int:
        """Cells for the labels."""
        return label_width(self.editing.fields, self.columns)

    def above(self, wide: int) -> list[FieldLine]:
        """The fields before the one that is edited."""
        return self._fields(range(self.editing.at), wide)

    def below(self, wide: int) -> list[FieldLine]:
        """The fields behind it."""
        return self._fields(range(self.editing.at + 1, len(self.editing.fields)), wide)

    def label(self, _wide: int) -> list[FieldLine]:
        """The label of the field that is edited."""
        text = label(self.editing.current, self.labels)
        return [FieldLine(self.editing.at, [(text + " ", "here")])]

    def offers(self, wide: int) -> list[FieldLine]:
        """What is offered below it while it is typed."""
        helper = self.editing.helper
        return suggestions.lines_of(helper, wide) if helper is not None else []

    def remarks(self, wide: int) -> list[FieldLine]:
        """What is wrong with it, what else there is to know, and how it is filled in."""
        spans = [*remarks(self.editing.current)]
        if help_ := hint(self.editing.current.spec):
            spans.append((help_, "muted"))
        return [
            FieldLine(-1, [(line, style)]) for text, style in spans for line in wrap(text, wide)
        ]

    def _fields(self, places: range, wide: int) -> list[FieldLine]:
        editing, found = self.editing, list[FieldLine]()
        for at in places:
            field = editing.fields[at]
            found += lines_of(at, field, editing.shown(field), self.labels, wide)
        return found
