"""A checklist sheet: every item on one screen, one key marks an item and goes on to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container

from models.records.checks import questions, shared_tasks
from models.records.checks.answer import Answer
from models.records.checks.problem_links import led_to
from models.records.checks.rounds import due_rounds, duplicate_rounds
from models.records.checks.sheet import Sheet
from models.schema import validation
from models.schema.record import Record
from models.storage.drafts import Drafts, FormDraft
from models.text.words import Refused, W, say
from tui.areas.checks.round_navigation import RoundNavigation
from tui.areas.checks.sheet.checklist_items import ChecklistItems, ReadingTyped
from tui.areas.checks.sheet.mark_actions import MarkActions
from tui.areas.checks.sheet.problem_actions import ProblemActions
from tui.areas.checks.sheet.question_rows import COLUMNS, QuestionRows, progress
from tui.areas.checks.sheet.reading_draft import ReadingDraft
from tui.areas.checks.sheet.reason_prompt import ReasonPrompt
from tui.areas.checks.sheet.sheet_actions import TASKS, SheetActions
from tui.areas.checks.sheet.sheet_answering import NONE_DUE, SheetAnswering
from tui.display.values import Values
from tui.forms.prompt_line import PromptLine
from tui.pages.base import Page
from tui.pages.records.move_commands import add_moves
from tui.widgets.app_context import AppContext
from tui.widgets.commands import Command, is_letter
from tui.widgets.document_view import DocumentView
from tui.widgets.windowed_list import WindowedList

WIDE = 110
HIGH = 16
TWICE = W("重复的轮次（e 保留这一份）", "duplicate round (e keeps this one)")
TITLE = W("日常检查", "Checklist")
LEFT = W("还有 {count} 项没有结果", "{count} items without a result")
TYPING = W(
    "正在输入读数：回车记下，Esc 放弃，再按 Esc 返回",
    "A reading: Enter takes it, Esc drops it, Esc again goes back",
)
FOR_TASKS = W(
    "{state}，{count} 项计划任务待登记，按 {key}",
    "{state}; {key} records {count} planned tasks as done",
)
COMPLETE = W("全部有结果，Ctrl+S 提交", "All have a result; Ctrl+S submits")


class ChecklistPage(Page):
    """A sheet, or a round not started yet; without an id the one of today to go on with.

    `id` is a sheet's id or a round's key, `item` the id of the item to begin at.
    """

    actions: ClassVar = (MarkActions, ProblemActions, SheetActions)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (HIGH, "-high")]
    AUTO_FOCUS = "ChecklistItems"
    DEFAULT_CSS = """
    ChecklistPage {
        & #sheet { height: 1fr; }
        & #items { width: 1fr; height: 1fr; }
        & #about { height: auto; max-height: 7; background: $panel; }
        &.-low #about { display: none; }
        &.-wide #sheet { layout: horizontal; }
        &.-wide #items { width: 1fr; }
        &.-wide #about { display: block; width: 42; height: 1fr; max-height: 100%; }
    }
    """

    def __init__(self, id: str | None = None, item: str | None = None) -> None:
        super().__init__()
        self._id, self._item = id, item
        self._answering: SheetAnswering | None = None
        self._rows: QuestionRows | None = None
        self._draft: ReadingDraft | None = None
        self._outcome: Callable[[], str] = str
        self._tasks = 0

    @property
    def answering(self) -> SheetAnswering:
        """The answers of the sheet that is shown; before one is read, of none."""
        if self._answering is None:
            self._answering = SheetAnswering(self.book)
        return self._answering

    @property
    def items(self) -> ChecklistItems:
        """The list of the questions."""
        return self.query_one(ChecklistItems)

    @property
    def prompt(self) -> ReasonPrompt:
        """The line that asks for words."""
        return self.query_one(ReasonPrompt)

    @property
    def asking(self) -> bool:
        """Whether words are being asked for."""
        return self.is_mounted and self.prompt.display

    def heading(self) -> str:
        """Which sheet, how far."""
        round = self.answering.round
        if round is None:
            return str(TITLE)
        done = progress(self.answering.questions)
        sheet = round.sheet
        state = sheet.kind.state(sheet.state).label if sheet is not None and round.done else ""
        # The name of the project goes last: it is what may be cut where the line is short.
        twice = sheet is not None and duplicate_rounds.twins(self.book.store, sheet)
        mark = str(TWICE) if twice else ""
        parts = (round.title(), round.span(), done, str(state), mark, round.project.name or "")
        return "  ".join(part for part in parts if part)

    def project_here(self) -> str:
        """The project of the checklist."""
        round = self.answering.round
        return round.project.id if round is not None else ""

    def is_in_view(self, record: Record) -> bool:
        """The sheet and its answers."""
        sheet = self.answering.sheet
        return sheet is not None and sheet.id in (record.id, *record.values().values())

    def body(self) -> ComposeResult:
        """The items, what is known about the one under the cursor, and a line for words."""
        self.values = Values(self.workspace)
        with Container(id="sheet"):
            yield ChecklistItems(COLUMNS, id="items", empty=NONE_DUE)
            yield DocumentView(focusable=False, id="about")
        yield ReasonPrompt(id="asked")

    def on_mount(self) -> None:
        """The keys of the page act in the list, in order; a lead's moves have their letters."""
        group = self.group(SheetActions)
        moves = add_moves(group, Sheet.kind, SheetActions.make, self.used_keys)
        self.bind_commands(moves)
        self.items.keys = self._keys([*self.every_command(), *moves])
        self.set_timer(0.5, self._warm)

    def _warm(self) -> None:
        """Load in a thread what the first mark needs, so that it need not wait."""
        self.run_worker(lambda: validation.model_of(Answer), thread=True, group="warm")

    def _keys(self, commands: list[Command]) -> Mapping[str, str]:
        letters = self.workspace.settings.letters
        pairs = [(key, command.action) for command in commands for key in command.all_keys]
        return {key: action for key, action in pairs if letters or not is_letter(key)}

    def keep_draft(self) -> None:
        """The app ends: keep the value being typed, now."""
        if self._draft is not None:
            self._draft.flush()

    def on_unmount(self) -> None:
        """Leaving never asks: a value that is not saved stays as a draft."""
        if self._draft is not None:
            self._draft.close()
            self._draft = None

    # -- reading -------------------------------------------------------------------------------

    def look(self) -> None:
        """Read the sheet again."""
        self.values.forget()
        fresh = self._draft is None
        if self.answering.round is None:
            found = RoundNavigation(self.book).round(self._id)
            self._answering = SheetAnswering(self.book, found)
        self.answering.read()
        if self.answering.round is None:
            return
        sheet = self.answering.sheet
        submitted = sheet is not None and self.answering.closed and sheet.void is None
        self._tasks = len(shared_tasks.open_tasks(self.book, sheet)) if sheet and submitted else 0
        self._rows = self._read_rows()
        self._show()
        if fresh:
            self._begin()

    def _read_rows(self) -> QuestionRows:
        """The questions as rows, with earlier readings and what each answer led to."""
        round, asked, store = self.answering.round, self.answering.questions, self.book.store
        assert round is not None
        earlier = due_rounds.earlier(store, round, self.book.zone)
        readings = questions.readings(store, earlier)
        led = led_to(store, [one.answer.id for one in asked if one.answer is not None])
        back = due_rounds.sent_back(store, round.sheet) if round.sheet is not None else None
        return QuestionRows(asked, readings, led, back, self.values)

    def _begin(self) -> None:
        """Put the cursor where it was asked for, else on the first question without a result; a
        value that was being typed is typed again."""
        answering = self.answering
        wanted = [q for q in answering.questions if self._item and q.item.id == self._item]
        wanted += answering.missing()
        if wanted:
            self.items.go_to(wanted[0].key)
        assert answering.round is not None
        self._draft = ReadingDraft(
            self.items.typed, answering.round, Drafts(self.workspace.home), self, self._disk_fails
        )
        typed = self._draft.bring_back(answering.keys)
        if typed is not None:
            self.items.go_to(typed)
        self._show()

    def _disk_fails(self, refused: Refused) -> None:
        self.site_app.tell(str(refused), bad=True)

    def _show(self) -> None:
        assert self._rows is not None
        items, typed = self.items, self.items.typed
        if self._draft is not None:
            self._draft.note()
        listed = list(self._rows.rows(typed))
        if len(listed) == len(items.rows):
            changed = (row.id for row in listed if row not in items.rows)
            items.redraw(listed, *changed, typed.question)
        else:
            items.show(listed)
        items.note = self._note
        self._show_about()

    def _note(self) -> str:
        """The note in the foot: how to go on while a value is typed, since a digit may have been
        meant for another page; else what the last command did, or how much is left."""
        if self.items.typed.text is not None:
            return str(TYPING)
        if outcome := self._outcome():
            return outcome
        sheet = self.answering.sheet
        if sheet is not None and self.answering.closed:
            state = sheet.kind.state(sheet.state).label
            key = self.group(SheetActions).key_of(TASKS)
            told = say(FOR_TASKS, state=state, count=self._tasks, key=key)
            return told if self._tasks else str(state)
        left = len(self.answering.missing())
        return say(LEFT, count=left) if left else str(COMPLETE) if self.answering.questions else ""

    def _show_about(self) -> None:
        """Show all that is known about the question under the cursor."""
        key = self.items.current
        here = next((one for one in self.answering.questions if one.key == key), None)
        typed = self.items.typed.of(key)
        parts = self._rows.about(here, typed) if self._rows is not None and here else []
        self.query_one("#about", DocumentView).look(parts, top=True)

    @on(WindowedList.Highlighted)
    def _highlighted(self, event: WindowedList.Highlighted) -> None:
        event.stop()
        self.say_keys()
        typed = self.items.typed
        if typed.text is not None and self.items.current != typed.question:
            try:  # by the mouse: as in a spreadsheet, leaving a cell takes what was typed
                self.take(stay=True)
            except Refused:
                self.items.go_to(typed.question)
                raise
        self._show_about()

    @on(ReadingTyped)
    def _typed(self, event: ReadingTyped) -> None:
        self._show()
        self.say_keys()
        if event.refused is not None:
            raise event.refused

    @on(WindowedList.Opened)
    def _double_clicked(self, event: WindowedList.Opened) -> None:
        event.stop()
        self.group(MarkActions).ask_remark()

    @on(PromptLine.Given)
    def _words_given(self, event: PromptLine.Given) -> None:
        event.stop()
        self.items.focus()
        self.show_keys()
        self.look()
        self.group(MarkActions).words_given(event.text)

    @on(PromptLine.Left)
    def _words_left(self, event: PromptLine.Left) -> None:
        event.stop()
        self.items.focus()
        self.show_keys()

    # -- for the actions -----------------------------------------------------------------------

    def say(self, outcome: Callable[[], str]) -> None:
        """Say in the foot of the list what a command did."""
        self._outcome = outcome

    def take(self, *, stay: bool = False) -> None:
        """Save the value being typed; the cursor goes on, or stays."""
        self.group(MarkActions).take(stay=stay)

    def action_take(self) -> None:
        """Save the value being typed and stay: the key that follows moves the cursor."""
        self.take(stay=True)

    def show_neighbour(self, by: int) -> None:
        """Show another checklist of today, from its first question without a result."""
        found = RoundNavigation(self.book).neighbour(self.answering.round, by)
        self._answering = SheetAnswering(self.book, found)
        self._item = None
        self.say(str)
        self.on_unmount()
        self.look_again()

    def show_keys(self) -> None:
        """Show the keys that work now in the key bar."""
        self.refresh_bindings()
        self.say_keys()


def page_of(draft: FormDraft) -> ChecklistPage:
    """The checklist of a draft: the value that was being typed is typed there again."""
    item = str(draft.start.get("question", "")).partition("/")[0]
    return ChecklistPage(str(draft.start.get("page", "")), item)


def sheet_page(app: AppContext, id: str) -> ChecklistPage:  # noqa: ARG001
    """The page of a sheet, or of a round that is not started."""
    return ChecklistPage(id)


def answer_page(app: AppContext, id: str) -> ChecklistPage:
    """The page of an answer's sheet, at its item."""
    answer = app.workspace.book.get(id).values()
    return ChecklistPage(str(answer["sheet"]), str(answer["item"]))
