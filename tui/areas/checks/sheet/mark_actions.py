"""Mark actions: the keys that answer the question under the cursor, and take answers back."""

from __future__ import annotations

from collections.abc import Callable

from models.records.checks.questions import ChecklistQuestion
from models.storage.drafts import Drafts
from models.text.words import W
from tui.areas.checks.sheet.checklist_items import MAKE_OK, OK
from tui.areas.checks.sheet.reason_prompt import WordsWanted
from tui.areas.checks.sheet.sheet_answering import Marked
from tui.areas.checks.sheet.sheet_group import SheetGroup, SheetPage
from tui.pages.dialogs.confirm import Confirm
from tui.widgets.action_group import runs
from tui.widgets.commands import Command

NEXT = W("下一项", "Next")
TYPE_VALUE = W("先键入数值", "Type a value first")
WRITE_WORDS = W("填写文字", "Write")

NOT_OK = Command(
    id="check.not_ok",
    word=W("异常", "Not ok"),
    help=W("标为异常，到下一项", "mark not OK and go on"),
    keys="x,f7",
    shown=2,
)
UNDO = Command(
    id="check.undo",
    word=W("撤销", "Undo"),
    help=W("撤销上一次标记", "undo the last result"),
    keys="u,ctrl+z",
)
NOT_APPLICABLE = Command(
    id="check.na",
    word=W("不适用", "N/a"),
    help=W("标为不适用，选择原因", "not applicable, with a reason"),
    keys="a,ctrl+n",
    shown=6,
)
SKIP = Command(
    id="check.skip",
    word=W("未检", "Not checked"),
    help=W("标为未检，选择原因", "not checked, with a reason"),
    keys="s,ctrl+u",
    shown=7,
)
REMARK = Command(
    id="check.remark",
    word=W("备注", "Remark"),
    help=W("给这一项写备注", "write a remark on this item"),
    keys="b,ctrl+t",
    shown=8,
)


class MarkActions(SheetGroup):
    """Answers for the question under the cursor."""

    def __init__(self, page: SheetPage) -> None:
        super().__init__(page)
        self.add(OK, MarkActions.ok)  # the keys of these two are bound by the list
        self.add(MAKE_OK, MarkActions.ok, True)

    def word(self, command: str) -> W | None:
        """Enter is called what it does to this question: ask its value or words, or go on."""
        if command != OK.id or self.page.items.typed.text is not None:
            return None
        here = self.page.answering.find(self.page.items.current)
        if here is None:
            return None
        if here.result is not None:
            return NEXT
        if here.measured and here.reading is None:
            return TYPE_VALUE
        return WRITE_WORDS if here.item.answer_kind == "text" else None

    def here(self) -> ChecklistQuestion:
        """The question under the cursor. Raises `Refused` when there is none."""
        return self.page.answering.question(self.page.items.current)

    @runs(NOT_OK, "not_ok")
    def mark(self, result: str) -> None:
        """Mark, with the value that is being typed."""
        self._mark(self.here(), result)

    @runs(UNDO)
    def undo(self) -> None:
        """Take back the last answer made here; after those, what else was saved."""
        if self.page.answering.can_undo:
            self._when_open(self._undo)
        else:
            self.page.site_app.action_undo()

    @runs(NOT_APPLICABLE, "na")
    @runs(SKIP, "unchecked")
    def ask_reason(self, result: str) -> None:
        """Ask for the reason of a result, then mark."""
        self._ask(WordsWanted(self.here(), "reason", result))

    @runs(REMARK)
    def ask_remark(self) -> None:
        """Ask for a remark on the item."""
        self._ask(WordsWanted(self.here(), "remark"))

    def ok(self, again: bool = False) -> None:
        """Take the value being typed; mark as ok; or, where there is a result, only go on."""
        if self.page.items.typed.text is not None:
            self.page.take()
            return
        here = self.here()
        if here.result is not None and not again:
            self.go_on(here.key)
            return
        needed = self.page.answering.needed_for_ok(here)
        if needed == "words":
            self._ask(WordsWanted(here, "remark", "ok"))
        elif needed == "reason":
            self._ask(WordsWanted(here, "reason", "ok"))
        else:
            self._mark(here, "ok")

    def take(self, *, stay: bool) -> None:
        """Save the value being typed, for the question it is typed for."""
        typed = self.page.items.typed
        here, text = self.page.answering.question(typed.question), typed.text or ""

        def save() -> Marked:
            marked = self.page.answering.measure(here, text)
            typed.forget()
            return marked

        self._save(here, save, stay=stay)

    def words_given(self, text: str) -> None:
        """Save the words that were asked for last."""
        wanted, answering = self.page.prompt.wanted, self.page.answering
        if wanted is None:
            return
        here = wanted.question
        if wanted.field == "reason":
            self._mark(here, wanted.result, text)
        elif wanted.result:
            self._save(here, lambda: answering.put_words(here, text))
        else:
            answering.put_remark(here, text)
            self.page.look()

    def _mark(self, here: ChecklistQuestion, result: str, reason: str | None = None) -> None:
        answering, typed = self.page.answering, self.page.items.typed
        text = typed.of(here.key)

        def save() -> Marked:
            marked = answering.mark(here, result, typed=text, reason=reason)
            if text is not None:
                typed.forget()
            return marked

        self._save(here, save)

    def _save(
        self, here: ChecklistQuestion, save: Callable[[], Marked], *, stay: bool = False
    ) -> None:
        """Save one answer, say what it came to, and go on once it has a result."""

        def do() -> None:
            marked = save()
            self.page.say(marked.text)
            given = marked.answer.result is not None
            if here.key == self.page.items.current and given and not stay:
                self.go_on(here.key)
            self.page.look()

        self._when_open(do)

    def _undo(self) -> None:
        answering = self.page.answering
        here, saved = answering.last
        undone = self.page.site_app.taken_back(saved, here.text(), answering.undo)
        self.page.say(undone.text)
        self.page.items.typed.forget()
        self.page.look()
        self.page.items.go_to(undone.question.key)

    def _ask(self, wanted: WordsWanted) -> None:
        """Ask for words; what is typed is kept as a draft of the answer."""

        def do() -> None:
            begin = self.page.answering.begun_answer
            drafts = Drafts(self.page.workspace.home)
            self.page.prompt.ask_for(wanted, drafts, lambda: begin(wanted.question))
            self.page.show_keys()

        self._when_open(do)

    def _when_open(self, then: Callable[[], None]) -> None:
        """Do it, once the sheet takes changes: a submitted one asks to be reopened."""
        needed = self.page.answering.reopening()
        if needed is None:
            then()
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self.page.answering.reopen()
                self.page.look()
                then()

        self.page.site_app.push_screen(Confirm(needed.text(), needed.move.label), answered)
