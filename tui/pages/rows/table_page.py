"""The table page: the rows of one type of a record, edited in one table and saved at once."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.app import ComposeResult

from models.schema.record import kinds
from models.storage.drafts import Drafts, FormDraft
from models.text.words import Refused, W, say
from tui.display.values import named
from tui.forms.draft_saver import DraftSaver
from tui.pages.base import Page
from tui.pages.dialogs.confirm import Confirm, DraftQuestion
from tui.pages.rows.sheet_rows import TableCell
from tui.pages.rows.table_draft import draft_of, key_of, restore
from tui.pages.rows.table_session import TableSession
from tui.pages.rows.table_widget import TableWidget
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.app_context import Asked
from tui.widgets.commands import Command

TITLE = W("{type}：{parent}", "{type}: {parent}")
UNSAVED = W("{n} 行未保存", "unsaved rows: {n}")
SAVED = W("已保存 {n} 行。", "Rows saved: {n}.")
NOTHING = W("没有要保存的内容。", "There is nothing to save.")
NOT_SAVED = W("没有保存。第 {at} 行：{why}", "Nothing was saved. Row {at}: {why}")
VOID_WHY = W("作废 {number}：写明原因", "Void {number}: give the reason")
VOIDED = W(
    "{number} 已作废；在原记录的页面可恢复。", "{number} is void; its record's page restores it."
)
DISCARD = W("放弃 {n} 行未保存的内容？", "Discard what is not saved in {n} rows?")
DISCARD_IT = W("放弃", "Discard")

SAVE = Command(
    id="table.save",
    word=W("保存", "Save"),
    help=W(
        "全部保存并关闭；有错误时一行也不保存", "save all and close; with an error none is saved"
    ),
    keys="ctrl+s",
    shown=1,
)
NEXT = Command(
    id="table.save_next",
    word=W("保存并下一行", "Save and next"),
    help=W("全部保存，到下一行继续", "save all and go on in the next row"),
    keys="f6,ctrl+enter",
    shown=2,
)
ADD = Command(
    id="table.add",
    word=W("添加行", "Add row"),
    help=W("在末尾添加一行", "add a row at the end"),
    keys="insert,ctrl+n",
    shown=3,
)
REMOVE = Command(
    id="table.remove",
    word=W("去掉行", "Remove row"),
    help=W(
        "去掉未保存的行；已保存的行写明原因作废", "remove a new row; void a saved one with a reason"
    ),
    keys="f8",
    shown=4,
)
DROP = Command(
    id="table.discard",
    word=W("放弃", "Discard"),
    help=W("放弃全部未保存的内容", "discard all that is not saved"),
    keys="f7",
)


class TableActions(ActionGroup["TablePage"]):
    """The commands of the table."""

    @runs(SAVE)
    def save(self) -> None:
        """Save everything, and close."""
        if self.page.save():
            self.page.dismiss(None)

    @runs(NEXT)
    def save_next(self) -> None:
        """Save everything, and go on in the next row."""
        if self.page.save():
            self.page.table.next_row()

    @runs(ADD)
    def add_row(self) -> None:
        """A new row at the end."""
        self.page.table.add_row()

    @runs(REMOVE)
    def remove(self) -> None:
        """Take out a row that was never saved, or void one that was."""
        page, row = self.page, self.page.table.place.row
        if row.record is None:
            page.table.remove_row()
            return
        record, book = row.record, page.book

        def given(reason: str) -> None:
            book.void(record.id, reason)
            page.site_app.tell(say(VOIDED, number=record.number))

        question = W(*(half.format(number=record.number) for half in VOID_WHY))
        page.site_app.ask(Asked("record.void", record.id), question, given)

    @runs(DROP)
    def discard(self) -> None:
        """Throw away what is not saved, and close, once that is confirmed."""
        page = self.page
        page.table.leave()

        def answered(yes: bool | None) -> None:
            if yes:
                page.forget(ends=True)
                page.dismiss(None)

        question = say(DISCARD, n=page.session.unsaved)
        page.app.push_screen(Confirm(question, DISCARD_IT), answered)


class TablePage(Page):
    """The rows of a type of a record, the cursor on one of them; a draft is continued."""

    actions = (TableActions,)
    AUTO_FOCUS = "TableWidget"
    session: TableSession
    table: TableWidget

    def __init__(
        self, parent: str, type: str, row: str = "", *, draft: FormDraft | None = None
    ) -> None:
        super().__init__()
        self._of, self._type, self._row, self._draft = parent, type, row, draft
        self._keeper: DraftSaver | None = None
        self._left = self._seen = False

    def heading(self) -> str:
        """What is edited, and how much of it is not saved."""
        session = self.session
        label, name = session.cls.kind.label, named(session.parent, session.values)
        said = say(TITLE, type=label, parent=f"{session.parent.number} {name}")
        count = session.unsaved
        return f"{said}  {say(UNSAVED, n=count)}" if count else said

    def body(self) -> ComposeResult:
        """The table."""
        self.session = TableSession(self.workspace, self.book.get(self._of), kinds[self._type])
        self.session.fill()
        self.table = TableWidget(self.session)
        yield self.table

    def on_mount(self) -> None:
        """Keep drafts from now on, and offer or continue an older one; or say why not."""
        why = self.session.why_closed()
        if why is not None:
            self.site_app.tell(str(why), bad=True)
            self.call_after_refresh(self._close)
            return
        self._keeper = self._new_keeper()
        chosen = [one for one in self.session.rows if one.record and one.record.id == self._row]
        if chosen:
            self.table.start(chosen[0])
        if self._draft is not None:
            self._restore(self._draft)
            return
        found = Drafts(self.workspace.home).get(key_of(self.session))
        if found is not None:
            question = DraftQuestion(self.session.values, found)
            self.app.push_screen(question, lambda go_on: self._offered(found, go_on))

    def _offered(self, draft: FormDraft, go_on: bool | None) -> None:
        if go_on is None:
            self.dismiss(None)
        elif go_on:
            self._restore(draft)
        else:
            Drafts(self.workspace.home).drop(draft.key, draft.window)

    def _restore(self, draft: FormDraft) -> None:
        if self._keeper is not None:
            self._keeper.take_over(draft)
        restore(self.session, draft)
        changed = [row for row in self.session.rows if row.changed]
        if changed:
            self.table.start(changed[0])

    def _close(self) -> None:
        self.dismiss(None)

    def look(self) -> None:
        """Another process or a round may have changed rows."""
        if self._keeper is None:
            return
        if not self._seen:  # the rows were read just now
            self._seen = True
            return
        self.table.editing.commit(final=False)
        self.session.look()
        self.session.fill()
        self.table.reload()

    # -- saving ------------------------------------------------------------------------------

    def save(self) -> bool:
        """Save all rows, or say which cell is wrong; whether nothing is left to save."""
        table, session = self.table, self.session
        table.leave()
        if not session.unsaved:
            self.site_app.tell(str(NOTHING))
            return True
        done = session.save()
        if done.place is not None:
            at = session.rows.index(done.place.row) + 1
            table.go(done.place)
            self._refresh_bar()
            self.site_app.tell(say(NOT_SAVED, at=at, why=done.why), bad=True)
            return False
        self.forget()
        self.site_app.tell(say(SAVED, n=done.saved))
        table.reload()
        return True

    def _refresh_bar(self) -> None:
        for bar in self.query("#title-bar"):
            bar.refresh()

    # -- the draft ---------------------------------------------------------------------------

    def _take(self) -> FormDraft | None:
        self.table.editing.commit(final=False)
        return draft_of(self.session)

    @on(TableWidget.Typed)
    def _typed(self) -> None:
        if self._keeper is not None:
            self._keeper.touch()
        self._refresh_bar()

    def _disk_fails(self, refused: Refused) -> None:
        self.site_app.tell(str(refused), bad=True)

    def forget(self, *, ends: bool = False) -> None:
        """What was typed is saved, or is not wanted: its draft goes; another may begin."""
        if self._keeper is not None:
            self._keeper.drop()
        self._keeper = None if ends else self._new_keeper()

    def _new_keeper(self) -> DraftSaver:
        drafts, key = Drafts(self.workspace.home), key_of(self.session)
        return DraftSaver(drafts, key, self._take, self, self._disk_fails)

    def keep_draft(self) -> None:
        """The app ends: keep what was typed, now."""
        if self._keeper is not None:
            self._keeper.flush()

    def action_back(self) -> None:
        """Leave; the draft stays, and is offered when this table is opened again."""
        self._left = True
        super().action_back()

    def on_unmount(self) -> None:
        """Leaving never asks: what was typed is on the disk."""
        if self._keeper is not None:
            self._keeper.close(self._left)

    # -- links -------------------------------------------------------------------------------

    @on(TableWidget.Wanted)
    def _wanted(self, event: TableWidget.Wanted) -> None:
        """A link's target is made in place; the link points to it once it is saved."""
        place: TableCell = event.place
        spec = self.session.cell(place).spec
        title = kinds[spec.target].kind.title
        values: dict[str, Any] = {title: event.text} if event.text and title else {}
        follows = spec.follows
        if follows in self.session.names and follows in kinds[spec.target].specs():
            values[follows] = place.row.cell(follows).value
        self.site_app.open_form(
            spec.target, values, then=lambda made: self.table.take(place, made.id)
        )


def draft_page(draft: FormDraft) -> TablePage:
    """The page on which the draft of a table is continued."""
    return TablePage(str(draft.start.get("parent")), draft.type, draft=draft)
