"""Fields: the fields of a form, one of them edited, the others painted above and below it.

This widget has the focus whichever field is edited, and hands keys on in the order they came:
what is typed in a burst goes to the field it was typed for.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Offset, Region
from textual.message import Message
from textual.widget import Widget

from models.offers import Spelt
from models.words import Refused, W
from tui.cells import wrap
from tui.inputs.editing import Editing
from tui.inputs.field import Field
from tui.inputs.offered import NEW, Links, spelling
from tui.inputs.offered import lines_of as offer_lines
from tui.inputs.painted import Line, Painted, label, label_width, lines_of, remarks
from tui.inputs.reading import Reading, hint
from tui.values import Values

PAGE = 10
"""Fields that PgUp and PgDn go past."""
STEPS = {"tab": 1, "shift+tab": -1, "pagedown": PAGE, "pageup": -PAGE}
EDGES = {"ctrl+home": -1, "ctrl+end": 1}
JOINED = W("粘贴的 {n} 行已合成一行", "{n} pasted lines were joined into one")


class Fields(Widget, can_focus=True):
    """The fields of one form."""

    DEFAULT_CSS = """
    Fields {
        height: 1fr;
        padding: 0 1;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        & > #here { height: auto; }
        & #label { width: 1; }
        & #value { height: auto; width: 1fr; }
    }
    """

    class Told(Message):
        """What the fields tell about the field `name`."""

        def __init__(self, fields: Fields, name: str) -> None:
            super().__init__()
            self.fields, self.name = fields, name

        @property
        def control(self) -> Fields:
            """The fields."""
            return self.fields

    class Typed(Told):
        """Something was typed or chosen."""

    class Left(Told):
        """Another field is edited now."""

    class Ended(Told):
        """Enter was pressed in the last field."""

    class Wanted(Told):
        """A record is to be made for a link, called `text`."""

        def __init__(self, fields: Fields, name: str, text: str) -> None:
            super().__init__(fields, name)
            self.text = text

    def __init__(
        self, fields: Sequence[Field], reading: Reading, values: Values, *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.editing = Editing(fields, reading, values)
        self._wide = 80
        self._above = Painted(lambda wide: self._painted(0, self.editing.at, wide), id="above")
        self._below = Painted(
            lambda wide: self._painted(self.editing.at + 1, None, wide), id="below"
        )
        self._label = Painted(self._here, id="label")
        self._offers = Painted(self._offered, id="offers")
        self._said = Painted(self._remarks, id="said")

    def compose(self) -> ComposeResult:
        """The fields above, the one edited, those below."""
        yield self._above
        with Horizontal(id="here"):
            yield self._label
            with Vertical(id="value"):
                yield self.editing.editor
                yield self.editing.chooser
                yield self._offers
                yield self._said
        yield self._below

    def on_mount(self) -> None:
        """Begin with the first field; follow every new layout with the terminal's cursor."""
        self._wide = self.app.size.width - 2
        self._label.styles.width = self._labels + 2
        self._open()
        self.screen.screen_layout_refresh_signal.subscribe(self, lambda _: self._place())

    @property
    def current(self) -> Field:
        """The field that is edited."""
        return self.editing.current

    def go(self, name: str) -> None:
        """Edit this field."""
        self._go(next(at for at, f in enumerate(self.editing.fields) if f.name == name))

    def reload(self) -> None:
        """Fields were changed from outside: show what they hold; what is being typed stays."""
        if not self.editing.typed:
            self.editing.open()
        self._opened()

    def put(self, text: str) -> None:
        """Replace the text that is edited, as if it were pasted."""
        self.editing.editor.select_all()
        self.editing.editor.paste(text)
        self._typed()
        self.call_after_refresh(self._settle)

    def again(self) -> None:
        """Draw every field again."""
        for painted in (self._above, self._below, self._label, self._offers, self._said):
            painted.again()

    def say_again(self) -> None:
        """In the other language the labels are of other widths."""
        self.editing.values.forget()
        self._label.styles.width = self._labels + 2
        self.again()

    # -- keys ----------------------------------------------------------------------------------

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002
        """Letters are for typing here."""
        return character is not None and character.isprintable()

    async def _on_key(self, event: events.Key) -> None:
        if self._help(event.key) or self._move(event.key) or await self._type(event):
            event.stop()
            event.prevent_default()
            self.call_after_refresh(self._settle)

    def _move(self, key: str) -> bool:
        """Keys that go from field to field; whether it was one."""
        editing = self.editing
        if key in STEPS:
            self._go(editing.beyond(STEPS[key]))
        elif key in EDGES:
            self._go(editing.beyond(EDGES[key] * len(editing.fields)))
        elif key in ("up", "down"):
            self._vertical(1 if key == "down" else -1)
        elif key == "enter" and self.current.single:
            self._enter()
        elif key in ("ctrl+z", "super+z") and not self._undoable:
            if editing.undo():
                self._opened()
                self._typed()
        else:
            return False
        return True

    async def _type(self, event: events.Key) -> bool:
        """Keys for the editor or the chooser; whether it was one."""
        if self.current.chosen:
            if not self.editing.chooser.press(event):
                return False
            self._typed()
            return True
        before = self.editing.editor.edits
        pressed = await self.editing.editor.press(event)
        if self.editing.editor.edits != before:
            self._typed()
        return pressed

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        if event.text and not self.current.chosen:
            lines = self.editing.editor.paste(event.text)
            self.current.note = Refused(JOINED, n=lines) if lines > 1 else self.current.note
            self._typed()
            self.call_after_refresh(self._settle)

    @property
    def _undoable(self) -> bool:
        """Whether the editor itself has something to take back."""
        return not self.current.chosen and self.editing.editor.can_undo

    def _typed(self) -> None:
        """Something was typed or chosen in the current field."""
        fault = self.current.fault
        self.editing.touched()
        if self.editing.helper is not None:
            self._offers.again()
        if fault is not None or self.current.note is not None:
            self._said.again()
        self.post_message(self.Typed(self, self.current.name))

    def _vertical(self, by: int) -> None:
        """Up or down: another day or week, a line of the text, else another field."""
        editor = self.editing.editor
        if self.current.spec.kind in ("day", "week") and self.editing.step(by):
            self._typed()
        elif self.current.chosen or (editor.at_bottom if by > 0 else editor.at_top):
            self._go(self.editing.beyond(by))
        elif by > 0:
            editor.action_cursor_down()
        else:
            editor.action_cursor_up()

    def _enter(self) -> None:
        """On to the next field; from the last one the form ends."""
        if (beyond := self.editing.beyond(1)) != self.editing.at:
            self._go(beyond)
        else:
            self.editing.leave()
            self.again()
            self.post_message(self.Ended(self, self.current.name))

    # -- going from field to field ---------------------------------------------------------------

    def _go(self, at: int) -> None:
        left = self.current
        self.editing.go(at)
        self._opened()
        self.post_message(self.Left(self, left.name))

    def _open(self) -> None:
        self.editing.open()
        self._opened()

    def on_resize(self) -> None:
        """The column of labels is as wide as the window lets it be."""
        self._wide = self.size.width - 2
        self._label.styles.width = self._labels + 2
        self.again()
        self.call_after_refresh(self._settle)

    def _opened(self) -> None:
        """Another field is edited: draw it so, and have the pinyin of what it offers worked out."""
        helper = self.editing.helper
        self._offers.display = helper is not None
        if isinstance(helper, Links) and (named := helper.unspelt()):
            self.run_worker(lambda: self._spell(helper, named), thread=True, group="spelling")
        self.again()
        self.call_after_refresh(self._settle)

    # -- links and files -------------------------------------------------------------------------

    def _spell(self, links: Links, named: list[tuple[str, str]]) -> None:
        spelt = spelling(named)
        self.app.call_from_thread(self._spelt, links, spelt)

    def _spelt(self, links: Links, spelt: Spelt) -> None:
        links.hear(spelt)
        if self.editing.helper is links:
            self._offers.again()

    def _help(self, key: str) -> bool:
        """Keys for the offers below a link or a path; whether it was one."""
        helper = self.editing.helper
        if helper is None:
            return False
        if key in ("ctrl+n", "insert") and isinstance(helper, Links) and helper.can_make:
            self._want()
        elif key == "escape" and self.editing.typed:
            self.editing.revert()
            self._opened()
            self.post_message(self.Typed(self, self.current.name))
        elif key in ("up", "down"):
            return self._choose(1 if key == "down" else -1)
        elif key == "enter" and helper.at >= 0:
            self._take(helper.at)
        else:
            return False
        return True

    def _choose(self, by: int) -> bool:
        """Another offer; whether there was one that way."""
        helper = self.editing.helper
        assert helper is not None
        if by > 0 and not helper.offers:
            helper.look("", typed=False)
        at = helper.at + by
        if not -1 <= at < len(helper.offers):
            return bool(helper.offers) and by > 0
        helper.at = at
        self._offers.again()
        return True

    def _take(self, at: int) -> None:
        """Take an offer, or make a new record."""
        helper = self.editing.helper
        if helper is not None and at < len(helper.offers) and helper.offers[at].id == NEW:
            self._want()
        elif self.editing.take_offer(at):
            self.post_message(self.Typed(self, self.current.name))
            if isinstance(helper, Links):
                self._enter()
            self._opened()

    def take(self, name: str, id: str) -> None:
        """Let a link point to this record."""
        self.editing.take(name, id)
        self._opened()
        self.post_message(self.Typed(self, name))

    def _want(self) -> None:
        typed = self.editing.editor.value if self.editing.typed else ""
        self.post_message(self.Wanted(self, self.current.name, typed.strip()))

    # -- drawing ---------------------------------------------------------------------------------

    def _painted(self, first: int, after: int | None, wide: int) -> list[Line]:
        labels, editing = self._labels, self.editing
        fields = list(enumerate(editing.fields))[first:after]
        return [
            line
            for at, field in fields
            for line in lines_of(at, field, editing.shown(field), labels, wide)
        ]

    @property
    def _labels(self) -> int:
        return label_width(self.editing.fields, self._wide)

    def _here(self, _wide: int) -> list[Line]:
        return [Line(self.editing.at, [(label(self.current, self._labels) + " ", "here")])]

    def _offered(self, wide: int) -> list[Line]:
        helper = self.editing.helper
        return offer_lines(helper, wide) if helper is not None else []

    def _remarks(self, wide: int) -> list[Line]:
        spans = [*remarks(self.current)]
        if help_ := hint(self.current.spec):
            spans.append((help_, "muted"))
        return [Line(-1, [(line, style)]) for text, style in spans for line in wrap(text, wide)]

    # -- where the cursor stands -------------------------------------------------------------------

    def on_focus(self) -> None:
        """Keys come here."""
        self.editing.editor.live = True
        self.editing.editor.refresh()
        self.call_after_refresh(self._settle)

    def on_blur(self) -> None:
        """Keys go elsewhere."""
        self.editing.editor.live = False
        self.editing.editor.refresh()

    def _settle(self) -> None:
        """Scroll so that the line of the cursor is in sight, the whole field if it fits."""
        region = self.query_one("#here").virtual_region
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

    @on(Painted.Clicked)
    def _clicked(self, event: Painted.Clicked) -> None:
        event.stop()
        if event.painted is self._offers:
            self._take(event.at)
        elif event.at >= 0 and not self.editing.fields[event.at].locked:
            self._go(event.at)

    def on_chooser_chosen(self) -> None:
        """A choice was clicked."""
        self._typed()
