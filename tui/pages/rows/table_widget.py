"""Table widget: the rows of a table, filled in with the keyboard cell after cell.

This widget has the focus whichever cell is edited, and hands keys on in the order they came. The
editors are those of a form; one stands over the cell that is edited.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from models.text.words import W
from tui.forms.editing import Editing
from tui.forms.editors.field_lines import FieldLines
from tui.forms.editors.suggestions import NEW
from tui.forms.field import Field
from tui.pages.rows import cell_paths, pasted_cells, table_paste
from tui.pages.rows.cell_box import CellBox
from tui.pages.rows.sheet_rows import Held, SheetRow, TableCell
from tui.pages.rows.table_grid import TableGrid
from tui.pages.rows.table_layout import TableLayout
from tui.pages.rows.table_session import TableSession
from tui.widgets.commands import SIGNS, Command, bindings
from tui.widgets.refusals import TellsRefusals

FAR = 100_000
ROOM_BELOW = 6
"""Lines kept free below the cursor for what is offered, where there is room."""
COMMANDS = (
    Command(
        id="table.right",
        word=W("下一格", "Next cell"),
        help=W("到下一格；行尾到下一行", "to the next cell; from the last one to the next row"),
        keys="tab",
        action="along(1)",
    ),
    Command(
        id="table.left",
        word=W("上一格", "Previous cell"),
        help=W("回到上一格", "back to the previous cell"),
        keys="shift+tab",
        action="along(-1)",
    ),
    Command(
        id="table.down",
        word=W("下一行", "Next row"),
        help=W(
            "到下一行的同一列；末行之后添加一行",
            "the same column of the next row; after the last one a row is added",
        ),
        keys="enter",
        action="down",
    ),
    Command(
        id="table.first",
        word=W("第一行", "First row"),
        help=W("到第一行", "to the first row"),
        keys="ctrl+home",
        action=f"past(-{FAR})",
    ),
    Command(
        id="table.last",
        word=W("最后一行", "Last row"),
        help=W("到最后一行", "to the last row"),
        keys="ctrl+end",
        action=f"past({FAR})",
    ),
    Command(
        id="table.undo",
        word=W("撤销输入", "Undo typing"),
        help=W(
            "撤销最近的输入、粘贴或行的增减",
            "undo what was typed or pasted last, or a row that came or went",
        ),
        keys="ctrl+z",
        action="undo",
    ),
)


class TableWidget(TellsRefusals, can_focus=True):
    """The cells of a session's rows; there is at least one row."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS)]
    DEFAULT_CSS = """
    TableWidget {
        layout: vertical; width: 1fr; height: 1fr; layers: cells editor;
        & > #grid { layer: cells; }
        & > #said { layer: cells; padding: 0 1; height: 2; }
    }
    """

    class Typed(Message):
        """Something was typed, pasted or taken back."""

    class Wanted(Message):
        """A record is to be made for the link of a cell, called `text`."""

        def __init__(self, place: TableCell, text: str) -> None:
            super().__init__()
            self.place, self.text = place, text

    def __init__(self, session: TableSession) -> None:
        super().__init__(id="table")
        self.session = session
        self.place = TableCell(session.rows[0], 0)
        self.editing = Editing(self.place.row.fields, session.reading, session.values)
        self._held: Held = session.held(self.place)
        self.live = False
        specs = [one.spec for one in self.place.row.fields]
        naming = session.names.index(_naming(session))
        self.grid = TableGrid(TableLayout(specs, naming), self._text)
        self._box = CellBox(self.editing)
        self._offers = self._box.offers
        self._said = FieldLines(self._box.remarks, id="said")

    def compose(self) -> ComposeResult:
        """The rows, what there is to say of a cell, and the editor over them."""
        yield self.grid
        yield self._said
        yield self._box

    def on_mount(self) -> None:
        """Begin with the first cell that can be filled in."""
        self.editing.editor.soft_wrap = False
        self.screen.screen_layout_refresh_signal.subscribe(self, lambda _: self._put_cursor())
        self._open(cell_paths.first_of(self.place.row))

    def on_resize(self) -> None:
        """Other columns are in sight."""
        self._show()

    def on_focus(self) -> None:
        """Keys come here."""
        self._enliven(True)

    def on_blur(self) -> None:
        """Keys go elsewhere."""
        self._enliven(False)

    def _enliven(self, live: bool) -> None:
        self.live = self.editing.editor.live = live
        self.editing.editor.refresh()
        self._show()

    @property
    def current(self) -> Field:
        """The cell that is edited."""
        return self.session.cell(self.place)

    # -- from cell to cell ---------------------------------------------------------------------

    def start(self, row: SheetRow) -> None:
        """Begin with a row."""
        self.go(cell_paths.first_of(row))

    def go(self, place: TableCell) -> None:
        """Edit another cell."""
        self.leave()
        self._open(place)

    def leave(self) -> None:
        """Take what is typed in the cell into it."""
        self.editing.leave()
        if self.session.held(self.place) != self._held:
            self.session.note(self.place, self._held)
            self._held = self.session.held(self.place)
            self.post_message(self.Typed())

    def reload(self) -> None:
        """Rows were changed from outside: show what they hold; what is being typed stays."""
        rows = self.session.rows
        if self.place.row not in rows:
            at = min(max(self.grid.at, 0), len(rows) - 1)
            self._open(TableCell(rows[at], self.place.column))
        elif self.editing.fields != self.place.row.fields or not self.editing.typed:
            self._open(self.place)
        else:
            self._show()

    def _open(self, place: TableCell) -> None:
        self.place = place
        self._held = self.session.held(place)
        self.editing.turn(place.row.fields, place.column)
        self._show()

    def _show(self) -> None:
        """Draw what is in sight, and put the editor over its cell."""
        self.grid.follow(self.session.rows, self.place, ROOM_BELOW if self._helping else 1)
        self._said.again()
        self._offers.again()
        self._put_box()  # at once, so that no frame has the editor over another cell
        self.call_after_refresh(self._put_box)

    @property
    def _helping(self) -> bool:
        return self.editing.helper is not None

    def action_along(self, by: int) -> None:
        """The next cell that can be filled in, on another row where the row ends."""
        found = cell_paths.along(self.session, self.place, by)
        if found is not None:
            self.go(found)
        elif by > 0:
            self.add_row()

    def action_down(self) -> None:
        """The next row; after the last one a new one, unless an empty line is there already."""
        found = cell_paths.past(self.session, self.place, 1)
        if found.row is not self.place.row:
            self.go(found)
            return
        self.leave()
        if self.place.row.record is not None or self.place.row.changed:
            self.go(TableCell(self.session.add_row(), self.place.column))

    def add_row(self) -> None:
        """A new row at the end, the cursor in it."""
        self.leave()
        self.start(self.session.add_row())

    def next_row(self) -> None:
        """On to the next row; after the last one to a new one."""
        found = cell_paths.past(self.session, self.place, 1)
        if found.row is not self.place.row:
            self.start(found.row)
        elif self.place.row.record is not None:
            self.add_row()

    def remove_row(self) -> None:
        """Take out a row that was never saved; an only one begins anew."""
        self.leave()
        self.session.remove_row(self.place.row)
        self.session.fill()
        self.reload()
        self.post_message(self.Typed())

    def action_past(self, by: int) -> None:
        """So many rows on."""
        found = cell_paths.past(self.session, self.place, by)
        if found.row is not self.place.row:
            self.go(found)

    def action_undo(self) -> None:
        """Take back what was typed here, else what was done last."""
        editing = self.editing
        if not self.current.locked and not self.current.chosen and editing.editor.can_undo:
            editing.editor.undo()
            self._typed()
            return
        self.leave()
        place = self.session.undo()
        if place is not None:
            self._open(place)
            self.post_message(self.Typed())

    # -- keys ----------------------------------------------------------------------------------

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Letters and signs are for typing here."""
        return key in SIGNS or (character is not None and character.isprintable())

    async def _on_key(self, event: events.Key) -> None:
        if self._help(event.key) or self._move(event.key) or await self._type(event):
            event.stop()
            event.prevent_default()
            self._put_cursor()

    def _move(self, key: str) -> bool:
        """Keys that go from cell to cell; whether it was one."""
        editor, page = self.editing.editor, max(self.grid.height - 1, 1)
        rows = {"up": -1, "down": 1, "pageup": -page, "pagedown": page}
        if key in ("tab", "shift+tab"):
            self.action_along(1 if key == "tab" else -1)
        elif key in rows and self._box.is_left(key):
            self.action_past(rows[key])
        elif key in ("left", "right") and self._box.is_left(key):
            self.go(self.session.beside(self.place, 1 if key == "right" else -1))
        elif key in ("ctrl+home", "ctrl+end"):
            self.action_past(FAR if key == "ctrl+end" else -FAR)
        elif key == "enter":
            self.action_down()
        elif key == "ctrl+z":
            self.action_undo()
        elif key == "up":
            editor.action_cursor_up()
        elif key == "down":
            editor.action_cursor_down()
        else:
            return False
        return True

    async def _type(self, event: events.Key) -> bool:
        """Keys for the editor or the chooser; whether it was one."""
        if self.current.locked:
            return event.is_printable
        if self.current.chosen:
            changed = pressed = self.editing.chooser.press(event)
        elif event.key == "ctrl+j":
            if not self.current.single:
                self.editing.editor.insert("\n")
            changed = pressed = True
        elif event.key == "backspace" and self.editing.take_out():
            changed = pressed = True
        else:
            before = self.editing.editor.edits
            pressed = await self.editing.editor.press(event)
            changed = self.editing.editor.edits != before
        if changed:
            self._typed()
        return pressed

    async def _on_paste(self, event: events.Paste) -> None:
        """A text goes into the cell that is being typed in; lines of cells fill the table."""
        event.stop()
        if not event.text:
            return
        open_ = not self.current.chosen and not self.current.locked
        if open_ and (self.editing.typed or not pasted_cells.is_table(event.text)):
            self.editing.editor.paste(event.text)
            self._typed()
            return
        self.leave()
        place, told = table_paste.paste(self.session, self.place, event.text)
        self._open(place)
        for refused in told:
            self.site_app.tell(str(refused), bad=True)
        self.post_message(self.Typed())

    def _typed(self) -> None:
        """Something was typed or chosen in the cell."""
        self.editing.touched()
        self._box.offer_again()
        self._said.again()
        self.call_after_refresh(self._put_box)
        self.post_message(self.Typed())

    # -- links and files -------------------------------------------------------------------------

    def _help(self, key: str) -> bool:
        """Keys for the offers below a link or a path; whether it was one."""
        editing, helper = self.editing, self.editing.helper
        if key == "escape" and editing.typed:
            editing.revert()
            self._open(self.place)
            self.post_message(self.Typed())
        elif helper is None or not editing.typed:
            return False
        elif key in ("up", "down"):
            chosen = editing.choose_offer(1 if key == "down" else -1)
            self._offers.again()
            return chosen
        elif key == "enter" and helper.at >= 0:
            self._take(helper.at)
        else:
            return False
        return True

    def _take(self, at: int) -> None:
        """Take an offer, or have a new record made."""
        helper = self.editing.helper
        if helper is not None and at < len(helper.offers) and helper.offers[at].id == NEW:
            typed = self.editing.editor.value if self.editing.typed else ""
            self.post_message(self.Wanted(self.place, typed.strip()))
        elif self.editing.take_offer(at):
            self.post_message(self.Typed())
            if self.current.spec.kind == "link":
                self.action_along(1)
            self._show()

    def take(self, place: TableCell, id: str) -> None:
        """Let the link of a cell point to this record."""
        self.go(place)
        self.editing.take(self.current.name, id)
        self._show()
        self.post_message(self.Typed())

    # -- drawing -------------------------------------------------------------------------------

    def _text(self, one: Field) -> str:
        return one.text if one.text is not None else self.session.values.say(one.spec, one.value)

    def _put_box(self) -> None:
        if self._box.is_attached:
            self._box.put(self.grid.spot(), self.size)
            self._put_cursor()

    def _put_cursor(self) -> None:
        self._box.put_cursor(live=self.live)

    def say_again(self) -> None:
        """In the other language."""
        self.session.values.forget()
        self._show()

    @on(TableGrid.Clicked)
    def _clicked(self, event: TableGrid.Clicked) -> None:
        event.stop()
        self.go(event.place)

    @on(TableGrid.Scrolled)
    def _scrolled(self, event: TableGrid.Scrolled) -> None:
        event.stop()
        self.action_past(event.by)

    @on(FieldLines.Clicked)
    def _offer_clicked(self, event: FieldLines.Clicked) -> None:
        event.stop()
        if event.painted is self._offers:
            self._take(event.at)

    def on_choice_editor_chosen(self) -> None:
        """A choice was clicked."""
        self._typed()


def _naming(session: TableSession) -> str:
    """The column that names a row: its title, else the first one of text."""
    if session.cls.kind.title in session.names:
        return session.cls.kind.title
    specs = session.cls.specs()
    texts = [name for name in session.names if specs[name].kind in ("line", "prose", "link")]
    return (texts or session.names)[0]
