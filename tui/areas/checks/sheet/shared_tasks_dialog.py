"""Shared tasks dialog: for which planned tasks a sheet was filled in, one Enter each or all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from models.records.checks import shared_tasks
from models.records.checks.shared_tasks import SharedTask
from models.records.checks.sheet import Sheet
from models.schema.record import Record
from models.text.words import Refused, W, say, several
from tui.display.parts import TextPart
from tui.display.values import Values
from tui.pages.base import Dialog
from tui.widgets.app_context import AppContext
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView
from tui.widgets.safe_widgets import ProseText, Tag

TITLE = W("{number} 是哪些计划任务的记录？", "Which planned tasks was {number} done for?")
HOW = W("回车登记这一项为完成，A 全部，Esc 关闭", "Enter records one as done, A all; Esc closes")
DUE = W("期限 {due}", "due {due}")
DONE = W("已登记完成：{numbers}。", "Recorded as done: {numbers}.")


class SharedTasksDialog(Dialog[None]):
    """The open tasks of a submitted sheet; it closes once there is none left."""

    commands: ClassVar = (
        Command(
            id="shared_tasks.all",
            word=W("全部完成", "All done"),
            help=W("把列出的计划任务全部登记为完成", "record all listed planned tasks as done"),
            keys="A,f6",
            action="all",
        ),
    )
    AUTO_FOCUS = "DocumentView"

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet
        self._found: Sequence[SharedTask] = ()

    def body(self) -> ComposeResult:
        """The sheet, its open tasks, and what the keys do."""
        with Vertical(classes="box"):
            yield ProseText(lambda: say(TITLE, number=self._sheet.number), id="title")
            yield DocumentView(id="tasks")
            yield Tag(HOW, classes="muted")

    def look(self) -> None:
        """Read which are open."""
        values = Values(self.workspace)
        self._found = shared_tasks.open_tasks(self.book, self._sheet)
        none = TextPart(say(shared_tasks.NONE_OPEN, number=self._sheet.number), style="muted")
        parts = [self._part(values, one) for one in self._found]
        self.query_one(DocumentView).look(parts or [none])

    def _part(self, values: Values, one: SharedTask) -> TextPart:
        task = one.task
        said = [
            say(DUE, due=task.due),
            task.what or task.number,
            values.title(task.site, "site") if task.site else "",
            values.person(task.doer) if task.doer else "",
        ]
        return TextPart("  ".join(text for text in said if text), task.id)

    @on(DocumentView.Opened)
    def _opened(self, event: DocumentView.Opened) -> None:
        event.stop()
        self._finish([event.id])

    def action_all(self) -> None:
        """Record all that are listed, or none of them."""
        self._finish([one.task.id for one in self._found])

    def _finish(self, tasks: Sequence[str]) -> None:
        made: list[Record] = shared_tasks.finish(self.book, self._sheet, tasks)
        self.site_app.tell(say(DONE, numbers=several(one.number for one in made)))
        if len(made) == len(self._found):
            self.dismiss(None)
        else:
            self.look()


def offer(app: AppContext, sheet: Sheet) -> None:
    """Ask for which tasks a sheet was filled in. Raises `Refused` where it can show none."""
    book = app.workspace.book
    shared_tasks.done_on(book, sheet)
    if not shared_tasks.open_tasks(book, sheet):
        raise Refused(shared_tasks.NONE_OPEN, number=sheet.number)
    app.push_screen(SharedTasksDialog(sheet))
