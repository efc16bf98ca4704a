"""Reading draft: a measured value that is typed and not saved yet, as a draft on the disk."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from models.storage.drafts import Drafts, FormDraft
from models.text.words import Refused
from tui.forms.draft_saver import DraftSaver

if TYPE_CHECKING:
    from textual.message_pump import MessagePump

    from models.records.checks.rounds.round_plan import ChecklistRound
    from tui.areas.checks.sheet.typed_reading import TypedReading

KEY = "typed:"
"""How the keys of these drafts begin; the round's key follows."""


class ReadingDraft:
    """The draft of the value being typed on one round, written by a saver of the page `node`."""

    def __init__(
        self,
        typed: TypedReading,
        round: ChecklistRound,
        drafts: Drafts,
        node: MessagePump,
        fail: Callable[[Refused], None],
    ) -> None:
        self._typed, self._round, self._drafts = typed, round, drafts
        self._node, self._fail = node, fail
        self._saver: DraftSaver | None = None
        self._noted: tuple[str, str | None] = ("", None)

    @property
    def key(self) -> str:
        """The draft's key."""
        return f"{KEY}{self._round.key}"

    def bring_back(self, questions: Collection[str]) -> str | None:
        """Type again what the draft holds, if its question is one of these; returns which."""
        draft = self._drafts.get(self.key)
        question = str(draft.start.get("question", "")) if draft is not None else ""
        if draft is None or question not in questions:
            return None
        self._typed.begin(question, draft.texts.get("reading"))
        self.note()
        if self._saver is not None:
            self._saver.take_over(draft)  # it is dropped once the value is saved
        return question

    def note(self) -> None:
        """Write the draft soon, if the value has changed."""
        now = (self._typed.question, self._typed.text)
        if now == self._noted:
            return
        self._noted = now
        if self._saver is None:
            self._saver = DraftSaver(self._drafts, self.key, self._draft, self._node, self._fail)
        self._saver.touch()

    def flush(self) -> None:
        """Write the draft now: the app ends."""
        if self._saver is not None:
            self._saver.flush()

    def close(self) -> None:
        """The page is left; a value that is not saved stays as a draft."""
        if self._saver is not None:
            self._saver.close(left=False)
            self._saver = None

    def _draft(self) -> FormDraft | None:
        question, text = self._noted
        if not text:
            return None
        sheet = self._round.sheet
        page = sheet.id if sheet is not None else self._round.key
        return FormDraft(
            key=self.key,
            type="answer",
            texts={"reading": text},
            start={"question": question, "page": page},
            project=self._round.project.id,
        )
