"""The inbox: everything that waits for my decision; one key opens it, one key decides."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container

from models.queries import inbox
from models.queries.inbox import InboxItem
from models.records.registers import calendar_years
from models.schema.lifecycle import Move
from models.schema.record import Record
from models.text.words import Refused, W, say
from tui.display.values import Values
from tui.pages.home import reading_page
from tui.pages.home.inbox_rows import COLUMNS, Deciding
from tui.pages.home.reading_page import ReadingPage
from tui.pages.records import record_actions
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView
from tui.widgets.grouped_list import GroupedList
from tui.widgets.windowed_list import WindowedList

TITLE = W("待我处理  {count}", "To decide: {count}")
TITLE_LATE = W("待我处理  {count}，逾期 {late}", "To decide: {count}, {late} overdue")
NOTHING = W("没有等您决定的事。", "Nothing waits for your decision.")
MORE = W("还有 {count} 件未列出", "{count} more not listed yet")
READ = W("已读完 {count} 份", "{count} read")
NO_MOVE = W(
    "{number} 没有您可做的这一步；m 看全部操作。", "No such step of {number} is yours; m shows all."
)
DONE = W("{count} 份已“{move}”。", "{move}: {count} done.")
FINAL = W("“{move}”{number}？此操作无法撤销。", "“{move}” for {number}? This cannot be undone.")
NOT_ALONE = W(
    "“{move}”须逐份处理，不能一次处理多份。",
    "“{move}” is done one by one only.",
)
NONE_READ = W(
    "还没有读完过同类的记录：读到末尾（空格）才能一并处理。",
    "None of this kind was read to its end yet (Space); only those can be decided together.",
)
SURE = W(
    "对读完的 {count} 份“{state}”一并“{move}”？没读完的 {left} 份不动。",
    "“{move}” for the {count} “{state}” that were read? The {left} others stay as they are.",
)
MOVED_ON = W(
    "{number} 刚刚有了变化，已重新显示，请再看一遍。",
    "{number} has just changed; it is shown anew. Read it again, please.",
)

COMMANDS = (
    Command(
        id="inbox.forward",
        word=W("同意", "Yes"),
        help=W("受理、批准、接受、验证：往前一步", "accept, approve, verify: one step on"),
        keys="a,ctrl+s",
        action="decide(True)",
        shown=1,
    ),
    Command(
        id="inbox.back",
        word=W("退回", "Return"),
        help=W("写明理由退回", "send it back with a reason"),
        keys="h,ctrl+r",
        action="decide(False)",
        shown=2,
    ),
    Command(
        id="inbox.together",
        word=W("一并处理", "Accept all read"),
        help=W("把读完的同类一并同意", "the same step for all of this kind that were read"),
        keys="A,f6",
        action="together",
        shown=5,
    ),
)
SHARED = tuple(
    one
    for one in record_actions.COMMANDS
    if one.id in ("record.move", "record.note", "record.copy")
)


class InboxPage(ReadingPage):
    """What waits, in sections; beside it the record, read before it is decided."""

    commands: ClassVar = (*COMMANDS, *reading_page.COMMANDS, *SHARED)
    AUTO_FOCUS = "WindowedList"

    def __init__(self) -> None:
        super().__init__()
        self.items: list[InboxItem] = []
        self.more = 0
        """How many wait that are not listed yet."""
        self.read: dict[str, str] = {}
        """Records that were read to their end, with their versions then."""
        self.told: list[str] = []
        """The delegations that hold now."""
        self._shown = ("", "")

    def heading(self) -> str:
        """How many wait, how many are overdue."""
        late = sum(item.overdue for item in self.items)
        return say(TITLE_LATE if late else TITLE, count=len(self.items) + self.more, late=late)

    def body(self) -> ComposeResult:
        """The list, and the record beside or below it."""
        self.values = Values(self.workspace)
        with Container(id="desk"):
            yield GroupedList(COLUMNS, id="list", empty=NOTHING)
            yield DocumentView(focusable=False, id="pane")

    # -- reading -------------------------------------------------------------------------------

    def look(self) -> None:
        """Ask again what waits."""
        self.values.forget()
        self.items, self.more = inbox.found(self.book, calendar_years.calendar(self.book))
        self.told = Deciding(self.book, self.values).delegated()
        self._list()
        self.show()

    def _list(self) -> None:
        lines = self.query_one(GroupedList)
        lines.show(Deciding(self.book, self.values).rows(self.items, self._was_read))
        read = say(READ, count=sum(map(self._was_read, self.items)))
        more = [say(MORE, count=self.more)] if self.more else []
        lines.note = "  ".join([read, *more, *self.told])

    def _was_read(self, item: InboxItem) -> bool:
        """Whether it was read to its end as it stands now."""
        return self.read.get(item.record.id) == item.record.dots

    def here(self) -> InboxItem | None:
        """The item under the cursor."""
        id = self.query_one(GroupedList).current
        return next((item for item in self.items if item.record.id == id), None)

    def show(self) -> None:
        """The record under the cursor."""
        item = self.here()
        leaf = self.pane
        if item is None:
            self._shown = ("", "")
            leaf.look([])
            return
        same = self._shown[0] == item.record.id
        self._shown = (item.record.id, item.record.dots)
        leaf.look(Deciding(self.book, self.values).parts(item), top=not same)
        self.call_after_refresh(self._note_read)

    def _note_read(self) -> None:
        """What is in sight to its end counts as read."""
        id, dots = self._shown
        if id and self.pane.at_end and self.read.get(id) != dots:
            self.read[id] = dots
            self._list()

    @on(WindowedList.Highlighted)
    def _highlighted(self, event: WindowedList.Highlighted) -> None:
        event.stop()
        self.at_once()
        if event.id != self._shown[0]:
            self.soon(self.show)

    @on(WindowedList.Opened)
    def _opened(self, event: WindowedList.Opened) -> None:
        event.stop()
        item = self.here()
        if item is not None:
            self.site_app.open_item(item.record.type, item.record.id)

    def action_read(self, pages: int) -> None:
        """Scroll the record; at its end it is read."""
        super().action_read(pages)
        self._note_read()

    def chosen(self) -> str | None:
        """The record under the cursor."""
        item = self.here()
        return item.record.id if item is not None else None

    # -- deciding ------------------------------------------------------------------------------

    def action_decide(self, yes: bool) -> None:
        """The step on or back of what is shown; what it asks is asked."""
        record = self.target()
        item = self.here()
        move = (item.forward if yes else item.back) if item is not None else None
        if move is None:
            raise Refused(NO_MOVE, number=record.number)
        if self._shown != (record.id, record.dots):
            self.look()
            raise Refused(MOVED_ON, number=record.number)
        if not inbox.final(record, move):
            self.site_app.make_move(record.id, move.id)
            return
        from tui.pages.dialogs.confirm import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                self.site_app.make_move(record.id, move.id)

        question = say(FINAL, number=record.number, move=move.label)
        self.app.push_screen(Confirm(question, move.label), answered)

    def action_together(self) -> None:
        """The step on for all of this type and state that were read, once that is confirmed."""
        from tui.pages.dialogs.confirm import Confirm

        item = self.here()
        move = item.forward if item is not None else None
        if item is None or move is None:
            raise Refused(NO_MOVE, number=self.target().number)
        same = [one for one in self.items if _alike(one.record, item.record)]
        if not all(inbox.asks_nothing(one.record, move) for one in same):
            raise Refused(NOT_ALONE, move=move.label)
        read = [one for one in same if self._was_read(one) and one.forward == move]
        if not read:
            raise Refused(NONE_READ)
        state = item.record.kind.state(item.record.state).label
        left = len(same) - len(read)
        question = say(SURE, count=len(read), state=state, move=move.label, left=left)

        def answered(yes: bool | None) -> None:
            if yes:
                self._together(read, move)

        self.app.push_screen(Confirm(question, move.label), answered)

    def _together(self, read: list[InboxItem], move: Move) -> None:
        done = inbox.together(self.book, read, move)
        self.site_app.tell(say(DONE, count=len(done), move=move.label))


def _alike(one: Record, other: Record) -> bool:
    return (one.type, one.state) == (other.type, other.state)
