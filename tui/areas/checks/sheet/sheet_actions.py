"""Sheet actions: what is done with a checklist sheet as a whole, and the way to the next one."""

from __future__ import annotations

from models.records.checks.rounds import duplicate_rounds
from models.text.words import Refused, W, say, several
from tui.areas.checks.sheet import shared_tasks_dialog
from tui.areas.checks.sheet.mark_actions import SKIP
from tui.areas.checks.sheet.sheet_group import SheetGroup
from tui.pages.dialogs.confirm import Confirm
from tui.widgets.action_group import runs
from tui.widgets.commands import Command

SUBMIT = Command(
    id="check.submit",
    word=W("提交", "Submit"),
    help=W("提交检查表；缺的项会列出并跳过去", "submit the checklist; goes to what is missing"),
    keys="ctrl+s",
    shown=5,
)
NEXT = Command(
    id="check.next_sheet",
    word=W("下一份", "Next checklist"),
    help=W("到今天的下一份检查表", "to the next checklist of today"),
    keys="right_square_bracket,ctrl+right",
)
PREVIOUS = Command(
    id="check.previous_sheet",
    word=W("上一份", "Previous checklist"),
    help=W("到今天的上一份检查表", "to the previous checklist of today"),
    keys="left_square_bracket,ctrl+left",
)
NEXT_LEFT = Command(
    id="check.next_left",
    word=W("下一个未填", "Next unanswered"),
    help=W("到下一个没有结果的项", "to the next item without a result"),
    keys="tab",
)
RECORD = Command(
    id="check.record",
    word=W("日常检查记录", "Checklist record"),
    help=W(
        "这份日常检查的记录页：历史、操作、作废", "the checklist's page: history, actions, voiding"
    ),
    keys="o,ctrl+o",
)


KEEP = Command(
    id="check.keep_round",
    word=W("保留这一份", "Keep this one"),
    help=W(
        "这一轮有两份检查表时：保留这一份，另一份作废，可恢复",
        "where the round has two checklists: keep this one, void the other (it can be restored)",
    ),
    keys="e,ctrl+g",
)
TASKS = Command(
    id="check.tasks",
    word=W("完成计划任务", "Done for plan tasks"),
    help=W(
        "提交后：登记这份检查表是哪些计划任务的记录",
        "once submitted: record for which planned tasks this checklist was done",
    ),
    keys="p,f12",
    shown=9,
)
ASK_KEEP = W(
    "保留 {number}，作废 {others}？作废的仍可查看和恢复。",
    "Keep {number} and void {others}? What is void stays readable and can be restored.",
)
KEPT = W("已保留 {number}，作废 {others}。", "{number} is kept; void: {others}.")
YES = W("保留", "Keep")
LEFT = W(
    "还有 {count} 项没填，已到第一项“{item}”；没测按 {key}。",
    "{count} items left, the first is “{item}”; {key} if not checked.",
)


class SheetActions(SheetGroup):
    """Handing a sheet in, its moves and its record, and the other sheets of today."""

    def hidden(self, command: str) -> bool:
        """In a value being typed the letter `e` is a slip, as in '1e3', and keeps no sheet."""
        typing = self.page.items.typed.text is not None
        return super().hidden(command) or (command == KEEP.id and typing)

    def why_not(self, command: str) -> Refused | None:
        """Submitting is dimmed where it is not this person's to do, or done."""
        return self.page.answering.why_not_submit() if command == SUBMIT.id else None

    @runs(SUBMIT)
    def submit(self) -> None:
        """Hand the sheet in, or say what is missing and go there."""
        page = self.page
        if page.items.typed.text is not None:
            page.take()
        left = page.answering.missing()
        if left:
            page.items.go_to(left[0].key)
            key = self.key_of(SKIP)
            raise Refused(LEFT, count=len(left), item=left[0].text(), key=key)
        sheet = page.answering.complete()
        page.say(str)
        page.site_app.make_move(sheet.id, "submit")

    @runs(NEXT, 1)
    @runs(PREVIOUS, -1)
    def show_neighbour(self, by: int) -> None:
        """Show another checklist of today."""
        if self.page.items.typed.text is not None:
            self.page.take(stay=True)
        self.page.show_neighbour(by)

    @runs(NEXT_LEFT)
    def go_to_next(self) -> None:
        """Go to the next item without a result."""
        if self.page.items.current:
            self.go_on(self.page.items.current)

    @runs(RECORD)
    def open_record(self) -> None:
        """Open the sheet's own page."""
        self.page.site_app.open_record(self.page.answering.record().id)

    @runs(KEEP)
    def keep(self) -> None:
        """Ask, and keep this sheet of a round that has several."""
        page, app = self.page, self.page.site_app
        book, sheet = page.answering.book, page.answering.record()
        others = duplicate_rounds.twins(book.store, sheet)
        if not others:
            raise Refused(duplicate_rounds.ALONE, number=sheet.number)
        said = {"number": sheet.number, "others": several(one.number for one in others)}

        def answered(yes: bool | None) -> None:
            if yes:
                duplicate_rounds.keep(book, sheet.id)
                app.tell(say(KEPT, **said))

        app.push_screen(Confirm(say(ASK_KEEP, **said), YES), answered)

    @runs(TASKS)
    def finish_tasks(self) -> None:
        """Choose the planned tasks that this sheet shows as done."""
        shared_tasks_dialog.offer(self.page.site_app, self.page.answering.record())

    def make(self, move: str) -> None:
        """Make a move of the sheet, or say why not."""
        answering = self.page.answering
        record = answering.record()
        chance = next(c for c in answering.book.chances(record) if c.move.id == move)
        if chance.why is not None:
            raise chance.why
        self.page.site_app.make_move(record.id, move)
