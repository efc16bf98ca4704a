"""The canvas: where the fields of a form are drawn, and where the terminal's cursor stands."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Offset, Region
from textual.widget import Widget

from tui.display.terminal_text import wrap
from tui.display.values import Values
from tui.forms.editing import Editing
from tui.forms.editors.field_lines import FieldLine, Painted, label, label_width, lines_of, remarks
from tui.forms.editors.suggestions import lines_of as offer_lines
from tui.forms.field import Field
from tui.forms.value_input import ValueReading, hint


class Canvas(Widget):
    """One field with its editor, those before it painted above and those behind it below."""

    DEFAULT_CSS = """
    Canvas {
        height: 1fr;
        padding: 0 1;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        & > #here { height: auto; }
        & #label { width: 1; }
        & #value { height: auto; width: 1fr; }
    }
    """

    def __init__(
        self,
        fields: Sequence[Field],
        reading: ValueReading,
        values: Values,
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.editing = Editing(fields, reading, values)
        self._wide = 80
        self._above = Painted(lambda wide: self._others(wide, True), id="above")
        self._below = Painted(lambda wide: self._others(wide, False), id="below")
        self._label = Painted(self._here, id="label")
        self._offers = Painted(self._offered, id="offers")
        self._said = Painted(self._remarks, id="said")
        self._row = Horizontal(
            self._label,
            Vertical(
                self.editing.editor, self.editing.chooser, self._offers, self._said, id="value"
            ),
            id="here",
        )

    def compose(self) -> ComposeResult:
        """The fields above, the one edited, those below."""
        yield self._above
        yield self._row
        yield self._below

    @property
    def current(self) -> Field:
        """The field that is edited."""
        return self.editing.current

    def again(self) -> None:
        """Draw every field again."""
        for painted in (self._above, self._below, self._label, self._offers, self._said):
            painted.again()

    def say_again(self) -> None:
        """In the other language the labels are of other widths."""
        self.editing.values.forget()
        self._fit()

    def _fit(self) -> None:
        """The column of labels is as wide as the window lets it be."""
        self._label.styles.width = self._labels + 2
        self.again()
        self.call_after_refresh(self._settle)

    def on_mount(self) -> None:
        """Follow every new layout with the terminal's cursor."""
        self._wide = self.app.size.width - 2
        self.screen.screen_layout_refresh_signal.subscribe(self, lambda _: self._place())

    def on_resize(self) -> None:
        """Lines break elsewhere."""
        self._wide = self.size.width - 2
        self._fit()

    def on_focus(self) -> None:
        """Keys come here."""
        self._live(True)

    def on_blur(self) -> None:
        """Keys go elsewhere."""
        self._live(False)

    def _live(self, live: bool) -> None:
        self.editing.editor.live = live
        self.editing.editor.refresh()
        self.call_after_refresh(self._settle)

    # -- drawing -----------------------------------------------------------------------------

    def _others(self, wide: int, above: bool) -> list[FieldLine]:
        editing, found = self.editing, list[FieldLine]()
        for at, field in enumerate(editing.fields):
            if at != editing.at and (at < editing.at) == above:
                found += lines_of(at, field, editing.shown(field), self._labels, wide)
        return found

    @property
    def _labels(self) -> int:
        return label_width(self.editing.fields, self._wide)

    def _here(self, _wide: int) -> list[FieldLine]:
        return [FieldLine(self.editing.at, [(label(self.current, self._labels) + " ", "here")])]

    def _offered(self, wide: int) -> list[FieldLine]:
        helper = self.editing.helper
        return offer_lines(helper, wide) if helper is not None else []

    def _remarks(self, wide: int) -> list[FieldLine]:
        spans = [*remarks(self.current)]
        if help_ := hint(self.current.spec):
            spans.append((help_, "muted"))
        return [
            FieldLine(-1, [(line, style)]) for text, style in spans for line in wrap(text, wide)
        ]

    # -- where the cursor stands -----------------------------------------------------------------

    def _settle(self) -> None:
        """Scroll so that the line of the cursor is in sight, the whole field if it fits."""
        if not self._row.is_attached:  # the form was closed meanwhile
            return
        region = self._row.virtual_region
        if region.height > self.size.height:
            chosen = self.current.chosen
            line = self.editing.chooser.cursor.y if chosen else self.editing.editor.line
            region = Region(region.x, region.y + line, region.width, 1)
        self.scroll_to_region(region, animate=False, force=True)
        self._place()

    def _place(self) -> None:
        """Put the terminal's own cursor where typing happens: input methods open their window
        there. Textual sets it before the layout, so it is set again, and sent with a repaint."""
        if not self.has_focus:
            return
        editor, chooser = self.editing.editor, self.editing.chooser
        if self.current.chosen:
            target = chooser.cursor + Offset(*chooser.content_region.offset)
        else:
            target = editor.caret
        if self.app.cursor_position != target:
            self.app.cursor_position = target
            shown = chooser if self.current.chosen else editor
            shown.refresh(Region(0, 0, 1, 1))
