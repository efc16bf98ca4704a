"""A checklist sheet: every item on one screen, one key marks an item and goes on to the next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container

from models.book import permissions
from models.records.checks import due_rounds, questions
from models.records.checks.answer import Answer
from models.records.checks.problem_links import led_to
from models.records.checks.sheet import Sheet
from models.storage.drafts import FormDraft
from models.text.words import Refused, W, say
from tui.areas.checks import submission
from tui.areas.checks.checklist_items import ChecklistItems
from tui.areas.checks.question_rows import COLUMNS, Sheets, progress
from tui.areas.checks.round_navigation import RoundNavigation
from tui.areas.checks.submission import NONE, Submitting
from tui.areas.checks.typed_reading import Unentered
from tui.display.values import Values
from tui.forms.prompt_line import Asked
from tui.widgets import move_commands
from tui.widgets.app_context import AppContext
from tui.widgets.commands import bindings, is_letter
from tui.widgets.document_view import DocumentView
from tui.widgets.windowed_list import WindowedList

WIDE = 110
HIGH = 16
TITLE = W("日常检查", "Checklist")
LEFT = W("还有 {count} 项没有结果", "{count} items without a result")
COMPLETE = W("全部有结果，Ctrl+S 提交", "All have a result; Ctrl+S submits")


class ChecklistPage(Submitting):
    """A sheet, or a round not begun yet; without an id the one of today to go on with.

    `id` is a sheet's id or a round's key, `item` the id of the item to begin at.
    """

    commands: ClassVar = submission.COMMANDS
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
        self._shown: Sheets | None = None
        self._fresh = True
        self._unentered: Unentered | None = None

    def heading(self) -> str:
        """Which sheet, how far."""
        round = self.round
        if round is None:
            return str(TITLE)
        done = progress(self.questions)
        sheet = round.sheet
        state = sheet.kind.state(sheet.state).label if sheet is not None and round.done else ""
        # The name of the project goes last: it is what may be cut where the line is short.
        parts = (round.title(), round.span(), done, str(state), round.project.name or "")
        return "  ".join(part for part in parts if part)

    def body(self) -> ComposeResult:
        """The items, what is known about the one under the cursor, and a line for words."""
        self.values = Values(self.workspace)
        with Container(id="sheet"):
            yield ChecklistItems(COLUMNS, id="items", empty=NONE)
            yield DocumentView(focusable=False, id="about")
        yield Asked(id="asked")

    def on_mount(self) -> None:
        """The keys of the page act in the list, in order; a lead's moves have their letters."""
        used = {key for command in self.commands for key in command.all_keys}
        made = [b for b in bindings(move_commands.commands(Sheet.kind)) if b.key not in used]
        for binding in made:
            self._bindings.key_to_bindings.setdefault(binding.key, []).append(binding)
        self.items.keys = self._keys(made)
        self.set_timer(0.5, self._warm)

    def _warm(self) -> None:
        """Load aside what the first mark needs, so that it need not wait."""
        from models.schema import validation

        self.run_worker(lambda: validation.model_of(Answer), thread=True, group="warm")

    def _keys(self, made: list[Binding]) -> Mapping[str, str]:
        letters = self.workspace.settings.letters
        pairs = [(key, command.action) for command in self.commands for key in command.all_keys]
        pairs += [(binding.key, binding.action) for binding in made]
        return {key: action for key, action in pairs if letters or not is_letter(key)}

    def begin_anew(self) -> None:
        """Another sheet is shown: the cursor begins at its first question without a result."""
        self.on_unmount()
        self._fresh, self._item = True, None

    def keep_draft(self) -> None:
        """The app ends: keep the value being typed, now."""
        if self._unentered is not None:
            self._unentered.flush()

    def on_unmount(self) -> None:
        """Leaving never asks: a value not taken yet is on the disk."""
        if self._unentered is not None:
            self._unentered.close()
            self._unentered = None

    # -- reading -------------------------------------------------------------------------------

    def look(self) -> None:
        """Read the sheet again."""
        self.values.forget()
        finding = RoundNavigation(self.workspace)
        known = self.round
        self.round = (
            finding.round(self._id) if known is None else due_rounds.again(self.book, known)
        )
        if self.round is None:
            return
        store, sheet = self.book.store, self.round.sheet
        template = self.round.template.id
        self.questions = questions.questions(store, template, self.round.project.id, sheet)
        earlier = due_rounds.earlier(store, self.round, self.book.zone)
        readings = questions.readings(store, earlier)
        led = led_to(store, [q.answer.id for q in self.questions if q.answer is not None])
        back = due_rounds.sent_back(store, sheet) if sheet is not None else None
        self._shown = Sheets(self.questions, readings, led, back, self.values)
        self._show()
        if self._fresh:
            self._fresh = False
            self._begin()
            self._unentered = Unentered(self, self.round)
            self._unentered.bring_back()
            self._show()

    def _begin(self) -> None:
        """The cursor begins where it was asked for, else at the first without a result."""
        wanted = [q for q in self.questions if self._item and q.item.id == self._item]
        wanted += [q for q in self.questions if q.result is None]
        if wanted:
            self.items.go_to(wanted[0].key)

    def _show(self) -> None:
        assert self._shown is not None
        items = self.items
        if self._unentered is not None:
            self._unentered.note()
        typed = {items.typed_for: items.typed} if items.typed is not None else {}
        listed = list(self._shown.rows(typed))
        if len(listed) == len(items.rows):
            items.redraw(listed, *(row.id for row in listed if row not in items.rows))
        else:
            items.show(listed)
        items.note = self._note
        self._about()

    def _note(self) -> str:
        """What the foot says: what the last mark came to, else how much is left."""
        sheet = self.round.sheet if self.round is not None else None
        if told := self.said():
            return told
        if sheet is not None and permissions.closed_by(sheet) is not None:
            return str(sheet.kind.state(sheet.state).label)
        left = sum(question.result is None for question in self.questions)
        return say(LEFT, count=left) if left else str(COMPLETE) if self.questions else ""

    def _about(self) -> None:
        key = self.items.current
        here = next((one for one in self.questions if one.key == key), None)
        typed = self.items.typed if key == self.items.typed_for else None
        parts = self._shown.about(here, typed) if self._shown is not None and here else []
        self.query_one("#about", DocumentView).look(parts, top=True)

    @on(WindowedList.Highlighted)
    def _highlighted(self, event: WindowedList.Highlighted) -> None:
        event.stop()
        items = self.items
        if items.typed is not None and items.current != items.typed_for:
            try:  # by the mouse: as in a spreadsheet, leaving a cell takes what was typed
                self.take(stay=True)
            except Refused:
                items.go_to(items.typed_for)
                raise
        self._about()

    @on(ChecklistItems.Typed)
    def _typed(self) -> None:
        self._show()

    @on(WindowedList.Opened)
    def _double(self, event: WindowedList.Opened) -> None:
        event.stop()
        self.action_remark()


def page_of(draft: FormDraft) -> ChecklistPage:
    """The checklist on which a value that was being typed goes on."""
    item = str(draft.start.get("question", "")).partition("/")[0]
    return ChecklistPage(str(draft.start.get("page", "")), item)


def sheet_page(app: AppContext, id: str) -> ChecklistPage:  # noqa: ARG001
    """The page of a sheet, or of a round that is not begun."""
    return ChecklistPage(id)


def answer_page(app: AppContext, id: str) -> ChecklistPage:
    """The page of an answer's sheet, at its item."""
    answer = app.workspace.book.get(id).values()
    return ChecklistPage(str(answer["sheet"]), str(answer["item"]))
