"""The words that belong to a mark: why an item was skipped, what else there is to say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual import on

from models.records.checks import answering, due_rounds
from models.records.checks.answer import Answer
from models.records.checks.questions import ChecklistQuestion
from models.storage.drafts import Drafts, FormDraft
from models.text.words import Refused, W
from tui.areas.checks import answering as marking
from tui.areas.checks.answering import Marking
from tui.forms.prompt_line import Asked, Keeping
from tui.widgets.commands import Command

NEEDS_VALUE = W(
    "这一项要填测量值：直接输入数字。没有测就按 s 标为未检。",
    "This item takes a measured value: type the number, or s if it was not checked.",
)
WHY = {
    "na": W("不适用的原因", "Why n/a"),
    "unchecked": W("未检的原因", "Why not checked"),
    "ok": W("超限仍正常的原因", "Why ok beyond limits"),
}
REMARK, ANSWER = W("备注", "Remark"), W("结果", "Answer")


COMMANDS = (
    *marking.COMMANDS,
    Command(
        id="check.na",
        word=W("不适用", "N/a"),
        help=W("标为不适用，选择原因", "not applicable, with a reason"),
        keys="a,ctrl+n",
        action="why('na')",
        shown=6,
    ),
    Command(
        id="check.skip",
        word=W("未检", "Not checked"),
        help=W("标为未检，选择原因", "not checked, with a reason"),
        keys="s,ctrl+u",
        action="why('unchecked')",
        shown=7,
    ),
    Command(
        id="check.remark",
        word=W("备注", "Remark"),
        help=W("给这一项写备注", "write a remark on this item"),
        keys="b,ctrl+t",
        action="remark",
        shown=8,
    ),
)


class Wording(Marking):
    """Marks that need words, asked for on the line below."""

    commands: ClassVar[tuple[Command, ...]] = COMMANDS
    _asking: Callable[[str], None] | None = None
    """What is done with the words once they are given."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While words are asked for, nothing else is done to the sheet."""
        asking = self.is_mounted and self.query_one(Asked).display
        if asking and any(command.action.startswith(action) for command in self.commands):
            return False
        return super().check_action(action, parameters)

    def action_ok(self, again: bool = False) -> None:
        """Take what is typed; mark as ok; or, where there is a result, only go on."""
        if self.items.typed is not None:
            self.take()
            return
        here = self.question(self.items.current)
        verdict = here.verdict()
        if here.result is not None and not again:
            self._on(here.key)
        elif here.measured and here.reading is None:
            raise Refused(NEEDS_VALUE)
        elif here.item.answer_kind == "text" and not (here.answer and here.answer.remark):
            self._ask_text(here, ANSWER, {"result": "ok"})
        elif verdict is not None and verdict.where == "out":
            self.action_why("ok")
        else:
            self._mark(here, "ok")

    def action_why(self, result: str) -> None:
        """Ask for the reason of a result, then mark."""
        here = self.question(self.items.current)

        def given(reason: str) -> None:
            self._mark(here, result, reason)

        self._opened(
            lambda: self._ask(here, WHY[result], "reason", given, result, answering.REASONS[result])
        )

    def action_remark(self) -> None:
        """Write a remark on this item."""
        self._ask_text(self.question(self.items.current), REMARK, {})

    def _ask_text(self, here: ChecklistQuestion, label: W, more: dict[str, Any]) -> None:
        def given(text: str) -> None:
            def save(sheet: str) -> Answer:
                return answering.put(self.book, sheet, here, {**more, "remark": text or None})

            self._save(here, save) if more else self._write(save)

        self._opened(lambda: self._ask(here, label, "remark", given))

    def _write(self, save: Callable[[str], Answer]) -> None:
        assert self.round is not None
        with self.book.saving():
            save(due_rounds.begin(self.book, self.round).id)
        self.look()

    def _ask(
        self,
        here: ChecklistQuestion,
        label: W,
        field: str,
        then: Callable[[str], None],
        result: str = "",
        offers: Sequence[W] = (),
    ) -> None:
        self._asking = then
        drafts = Drafts(self.workspace.home)
        kept = drafts.get(here.answer.id) if here.answer is not None else None
        known = getattr(here.answer, field, None) if field == "remark" else None
        text = (kept.values.get(field) if kept is not None else None) or known or ""
        keep = self._keeping(here, field, {"result": result} if result else {})
        asked = self.query_one(Asked)
        asked.ask(label, offers, text=str(text), needed=field != "remark", keep=keep)
        self._bar()

    def _bar(self) -> None:
        """Other keys are shown below now."""
        self.refresh_bindings()
        for bar in self.query("#key-bar"):
            bar.refresh()

    def _keeping(self, here: ChecklistQuestion, field: str, more: dict[str, Any]) -> Keeping:
        """Keeps what is typed as a draft of the answer, which is made for it if need be."""

        def begin() -> tuple[Drafts, str, Callable[[str], FormDraft]]:
            assert self.round is not None
            with self.book.saving():
                sheet = due_rounds.begin(self.book, self.round)
                answer = here.answer or answering.put(self.book, sheet.id, here, {})
            drafts = Drafts(self.workspace.home)

            def draft(text: str) -> FormDraft:
                return FormDraft(
                    key=answer.id,
                    type="answer",
                    record=answer.id,
                    base=answer.dots,
                    values={**more, field: text},
                )

            return drafts, answer.id, draft

        return begin

    @on(Asked.Given)
    def _given(self, event: Asked.Given) -> None:
        event.stop()
        self.items.focus()
        self._bar()
        self.look()
        if self._asking is not None:
            self._asking(event.text)

    @on(Asked.Left)
    def _left(self, event: Asked.Left) -> None:
        event.stop()
        self.items.focus()
        self._bar()
