"""Answering: what one key does to an item of a checklist; each mark is one durable save."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar, NamedTuple

from models.book import permissions
from models.records.checks import answering, due_rounds
from models.records.checks.answer import Answer
from models.records.checks.due_rounds import ChecklistRound
from models.records.checks.limits import Verdict
from models.records.checks.questions import ChecklistQuestion
from models.text.words import Refused, W, say
from tui.areas.checks.checklist_items import ChecklistItems
from tui.pages.base import Page
from tui.widgets.commands import Command

NOTHING_HERE = W("光标下没有检查项。", "There is no item under the cursor.")
REOPEN = W("{why} 现在就“{move}”并修改？", "{why} Do “{move}” now and edit?")
FAILED = W("{item}：异常。f 处置  r 升级", "{item}: not ok. f fix  r escalate")
OUT = W(
    "{item}：{verdict}，已标异常。f 处置  r 升级", "{item}: {verdict}, not ok. f fix  r escalate"
)
TAKEN_BACK = W("已撤销：{item}", "Undone: {item}")

COMMANDS = (
    Command(
        id="check.not_ok",
        word=W("异常", "Not ok"),
        help=W("标为异常，到下一项", "not ok, and on to the next item"),
        keys="x,f7",
        action="result('not_ok')",
        shown=2,
    ),
    Command(
        id="check.undo",
        word=W("撤销", "Undo"),
        help=W("撤销上一次标记", "take back the last mark"),
        keys="u,ctrl+z",
        action="undo",
    ),
)


class MarkBefore(NamedTuple):
    """What an answer was before a mark."""

    key: str
    values: dict[str, Any]


class Marking(Page):
    """A page of questions that are marked one by one; each mark is one durable save."""

    commands: ClassVar[tuple[Command, ...]] = COMMANDS

    def __init__(self) -> None:
        super().__init__()
        self.round: ChecklistRound | None = None
        self.questions: Sequence[ChecklistQuestion] = ()
        self.said: Callable[[], str] = str
        """What the last mark came to."""
        self._failed = ""
        """The question marked not ok last, by its key."""
        self._marked: list[MarkBefore] = []

    @property
    def items(self) -> ChecklistItems:
        """The list."""
        return self.query_one(ChecklistItems)

    def question(self, key: str | None) -> ChecklistQuestion:
        """A question by its key. Raises `Refused` when there is none."""
        found = next((one for one in self.questions if one.key == key), None)
        if found is None:
            raise Refused(NOTHING_HERE)
        return found

    # -- marks ---------------------------------------------------------------------------------

    def action_result(self, result: str) -> None:
        """Mark, with the value that is typed."""
        self._mark(self.question(self.items.current), result)

    def action_take(self) -> None:
        """Take the value being typed and stay: the key that follows moves the cursor."""
        self.take(stay=True)

    def take(self, *, stay: bool = False) -> None:
        """Take the value being typed, for the question it was typed for."""
        items = self.items
        here, text = self.question(items.typed_for), items.typed or ""

        def save(sheet: str) -> Answer:
            taken = answering.measure(self.book, sheet, here, text)
            items.forget()
            return taken

        self._save(here, save, stay=stay)

    def _mark(self, here: ChecklistQuestion, result: str, reason: str | None = None) -> None:
        reading = here.reading
        if self.items.typed is not None and self.items.typed_for == here.key:
            from models.schema.validation import canonical_number

            reading = canonical_number(self.items.typed) or reading
            self.items.forget()

        def save(sheet: str) -> Answer:
            return answering.mark(self.book, sheet, here, result, reading=reading, reason=reason)

        self._save(here, save)

    def _save(
        self, here: ChecklistQuestion, save: Callable[[str], Answer], *, stay: bool = False
    ) -> None:
        """One durable save, the sheet's beginning with the first; then on to the next."""

        def done() -> None:
            assert self.round is not None
            with self.book.saving():
                answer = save(due_rounds.begin(self.book, self.round).id)
            names = ("result", "reading", "reason")
            self._marked.append(
                MarkBefore(here.key, {n: getattr(here.answer, n, None) for n in names})
            )
            self._failed = here.key if answer.result == "not_ok" else ""
            verdict = here.verdict(answer.reading) if answer.reading else None
            out = verdict is not None and verdict.where == "out"
            word = (OUT if out else FAILED) if self._failed else None
            self.said = partial(_told, word, here, verdict) if word else str
            if here.key == self.items.current and not stay:
                self._on(here.key)
            self.look()

        self._opened(done)

    def _opened(self, then: Callable[[], None]) -> None:
        """Do it, once the sheet takes changes: one that was handed in asks to be reopened."""
        sheet = self.round.sheet if self.round is not None else None
        why = permissions.closed_by(sheet) if sheet is not None else None
        if sheet is None or why is None:
            then()
            return
        way = sheet.kind.state(sheet.state).reopen
        chance = next((one for one in self.book.chances(sheet) if one.move.id == way), None)
        if chance is None or not chance.ok:
            raise why
        from tui.pages.dialogs.confirm import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                self.book.move(sheet.id, way)
                self.look()
                then()

        question = say(REOPEN, why=why, move=chance.move.label)
        self.app.push_screen(Confirm(question, chance.move.label), answered)

    def _on(self, key: str) -> None:
        """To the next question without a result, from the beginning again after the last."""
        keys = [one.key for one in self.questions]
        at = keys.index(key)
        order = [*self.questions[at + 1 :], *self.questions[:at]]
        left = next((one for one in order if one.result is None), None)
        if left is not None:
            self.items.go_to(left.key)
        elif at + 1 < len(keys):
            self.items.go_to(keys[at + 1])

    def action_undo(self) -> None:
        """Take back the last mark made here; after those, the last change anywhere."""
        if not self._marked:
            self.site_app.action_undo()
            return
        before = self._marked.pop()

        def back() -> None:
            here = self.question(before.key)
            if here.answer is not None:
                answering.put(self.book, here.answer.sheet or "", here, before.values)
            self.said, self._failed = partial(_told, TAKEN_BACK, here), ""
            self.items.forget()
            self.look()
            self.items.go_to(before.key)

        self._opened(back)


def _told(word: W, here: ChecklistQuestion, verdict: Verdict | None = None) -> str:
    """What a mark came to, in the language of now."""
    return say(word, item=here.text(), verdict=verdict)
