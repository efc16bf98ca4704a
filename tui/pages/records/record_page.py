"""The page of one record of any type: what it says, what hangs on it, what can be done."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from models.book.approval.acknowledgements import ACKNOWLEDGE, NOT_YET
from models.book.approval.confirmation import UNCHANGED
from models.book.permissions import CONFIRM
from models.book.rows.child_rows import child_types
from models.schema.record import Record, kinds
from models.text.words import Refused, W
from tui.display.row_table import SECTION, TableLine
from tui.display.values import Values, named
from tui.display.views.record_view import RecordView
from tui.pages.base import Page
from tui.pages.records.record_actions import RecordActions
from tui.pages.revisions.revision_actions import RevisionActions
from tui.pages.rows.row_actions import RowActions
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView

NO_LINKS = W("没有关联的记录。", "No linked records.")
GONE = W("这条记录已不在本机。", "This record is no longer on this device.")

LINKS = Command(
    id="record.links",
    word=W("关联", "Links"),
    help=W("打开关联的记录；有多条时选择", "open the linked record, or choose one"),
    keys="l,ctrl+k",
    shown=25,
)
EMPTY = Command(
    id="record.empty",
    word=W("空字段", "Empty fields"),
    help=W("显示或隐藏没有填写的字段", "show or hide fields without a value"),
    keys="o,ctrl+o",
)


class PageActions(ActionGroup["RecordPage"]):
    """The commands of the page itself: links and empty fields."""

    @runs(LINKS)
    def links(self) -> None:
        """To the links; an only one is opened at once."""
        view = self.page.query_one(DocumentView)
        found = [part.id for part in view.parts if part.id.startswith("link:")]
        if not found:
            raise Refused(NO_LINKS)
        if len(found) == 1:
            self.page.site_app.open_record(found[0].partition(":")[2])
        else:
            view.go(found[0])

    @runs(EMPTY)
    def empty(self) -> None:
        """Show or hide the fields without a value."""
        self.page.empty = not self.page.empty
        self.page.look_again()


class RecordPage(Page):
    """A record by its id. Enter opens what the cursor is on: a link, a row, a field's form.

    `row`: the id of one of its rows on which the cursor is at first.
    """

    actions = (RecordActions, RowActions, RevisionActions, PageActions)
    AUTO_FOCUS = "DocumentView"

    def __init__(self, id: str, row: str = "") -> None:
        super().__init__()
        self.record_id = id
        self._row = row
        self.record: Record | None = None
        self.empty = False
        """Whether fields without a value are shown."""
        self._named = ""
        self._rows: dict[str, type[Record]] = {}
        """Id of each row -> its type."""
        self._types: tuple[type[Record], ...] = ()
        self._whys: dict[str, dict[str, Refused | None]] = {}
        """Record or row -> why its moves are not possible now, by the move's id."""
        self._offered: object = None

    def on_mount(self) -> None:
        """Each move of the type, and of the types of its rows, gets its own letter here."""
        record = self.book.get(self.record_id)
        self._types = child_types(record.type)
        self.group(RowActions).bind(record)

    def heading(self) -> str:
        """Type, number and title."""
        if self.record is None:
            return super().heading()
        return f"{self.record.kind.label} {self.record.number}  {self._named}"

    def body(self) -> ComposeResult:
        """One document."""
        yield DocumentView(id="dossier")

    def look(self) -> None:
        """Read the record and all that hangs on it."""
        record = self.book.find(self.record_id)
        if record is None:
            raise Refused(GONE)
        values = Values(self.workspace)
        self.record = record
        self._named = named(record, values)
        self._whys = {}
        parts = RecordView(self.book, values, record).whole(empty=self.empty)
        drawn = (part.line for part in parts)
        tables = {line.table for line in drawn if isinstance(line, TableLine)}
        self._rows = {row: table.cls for table in tables for row in table.ids}
        view = self.query_one(DocumentView)
        view.look(parts)
        if self._row:
            view.go(f"row:{self._row}")
            self._row = ""

    # -- what the cursor is on -----------------------------------------------------------------

    @property
    def current(self) -> str:
        """The id of the part under the cursor."""
        found = self.query(DocumentView)
        return found.first().current if found else ""

    @property
    def row_type(self) -> type[Record] | None:
        """The type of the row under the cursor, or None."""
        kind, _, id = self.current.partition(":")
        return self._rows.get(id) if kind == "row" else None

    @property
    def section(self) -> type[Record] | None:
        """The type of rows whose section the cursor is in, else the first; None without any."""
        kind, _, name = self.current.partition(":")
        empty = kinds.get(name) if kind == SECTION else None
        return self.row_type or empty or next(iter(self._types), None)

    @property
    def current_type(self) -> str:
        """The type of what commands act on: the row under the cursor, else the record."""
        row = self.row_type
        return row.kind.name if row is not None else self.record.type if self.record else ""

    def chosen(self) -> str | None:
        """The row under the cursor, else the record."""
        kind, _, id = self.current.partition(":")
        return id if kind == "row" else self.record_id

    def is_in_view(self, record: Record) -> bool:
        """The record, its rows, and what points to it."""
        return self.record_id in (record.id, *record.values().values())

    def why_no_move(self, move: str) -> Refused | None:
        """Why a move of what the cursor is on is not possible now, or None."""
        id = self.chosen() or ""
        if id not in self._whys:
            record = self.book.find(id)
            if record is None:
                return Refused(GONE)
            state = record.kind.state(record.state).label
            found: dict[str, Refused | None] = {
                CONFIRM: Refused(UNCHANGED, number=record.number),
                ACKNOWLEDGE: Refused(NOT_YET, number=record.number, state=state),
            }
            found |= {chance.move.id: chance.why for chance in self.book.chances(record)}
            self._whys[id] = found
        return self._whys[id].get(move)

    @on(DocumentView.Highlighted)
    def _moved(self) -> None:
        """On a row other commands are offered than on its record."""
        on_row = self.row_type is not None
        offered = (self.section, on_row, self.chosen() if on_row else "")
        if offered != self._offered:
            self._offered = offered
            self.refresh_bindings()
            for bar in self.query("#key-bar"):
                bar.refresh()

    @on(DocumentView.Opened)
    def _opened(self, event: DocumentView.Opened) -> None:
        """Open what the cursor is on."""
        event.stop()
        kind, _, rest = event.id.partition(":")
        row = self.row_type if kind == "row" else None
        if kind in ("open", "link", "note") or (row is not None and row.kind.moves):
            self.site_app.open_record(rest)
        elif kind == "work" and (found := self.book.find(rest)) is not None:
            self.site_app.open_item(found.type, found.id)
        elif kind in ("row", "field"):
            self.group(RecordActions).edit()
        elif kind == SECTION and self.section is not None:
            self.group(RowActions).add_row(self.section)
        elif kind == "moves":
            self.group(RecordActions).moves()
        elif kind == "empty":
            self.group(PageActions).empty()
        elif kind == "file":
            self.site_app.open_file(rest)
        elif kind == "conflict":
            self.site_app.open_conflict(self.record_id, rest)
