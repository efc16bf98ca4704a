"""A measured value that is typed on a checklist and not taken yet is kept as a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.storage.drafts import Drafts, FormDraft
from models.text.words import Refused
from tui.forms.draft_saver import Keeper

if TYPE_CHECKING:
    from models.records.checks.due_rounds import ChecklistRound
    from tui.areas.checks.answering import Marking

KEY = "typed:"
"""How the keys of these drafts begin; the round's key follows."""


class Unentered:
    """The value being typed on one page of questions: kept, and given back when it opens again."""

    def __init__(self, page: Marking, round: ChecklistRound) -> None:
        self.page, self.round = page, round
        self._drafts = Drafts(page.workspace.home)
        self._keeper: Keeper | None = None
        self._noted: tuple[str, str | None] = ("", None)

    @property
    def key(self) -> str:
        """Names the draft."""
        return f"{KEY}{self.round.key}"

    def bring_back(self) -> None:
        """Put what was typed into its row again, as long as the row is there."""
        draft, items = self._drafts.get(self.key), self.page.items
        wanted = str(draft.start.get("question", "")) if draft is not None else ""
        if draft is None or all(one.key != wanted for one in self.page.questions):
            return
        items.go_to(wanted)
        items.typed, items.typed_for = draft.texts.get("reading"), wanted
        self.note()
        self.flush()  # the keeper knows of it now, and will drop it once it is taken

    def note(self) -> None:
        """Something may have been typed or taken: keep it as it is now."""
        items = self.page.items
        now = (items.typed_for, items.typed)
        if now == self._noted:
            return
        self._noted = now
        if self._keeper is None:
            self._keeper = Keeper(self._drafts, self.key, self._draft, self.page, self._fails)
        self._keeper.touch()

    def flush(self) -> None:
        """Keep it now: the app ends."""
        if self._keeper is not None:
            self._keeper.flush()

    def close(self) -> None:
        """The page is left; what is not taken stays as a draft."""
        if self._keeper is not None:
            self._keeper.close(left=False)
            self._keeper = None

    def _draft(self) -> FormDraft | None:
        where, text = self._noted
        if not text:
            return None
        sheet = self.round.sheet
        page = sheet.id if sheet is not None else self.round.key
        return FormDraft(
            key=self.key,
            type="answer",
            texts={"reading": text},
            start={"question": where, "page": page},
            project=self.round.project.id,
        )

    def _fails(self, refused: Refused) -> None:
        self.page.site_app.tell(str(refused), bad=True)
