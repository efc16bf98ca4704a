"""Record actions: what can be done to a record on any page that shows one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from models.schema.record import Record
from models.text.words import Refused, W, say
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.app_context import Asked
from tui.widgets.commands import Command

if TYPE_CHECKING:
    from models.book.book import Book
    from sync.workspace.workspace import Workspace
    from tui.widgets.app_context import AppContext

NOTHING_HERE = W("光标下没有记录。", "There is no record under the cursor.")
COPIED = W("已复制，并写入文件 {path}", "Copied, and written to {path}")
VOID_WHY = W("作废 {number}：写明原因", "Void {number}: give the reason")
DONE_VOID = W("{number} 已作废；F8 可恢复。", "{number} is now void; F8 restores it.")
RESTORED = W("{number} 已恢复。", "{number} is restored.")

EDIT = Command(
    id="record.edit",
    word=W("编辑", "Edit"),
    help=W("修改这条记录", "change this record"),
    keys="e,f2",
    shown=11,
)
MOVES = Command(
    id="record.move",
    word=W("操作", "Actions"),
    help=W("对这条记录执行操作", "actions on this record"),
    keys="m,f7",
    shown=12,
)
NOTE = Command(
    id="record.note",
    word=W("备注", "Note"),
    help=W("给这条记录加备注", "add a note to this record"),
    keys="b,ctrl+t",
    shown=30,
)
FOLLOW_UP = Command(
    id="record.follow_up",
    word=W("由此新建", "New from this"),
    help=W(
        "从这条记录新建：措施、报告、申请等，预先填好",
        "what this record leads to: an action, a report, an application, pre-filled",
    ),
    keys="F,ctrl+circumflex_accent",
)
ATTACH = Command(
    id="record.attach",
    word=W("附件", "Attach"),
    help=W("给这条记录附上文件", "attach a file to this record"),
    keys="t,ctrl+f",
)
COPY = Command(
    id="record.copy",
    word=W("复制", "Copy"),
    help=W("复制到剪贴板并写入文件", "to the clipboard and to a file"),
    keys="y,f12",
)
DOCUMENT = Command(
    id="record.paper",
    word=W("导出", "Export"),
    help=W(
        "导出或签发 Word 文件，或导出邮件文本",
        "export or issue a Word document, or export mail text",
    ),
    keys="ctrl+e",
    shown=40,
)
VOID = Command(
    id="record.void",
    word=W("作废", "Void"),
    help=W("写明原因作废，或恢复", "void with a reason, or restore"),
    keys="f8",
)


class RecordHolder(Protocol):
    """A page on which one record is chosen at a time."""

    @property
    def site_app(self) -> AppContext:
        """The app."""

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""

    @property
    def book(self) -> Book:
        """The open book."""

    def chosen(self) -> str | None:
        """The id of the record that the commands act on, or None."""


def target(page: RecordHolder) -> Record:
    """The record that commands on this page act on. Raises `Refused` when there is none."""
    id = page.chosen()
    if id is None:
        raise Refused(NOTHING_HERE)
    return page.book.get(id)


class RecordActions(ActionGroup[RecordHolder]):
    """The commands that act on the chosen record."""

    extended_as = "record"

    @classmethod
    def only(cls, *commands: Command) -> type[RecordActions]:
        """The same group with these commands alone, and none that areas add."""
        kept = {run.command: run for run in cls.declared}
        declared = tuple(kept[command] for command in commands)
        made = type(cls.__name__, (cls,), {"declared": declared, "extended_as": ""})
        return cast("type[RecordActions]", made)

    def target(self) -> Record:
        """The record that the commands act on. Raises `Refused` when there is none."""
        return target(self.page)

    @runs(EDIT)
    def edit(self) -> None:
        """Open the form; it says why a record cannot be changed, or asks to reopen it."""
        record = self.target()
        self.page.site_app.open_form(record.type, record=record)

    @runs(MOVES)
    def moves(self) -> None:
        """Show what moves there are."""
        from tui.pages.records.move_menu import MoveMenu

        record, app = self.target(), self.page.site_app

        def chosen(move: str | None) -> None:
            if move is not None:
                app.make_move(record.id, move)

        app.push_screen(MoveMenu(record), chosen)

    def make(self, move: str) -> None:
        """Make a move of the chosen record, or refuse with the reason why not."""
        record = self.target()
        chance = self.page.book.chance(record, move)
        if chance.why is not None:
            raise chance.why
        self.page.site_app.make_move(record.id, move)

    @runs(NOTE)
    def note(self) -> None:
        """Write a note."""
        self.page.site_app.open_form("note", {"about": self.target().id})

    @runs(FOLLOW_UP)
    def follow_up(self) -> None:
        """Offer what the record leads to."""
        from tui.pages.forms.follow_up_menu import offer_follow_ups

        offer_follow_ups(self.page.site_app, self.target())

    @runs(ATTACH)
    def attach(self) -> None:
        """Attach a file."""
        self.page.site_app.attach(self.target().id)

    @runs(COPY)
    def copy(self) -> None:
        """Copy all of the record to the clipboard and to a file."""
        from tui.pages.records import record_copy

        record, app = self.target(), self.page.site_app
        text = record_copy.text(self.page.workspace, record)
        app.copy_to_clipboard(text)
        app.tell(say(COPIED, path=record_copy.write(self.page.workspace, record, text)))

    @runs(DOCUMENT)
    def document(self) -> None:
        """Offer the documents of the record."""
        from tui.pages.records.record_documents import offer

        offer(self.page.site_app, self.target())

    @runs(VOID)
    def void(self) -> None:
        """Void with a reason, or restore."""
        record, app, book = self.target(), self.page.site_app, self.page.book
        if record.void is not None:
            book.restore(record.id)
            app.tell(say(RESTORED, number=record.number))
            return

        def given(reason: str) -> None:
            book.void(record.id, reason)
            app.tell(say(DONE_VOID, number=record.number))

        question = W(*(half.format(number=record.number) for half in VOID_WHY))
        app.ask(Asked(VOID.id, record.id), question, given)
