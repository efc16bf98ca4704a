"""Inbox page: everything that waits for a person's decision; one key opens it, one key decides."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult

from models.queries.waiting import inbox
from models.queries.waiting.inbox import InboxItem
from models.records.registers import calendar_years
from models.schema.lifecycle import Move
from models.schema.record import Record
from models.text.words import Refused, W, say
from tui.display.values import Values
from tui.pages.base import Page
from tui.pages.dialogs.confirm import Confirm
from tui.pages.dialogs.passphrase import signed
from tui.pages.home.inbox_rows import COLUMNS, InboxRows
from tui.pages.records.reading_pane import BREAKPOINTS, ReadingActions, ReadingDesk, ReadingPane
from tui.pages.records.record_actions import RecordActions
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView
from tui.widgets.grouped_list import GroupedList
from tui.widgets.windowed_list import WindowedList

TITLE = W("待我处理  {count}", "Inbox: {count}")
TITLE_LATE = W("待我处理  {count}，逾期 {late}", "Inbox: {count}, {late} overdue")
NOTHING = W("没有待我处理的事项。", "The inbox is empty.")
MORE = W("还有 {count} 件未列出", "{count} more not listed")
READ = W("已读完 {count} 份", "{count} read")
NO_MOVE = W(
    "您不能对 {number} 执行此操作；m 看全部操作。",
    "This action is not available to you for {number}; m shows all actions.",
)
DONE = W("{count} 份已“{move}”。", "“{move}”: {count} done.")
NOT_ALONE = W(
    "“{move}”须逐份处理，不能一次处理多份。",
    "“{move}” must be done one by one.",
)
NONE_READ = W(
    "同类的记录都还没有读完：读到末尾（空格）才能一起同意。",
    "No record of this kind has been read completely (Space). Only read records can be"
    " accepted together.",
)
SURE = W(
    "对读完的 {count} 份“{state}”一并“{move}”？没读完的 {left} 份不动。",
    "“{move}” for the {count} read records in state “{state}”? The other {left} are not changed.",
)
READ_ON = W(
    "还没有读到末尾，已下翻一页；读完再“{move}”。",
    "Not read to its end yet: one page down. “{move}” once it is read.",
)
MOVED_ON = W(
    "{number} 刚刚有改动，已显示新内容，请再看一遍。",
    "{number} has just changed. The new version is shown; read it again, please.",
)

FORWARD = Command(
    id="inbox.forward",
    word=W("同意", "Yes"),
    help=W("受理、批准、接受或验证", "accept, approve or verify"),
    keys="a,ctrl+s",
    shown=1,
)
BACK = Command(
    id="inbox.back",
    word=W("退回", "Return"),
    help=W("写明原因退回", "return it with a reason"),
    keys="h,ctrl+r",
    shown=2,
)
TOGETHER = Command(
    id="inbox.together",
    word=W("同意已读的", "Accept all read"),
    help=W("同意读完的全部同类记录", "accept all read records of this kind"),
    keys="A,f6",
    shown=5,
)


class InboxActions(ActionGroup["InboxPage"]):
    """Deciding about what the inbox shows."""

    @runs(FORWARD, True)
    @runs(BACK, False)
    def decide(self, yes: bool) -> None:
        """The step on or back of what is shown; what it asks is asked."""
        page = self.page
        record, item = page.group(RecordActions).target(), page.here()
        move = (item.forward if yes else item.back) if item is not None else None
        if move is None:
            raise Refused(NO_MOVE, number=record.number)
        if not page.shows(record):
            page.look()
            raise Refused(MOVED_ON, number=record.number)
        unread = item is not None and not page.was_read(item)
        if yes and unread and inbox.asks_nothing(record, move):
            page.reading.scroll(1)
            page.site_app.tell(say(READ_ON, move=move.label))
            return
        page.site_app.make_move(record.id, move.id, lambda made: page.go_on(made.id))

    def word(self, command: str) -> W | None:
        """The two steps are called what the record calls them."""
        item = self.page.here() if command in (FORWARD.id, BACK.id) else None
        move = None if item is None else item.forward if command == FORWARD.id else item.back
        return move.label if move is not None else None

    def why_not(self, command: str) -> Refused | None:
        """A step that this record does not have is dimmed."""
        item = self.page.here() if command in (FORWARD.id, BACK.id) else None
        if item is None or (item.forward if command == FORWARD.id else item.back) is not None:
            return None
        return Refused(NO_MOVE, number=item.record.number)

    @runs(TOGETHER)
    def together(self) -> None:
        """The step on for all of this type and state that were read, once that is confirmed."""
        page, item = self.page, self.page.here()
        move = item.forward if item is not None else None
        if item is None or move is None:
            raise Refused(NO_MOVE, number=page.group(RecordActions).target().number)
        same = [one for one in page.items if _alike(one.record, item.record)]
        if not all(inbox.asks_nothing(one.record, move) for one in same):
            raise Refused(NOT_ALONE, move=move.label)
        read = [one for one in same if page.was_read(one) and one.forward == move]
        if not read:
            raise Refused(NONE_READ)
        state = item.record.kind.state(item.record.state).label
        left = len(same) - len(read)
        question = say(SURE, count=len(read), state=state, move=move.label, left=left)
        site_app = self.page.site_app
        self._confirm(
            question, move, lambda: signed(site_app, move, lambda: self._together(read, move))
        )

    def _confirm(self, question: str, move: Move, do: Callable[[], None]) -> None:
        """Do it once the person has said yes."""

        def answered(yes: bool | None) -> None:
            if yes:
                do()

        self.page.app.push_screen(Confirm(question, move.label), answered)

    def _together(self, read: list[InboxItem], move: Move) -> None:
        done = inbox.together(self.page.book, read, move)
        self.page.site_app.tell(say(DONE, count=len(done), move=move.label))


class InboxPage(Page):
    """What waits, in sections; beside it the record, read before it is decided."""

    actions = (InboxActions, ReadingActions, RecordActions)
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    values: Values
    AUTO_FOCUS = "WindowedList"

    def __init__(self) -> None:
        super().__init__()
        self.reading = ReadingPane(self, "#pane", self._note_read)
        self.items: list[InboxItem] = []
        self.more = 0
        """How many wait that are not listed yet."""
        self.read: dict[str, str] = {}
        """Records that were read to their end, with their versions then."""
        self.delegated: list[str] = []
        """The delegations in force, as sentences."""
        self._shown = ("", "")

    def heading(self) -> str:
        """How many wait, how many are overdue."""
        mine = [item for item in self.items if item.group != "follow"]
        late = sum(item.overdue for item in mine)
        return say(TITLE_LATE if late else TITLE, count=len(mine) + self.more, late=late)

    def body(self) -> ComposeResult:
        """The list, and the record beside or below it."""
        self.values = Values(self.workspace)
        with ReadingDesk():
            yield GroupedList(COLUMNS, id="list", empty=NOTHING)
            yield DocumentView(focusable=False, id="pane")

    # -- reading -------------------------------------------------------------------------------

    def look(self) -> None:
        """Ask again what waits."""
        self.values.forget()
        self.items, self.more = inbox.found(self.book, calendar_years.calendar(self.book))
        self.delegated = InboxRows(self.book, self.values).delegated()
        self._list()
        self.show()

    def _list(self) -> None:
        lines = self.query_one(GroupedList)
        lines.show(InboxRows(self.book, self.values).rows(self.items, self.was_read))
        read = say(READ, count=sum(map(self.was_read, self.items)))
        more = [say(MORE, count=self.more)] if self.more else []
        lines.note = "  ".join([read, *more, *self.delegated])

    def was_read(self, item: InboxItem) -> bool:
        """Whether it was read to its end in its current versions."""
        return self.read.get(item.record.id) == item.record.dots

    def here(self) -> InboxItem | None:
        """The item under the cursor."""
        id = self.query_one(GroupedList).current
        return next((item for item in self.items if item.record.id == id), None)

    def go_on(self, decided: str) -> None:
        """A record was decided: to the next one, also where another step of it waits here."""
        ids = [item.record.id for item in self.items]
        at = ids.index(decided) if decided in ids else -1
        if at >= 0 and self.query_one(GroupedList).current == decided and len(ids) > 1:
            self.query_one(GroupedList).go_to(ids[at + 1] if at + 1 < len(ids) else ids[at - 1])

    def shows(self, record: Record) -> bool:
        """Whether the pane shows these versions of a record."""
        return self._shown == (record.id, record.dots)

    def show(self) -> None:
        """Show the record under the cursor."""
        item = self.here()
        view = self.reading.view
        if item is None:
            self._shown = ("", "")
            view.look([])
            return
        same = self._shown[0] == item.record.id
        self._shown = (item.record.id, item.record.dots)
        view.look(InboxRows(self.book, self.values).parts(item), top=not same)
        self.call_after_refresh(self._note_read)

    def _note_read(self) -> None:
        """What is in sight to its end counts as read."""
        id, dots = self._shown
        if id and self.reading.view.at_end and self.read.get(id) != dots:
            self.read[id] = dots
            self._list()

    @on(WindowedList.Highlighted)
    def _highlighted(self, event: WindowedList.Highlighted) -> None:
        event.stop()
        self.reading.drop()
        self.say_keys()
        if event.id != self._shown[0]:
            self.reading.soon(self.show)

    @on(WindowedList.Opened)
    def _opened(self, event: WindowedList.Opened) -> None:
        event.stop()
        item = self.here()
        if item is not None:
            self.site_app.open_item(item.record.type, item.record.id)

    def chosen(self) -> str | None:
        """The record under the cursor."""
        item = self.here()
        return item.record.id if item is not None else None


def _alike(one: Record, other: Record) -> bool:
    return (one.type, one.state) == (other.type, other.state)
