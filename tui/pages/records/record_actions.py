"""What can be done to a record wherever it stands: in a list, on its page, on Today."""

from __future__ import annotations

from typing import ClassVar

from models.schema.record import Record
from models.text.words import Refused, W, say
from tui.areas.problems import follow_ups
from tui.pages.base import Page
from tui.widgets.commands import Command

NOTHING_HERE = W("光标下没有记录。", "There is no record under the cursor.")
COPIED = W("已复制，并写入文件 {path}", "Copied, and written to {path}")
VOID_WHY = W("作废 {number}：写明原因", "Void {number}: give the reason")
DONE_VOID = W("{number} 已作废；F8 可恢复。", "{number} is void now; F8 brings it back.")
RESTORED = W("{number} 已恢复。", "{number} is reactivated.")

COMMANDS = (
    Command(
        id="record.edit",
        word=W("编辑", "Edit"),
        help=W("修改这条记录", "change this record"),
        keys="e,f2",
        action="edit",
        shown=11,
    ),
    Command(
        id="record.move",
        word=W("操作", "Moves"),
        help=W("这条记录能进行的操作", "the moves of this record"),
        keys="m,f7",
        action="moves",
        shown=12,
    ),
    Command(
        id="record.note",
        word=W("备注", "Note"),
        help=W("给这条记录加备注", "add a note to this record"),
        keys="b,ctrl+t",
        action="note",
        shown=30,
    ),
    Command(
        id="record.attach",
        word=W("附件", "Attach"),
        help=W("给这条记录附上文件", "attach a file to this record"),
        keys="t,ctrl+f",
        action="attach",
    ),
    Command(
        id="record.copy",
        word=W("复制", "Copy"),
        help=W("复制到剪贴板并写入文件", "to the clipboard and to a file"),
        keys="y,f12",
        action="copy",
    ),
    Command(
        id="record.paper",
        word=W("文件", "Document"),
        help=W(
            "导出或签发 Word 文件，或导出邮件文本", "export or issue a Word document or mail text"
        ),
        keys="ctrl+e",
        action="paper",
        shown=40,
    ),
    Command(
        id="record.void",
        word=W("作废", "Void"),
        help=W("写明原因作废，或恢复已作废的", "void with a reason, or bring a void one back"),
        keys="f8",
        action="void",
    ),
    *follow_ups.COMMANDS,
)


class Deeds(Page):
    """A page on which one record is chosen at a time; `chosen` gives its id."""

    commands: ClassVar[tuple[Command, ...]] = COMMANDS

    def chosen(self) -> str | None:
        """The id of the record that the commands act on."""
        return None

    def target(self) -> Record:
        """The record that the commands act on. Raises `Refused` when there is none."""
        id = self.chosen()
        if id is None:
            raise Refused(NOTHING_HERE)
        return self.book.get(id)

    def action_edit(self) -> None:
        """Open the form; it says why a record cannot be changed, or asks to reopen it."""
        record = self.target()
        self.site_app.open_form(record.type, record=record)

    def action_moves(self) -> None:
        """Show what moves there are."""
        from tui.pages.records.move_menu import MoveMenu

        record = self.target()
        self.app.push_screen(MoveMenu(record), lambda move: self._make(record, move))

    def action_make(self, move: str) -> None:
        """Make a move by its own letter, or say why not."""
        record = self.target()
        chance = next(c for c in self.book.chances(record) if c.move.id == move)
        if chance.why is not None:
            raise chance.why
        self._make(record, move)

    def _make(self, record: Record, move: str | None) -> None:
        if move is not None:
            self.site_app.make_move(record.id, move)

    def action_lead(self, type: str) -> None:
        """To the report or concession that a problem leads to, prefilled."""
        follow_ups.lead(self.site_app, self.target(), type)

    def action_note(self) -> None:
        """Write a note."""
        self.site_app.open_form("note", {"about": self.target().id})

    def action_attach(self) -> None:
        """Attach a file."""
        self.site_app.attach(self.target().id)

    def action_copy(self) -> None:
        """Copy all of the record."""
        from tui.pages.records import record_copy  # its view would be loaded by the first frame

        record = self.target()
        text = record_copy.text(self.workspace, record)
        self.site_app.copy_to_clipboard(text)
        path = record_copy.write(self.workspace, record, text)
        self.site_app.tell(say(COPIED, path=path))

    def action_paper(self) -> None:
        """Offer the documents of the record."""
        from tui.pages.records.record_documents import offer

        offer(self.site_app, self.target())

    def action_void(self) -> None:
        """Void with a reason, or restore."""
        from tui.pages.dialogs.text_prompt import Reason

        record = self.target()
        if record.void is not None:
            self.book.restore(record.id)
            self.site_app.tell(say(RESTORED, number=record.number))
            return
        self.app.push_screen(
            Reason(W(*(half.format(number=record.number) for half in VOID_WHY))),
            lambda reason: self._void(record, reason),
        )

    def _void(self, record: Record, reason: str | None) -> None:
        if reason:
            self.book.void(record.id, reason)
            self.site_app.tell(say(DONE_VOID, number=record.number))
