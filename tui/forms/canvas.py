"""Canvas: draws the fields of a form, and places the terminal's cursor."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Region
from textual.widget import Widget

from tui.forms.editing import Editing
from tui.forms.editors.editor_host import put_cursor
from tui.forms.editors.field_lines import FieldLines
from tui.forms.field_drawing import FieldDrawing


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

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.editing = editing
        self.live = False
        """Whether keys come here."""
        self._place: tuple[int, int, int] | None = None
        self._drawing = drawing = FieldDrawing(editing)
        self._above = FieldLines(drawing.above, id="above")
        self._below = FieldLines(drawing.below, id="below")
        self._label = FieldLines(drawing.label, id="label")
        self.offers = FieldLines(drawing.offers, id="offers")
        self._said = FieldLines(drawing.remarks, id="said")
        self._row = Horizontal(
            self._label,
            Vertical(editing.editor, editing.chooser, self.offers, self._said, id="value"),
            id="here",
        )

    def compose(self) -> ComposeResult:
        """The fields above, the one edited, those below."""
        yield self._above
        yield self._row
        yield self._below

    def on_mount(self) -> None:
        """Follow every new layout with the terminal's cursor."""
        self._drawing.columns = self.app.size.width - 2
        self.screen.screen_layout_refresh_signal.subscribe(self, lambda _: self._put_cursor())

    def on_resize(self) -> None:
        """Lines break elsewhere."""
        self._drawing.columns = self.size.width - 2
        self._fit()

    def say_again(self) -> None:
        """In the other language the labels are of other widths."""
        self.editing.values.forget()
        self._fit()

    def _fit(self) -> None:
        """The column of labels is as wide as the window lets it be."""
        self._label.styles.width = self._drawing.labels + 2
        self.again()
        self.follow()

    def again(self) -> None:
        """Draw every field again."""
        for painted in (self._above, self._below, self._label, self.offers, self._said):
            painted.again()

    def opened(self) -> None:
        """Another field is edited: draw it so."""
        self.offers.display = self.editing.helper is not None
        self.again()
        self.follow()

    def remark_again(self) -> None:
        """Draw again what is said of the field that is edited."""
        self._said.again()

    def enliven(self, live: bool) -> None:
        """Keys come here from now on, or go elsewhere."""
        self.live = self.editing.editor.live = live
        self.editing.editor.refresh()
        self.follow()

    # -- the cursor ------------------------------------------------------------------------------

    def follow(self) -> None:
        """Bring the cursor into sight once everything is laid out."""
        self.call_after_refresh(self._settle)

    def follow_line(self) -> None:
        """The same, unless the cursor is on the line where it was."""
        editor, chosen = self.editing.editor, self.editing.current.chosen
        line = self.editing.chooser.at if chosen else editor.line
        place = (self.editing.at, line, editor.wrapped_document.height)
        if place != self._place:
            self._place = place
            self.follow()

    def _settle(self) -> None:
        """Scroll so that the line of the cursor is in sight, the whole field if it fits."""
        if not self._row.is_attached:  # the form was closed meanwhile
            return
        region = self._row.virtual_region
        if region.height > self.size.height:
            chosen = self.editing.current.chosen
            line = self.editing.chooser.cursor.y if chosen else self.editing.editor.line
            region = Region(region.x, region.y + line, region.width, 1)
        self.scroll_to_region(region, animate=False, force=True)
        self._put_cursor()

    def _put_cursor(self) -> None:
        if self.live:
            editor, chooser = self.editing.editor, self.editing.chooser
            put_cursor(self.app, editor, chooser, chosen=self.editing.current.chosen)
