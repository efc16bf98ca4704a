"""The page of one record of any type: what it says, what hangs on it, what can be done."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from models.book import permissions
from models.book.approval.acknowledgements import ACKNOWLEDGE, NOT_YET
from models.book.approval.confirmation import UNCHANGED
from models.book.permissions import CONFIRM
from models.queries.links import child_types
from models.schema.record import Record
from models.text.words import Refused, W
from tui.display.record_view import RecordView
from tui.display.values import Values, named
from tui.pages.base import Page
from tui.pages.records.move_commands import add_moves, move_of
from tui.pages.records.record_actions import RecordActions
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView

NO_ROWS = W("{type}没有可以添加的行。", "A {type} has no rows to add.")
NO_LINKS = W("没有关联的记录。", "No linked records.")
GONE = W("这条记录已不在本机。", "This record is no longer on this device.")

ROW = Command(
    id="record.row",
    word=W("添加行", "Add row"),
    help=W("在这条记录中添加一行", "add a row to this record"),
    keys="n,insert,ctrl+n",
    shown=20,
)
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
    """The commands of the page itself: rows, links, empty fields, and the record's moves."""

    def why_not(self, command: str) -> Refused | None:
        """A move that is not possible now is dimmed, and says why."""
        return self.page.whys.get(move_of(command) or "")

    def make(self, move: str) -> None:
        """Make a move by its own letter."""
        self.page.group(RecordActions).make(move)

    @runs(ROW)
    def row(self) -> None:
        """A new row of the type of the section that the cursor is in."""
        page = self.page
        record = page.book.get(page.record_id)
        types = child_types(record.type)
        if not types:
            raise Refused(NO_ROWS, type=record.kind.label)
        closed = permissions.closed_by(record)
        if closed is not None:
            raise closed
        cls = next((one for one in types if page.in_section(one)), types[0])
        page.site_app.open_form(cls.kind.name, {cls.kind.parent: record.id})

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
    """A record by its id. Enter opens what the cursor is on: a link, a row, a field's form."""

    actions = (RecordActions, PageActions)
    AUTO_FOCUS = "DocumentView"

    def __init__(self, id: str) -> None:
        super().__init__()
        self.record_id = id
        self.record: Record | None = None
        self.empty = False
        """Whether fields without a value are shown."""
        self._named = ""
        self.whys: dict[str, Refused | None] = {}
        """Why a move of the record is not possible now, by the move's id."""

    def on_mount(self) -> None:
        """Each move of the type gets its own letter here."""
        kind = self.book.get(self.record_id).kind
        self.bind_commands(add_moves(self.group(PageActions), kind, PageActions.make))

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
        self.whys = {CONFIRM: Refused(UNCHANGED, number=record.number)}
        if record.kind.acknowledge is not None:
            state = record.kind.state(record.state).label
            self.whys[ACKNOWLEDGE] = Refused(NOT_YET, number=record.number, state=state)
        self.whys |= {chance.move.id: chance.why for chance in self.book.chances(record)}
        parts = RecordView(self.book, values, record).whole(empty=self.empty)
        self.query_one(DocumentView).look(parts)

    def chosen(self) -> str | None:
        """The row under the cursor, else the record."""
        kind, _, id = self.query_one(DocumentView).current.partition(":")
        return id if kind == "row" else self.record_id

    @on(DocumentView.Opened)
    def _opened(self, event: DocumentView.Opened) -> None:
        """Open what the cursor is on."""
        event.stop()
        kind, _, rest = event.id.partition(":")
        if kind in ("open", "link", "note"):
            self.site_app.open_record(rest)
        elif kind in ("row", "field"):
            self.group(RecordActions).edit()
        elif kind == "moves":
            self.group(RecordActions).moves()
        elif kind == "empty":
            self.group(PageActions).empty()
        elif kind == "file":
            self.site_app.open_file(rest)
        elif kind == "conflict":
            self.site_app.open_conflict(self.record_id, rest)

    def in_section(self, cls: type[Record]) -> bool:
        """Whether the cursor is on a row of a type."""
        kind, _, id = self.query_one(DocumentView).current.partition(":")
        found = self.book.find(id) if kind == "row" else None
        return found is not None and found.type == cls.kind.name
