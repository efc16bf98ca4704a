"""Row actions: what can be done on a record's page to its rows, and to the row under the cursor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from models.book import permissions
from models.book.rows import row_order
from models.book.rows.child_rows import child_types
from models.book.rows.row_copy import copy_record
from models.derived import revisions
from models.schema.record import Record
from models.text.words import Refused, W, say
from tui.pages.records.move_commands import add_moves, move_of
from tui.pages.records.record_actions import RecordActions, RecordHolder
from tui.widgets.action_group import ActionGroup, GroupT, runs
from tui.widgets.commands import Command

if TYPE_CHECKING:
    pass

NO_ROWS = W("{type}没有可以添加的行。", "A {type} has no rows to add.")
NO_ROW = W("光标不在明细行上。", "The cursor is not on a row.")
COPIED = W("已复制为 {number}，含明细 {n} 行。", "Copied as {number}, with rows: {n}.")

ROW = Command(
    id="record.row",
    word=W("添加行", "Add row"),
    help=W("在这条记录中添加一行", "add a row to this record"),
    keys="n,insert,ctrl+n",
    shown=20,
)
TABLE = Command(
    id="record.table",
    word=W("表格", "Table"),
    help=W("在表格中编辑明细，可粘贴多行", "edit the rows in a table; several lines can be pasted"),
    keys="f,f6",
    shown=21,
)
ROW_PAGE = Command(
    id="record.row_page",
    word=W("打开明细行", "Open row"),
    help=W("打开光标所在明细行自己的页面", "open the page of the row under the cursor"),
    keys="ctrl+g",
)
ROW_UP = Command(
    id="record.row_up",
    word=W("上移", "Move row up"),
    help=W("把这一行上移一行", "move this row up by one"),
    keys="shift+up",
)
ROW_DOWN = Command(
    id="record.row_down",
    word=W("下移", "Move row down"),
    help=W("把这一行下移一行", "move this row down by one"),
    keys="shift+down",
)
DUPLICATE = Command(
    id="record.duplicate",
    word=W("另建一份", "Make a copy"),
    help=W("照这条另建一条，连同明细", "a new record like this one, with its rows"),
    keys="plus",
)


class RowsHolder(RecordHolder, Protocol):
    """The page of a record, with a cursor that may be on one of its rows."""

    record_id: str

    @property
    def current(self) -> str:
        """The id of the part under the cursor."""

    @property
    def current_type(self) -> str:
        """The type of what commands act on: the row under the cursor, else the record."""

    @property
    def row_type(self) -> type[Record] | None:
        """The type of the row under the cursor, or None."""

    @property
    def section(self) -> type[Record] | None:
        """The type of rows whose section the cursor is in, else the first; None without any."""

    def why_no_move(self, move: str) -> Refused | None:
        """Why a move of what the cursor is on is not possible now, or None."""

    def bind_commands(self, commands: Iterable[Command]) -> None:
        """Bind the keys of commands."""

    def group(self, kind: type[GroupT]) -> GroupT:
        """The page's group of this class."""


def adding(cls: type[Record]) -> Command:
    """The command that adds a row of a type, called by its name."""
    label = cls.kind.label
    small = label.en[:1].lower() + label.en[1:]
    word = W(f"添加{label.zh}", f"Add {small}")
    return Command(
        id=f"row.{cls.kind.name}", word=word, help=ROW.help, keys=ROW.keys, shown=ROW.shown
    )


class RowActions(ActionGroup[RowsHolder]):
    """The commands about rows, and the moves of the record and of each row type.

    With the cursor on a row, the letters of moves are those of the row, as on its own page.
    """

    def bind(self, record: Record) -> None:
        """Give the page the commands that come with the record's type: its moves, its rows."""
        add_type, page = RowActions.add_row, self.page
        bound = add_moves(self, record.kind, RowActions.make)
        for cls in child_types(record.type):
            bound += add_moves(self, cls.kind, RowActions.make)
            command = adding(cls)
            self.add(command, add_type, cls)
            bound.append(command)
        page.bind_commands(bound)

    def hidden(self, command: str) -> bool:
        """What is about another type than the one the cursor is on is not offered."""
        page = self.page
        head, _, rest = command.partition(".")
        if head == "move":
            return rest.rpartition(".")[0] != page.current_type
        if head == "row":
            section = page.section
            return section is None or rest != section.kind.name
        if command == ROW.id:
            return page.section is not None
        if command == TABLE.id:
            return page.section is None or page.section.kind.add_only
        row = page.row_type
        if command in (ROW_UP.id, ROW_DOWN.id):
            return row is None or not row_order.is_ordered(row)
        return command == ROW_PAGE.id and row is None

    def why_not(self, command: str) -> Refused | None:
        """A move that is not possible now is dimmed, and says why."""
        move = move_of(command)
        return self.page.why_no_move(move) if move is not None else None

    def make(self, move: str) -> None:
        """Make a move of the record or row by its own letter."""
        self.page.group(RecordActions).make(move)

    @runs(ROW)
    def row(self) -> None:
        """A type without rows says so."""
        raise Refused(NO_ROWS, type=self.page.book.get(self.page.record_id).kind.label)

    def add_row(self, cls: type[Record]) -> None:
        """The form of a new row, which is the last in order."""
        page = self.page
        record = page.book.get(page.record_id)
        closed = permissions.closed_by(record)
        if closed is not None:
            raise closed
        page.site_app.open_form(cls.kind.name, row_order.first_values(page.book, record, cls))

    @runs(TABLE)
    def table(self) -> None:
        """The table of the section that the cursor is in."""
        page = self.page
        if page.section is None:
            raise Refused(NO_ROWS, type=page.book.get(page.record_id).kind.label)
        closed = permissions.closed_by(page.book.get(page.record_id))
        if closed is not None:
            raise closed
        _, _, row = page.current.partition(":") if page.row_type is not None else ("", "", "")
        module = "tui.pages.rows.table_page"
        page.site_app.open_page(module, "TablePage", page.record_id, page.section.kind.name, row)

    @runs(ROW_PAGE)
    def open(self) -> None:
        """The row's own page: its history, notes and files."""
        page = self.page
        if page.row_type is None:
            raise Refused(NO_ROW)
        page.site_app.open_record(str(page.chosen()))

    @runs(ROW_UP, -1)
    @runs(ROW_DOWN, 1)
    def shift(self, by: int) -> None:
        """Move the row under the cursor; the cursor stays on it."""
        page = self.page
        if page.row_type is None:
            raise Refused(NO_ROW)
        row_order.move_row(page.book, str(page.chosen()), by)

    @runs(DUPLICATE)
    def duplicate(self) -> None:
        """Copy the record, or the row under the cursor, with what belongs to it."""
        page = self.page
        old = page.group(RecordActions).target()
        made = copy_record(page.book, old, revisions.anew(old.type))
        if page.row_type is None:
            page.site_app.open_record(made.id)
        count = sum(len(row_order.living(page.book, made, cls)) for cls in child_types(made.type))
        page.site_app.tell(say(COPIED, number=made.number, n=count))
