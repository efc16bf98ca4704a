"""Reason prompt: the line that asks for the words of one answer: a reason, a remark, a result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from models.records.checks import answering
from models.records.checks.answer import Answer
from models.records.checks.questions import ChecklistQuestion
from models.storage.drafts import Drafts, FormDraft
from models.text.words import W
from tui.forms.prompt_line import Keeping, PromptLine

WHY = {
    "na": W("不适用的原因", "Why n/a"),
    "unchecked": W("未检的原因", "Why not checked"),
    "ok": W("超限仍正常的原因", "Why ok beyond limits"),
}
KEY = "words"
"""How the keys of these drafts begin."""
REMARK, ANSWER = W("备注", "Remark"), W("结果", "Answer")


class WordsWanted(NamedTuple):
    """What is asked about a question: a remark, or the reason or the words of a result."""

    question: ChecklistQuestion
    field: Literal["reason", "remark"]
    result: str = ""
    """The result that the words belong to; '' for a remark alone."""

    @property
    def label(self) -> W:
        """What the line asks for."""
        if self.field == "reason":
            return WHY[self.result]
        return ANSWER if self.result else REMARK

    def key(self, answer: Answer) -> str:
        """Names the draft: two questions about one item have a draft each."""
        return ":".join([KEY, answer.id, self.field, self.result])

    def draft(self, answer: Answer, text: str) -> FormDraft:
        """Words that are not saved yet, as a draft that the answer's form continues."""
        result = {"result": self.result} if self.field == "reason" else {}
        return FormDraft(
            key=self.key(answer),
            type="answer",
            record=answer.id,
            base=answer.dots,
            values={**result, self.field: text},
        )


class ReasonPrompt(PromptLine):
    """Asks for the words of one answer; `Given` and `Left` say what became of it."""

    wanted: WordsWanted | None = None
    """What was asked last."""

    def ask_for(self, wanted: WordsWanted, drafts: Drafts, begin: Callable[[], Answer]) -> None:
        """Ask, beginning with what was typed before; `begin` makes the answer a draft needs."""
        self.wanted = wanted
        answer, reason = wanted.question.answer, wanted.field == "reason"
        draft = drafts.get(wanted.key(answer)) if answer is not None else None
        typed = draft.values.get(wanted.field) if draft is not None else None
        saved = answer.remark if answer is not None and not reason else None
        self.ask(
            wanted.label,
            answering.REASONS[wanted.result] if reason else (),
            text=str(typed or saved or ""),
            needed=reason,
            keep=_keeping(wanted, drafts, begin),
            found=draft,
        )


def _keeping(wanted: WordsWanted, drafts: Drafts, begin: Callable[[], Answer]) -> Keeping:
    """Keeps what is typed as a draft of the answer."""

    def keep() -> tuple[Drafts, str, Callable[[str], FormDraft]]:
        answer = begin()
        return drafts, wanted.key(answer), lambda text: wanted.draft(answer, text)

    return keep
