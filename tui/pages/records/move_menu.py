"""The menu of a record's moves: those possible now, then those refused now with the reason why."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical

from models.book.derived_state import shown_state
from models.book.permissions import Chance
from models.schema.record import Record
from models.text.words import W, say, several
from tui.display import move_letters
from tui.display.parts import Span, TextPart
from tui.pages.base import Dialog
from tui.widgets.document_view import DocumentView
from tui.widgets.safe_widgets import Tag

TITLE = W("操作", "Actions")
NOW = W("现为“{state}”", "now: “{state}”")
ELSEWHERE = W("其他状态下可用：{moves}", "In other states: {moves}")


class MoveMenu(Dialog[str]):
    """Answers with the chosen move's id; a digit or the move's own letter chooses it at once."""

    AUTO_FOCUS = "DocumentView"

    def __init__(self, record: Record) -> None:
        super().__init__()
        self.record = record
        self._chances: list[Chance] = []

    def body(self) -> ComposeResult:
        """The record's number, and the moves."""
        with Vertical(classes="box"):
            yield Tag(self._title, id="title")
            yield DocumentView(id="moves")

    def _title(self) -> str:
        state = str(shown_state(self.book.store, self.record).label)
        return f"{self.record.number}  {say(NOW, state=state)}"

    def look(self) -> None:
        """Which moves there are may have changed."""
        self.record = self.book.get(self.record.id)
        every = self.book.chances(self.record)
        self._chances = sorted(every, key=lambda chance: not chance.ok)
        keys = move_letters.letters(self.record.kind)
        here = [one for one in self._chances if self._from_here(one)]
        parts = [self._part(at, one, keys) for at, one in enumerate(here, 1)]
        self.query_one(DocumentView).look([*parts, *self._elsewhere()])
        self.query_one("#title", Tag).refresh(layout=True)

    def _part(self, at: int, chance: Chance, keys: dict[str, str]) -> TextPart:
        letter = keys.get(chance.move.id, "")
        to = self.record.kind.state(chance.move.to).label
        if chance.ok:
            spans: list[Span] = [
                (f"{at} {letter}  ", "key"),
                (str(chance.move.label), ""),
                (f"  > {to}", "muted"),
            ]
            return TextPart(spans, chance.move.id)
        return TextPart(f"{'':5}{chance.move.label}  {chance.why}", style="muted")

    def _from_here(self, chance: Chance) -> bool:
        return chance.ok or self.record.state in chance.move.from_

    def _elsewhere(self) -> list[TextPart]:
        """The moves that begin in other states, in one sentence."""
        others = [str(one.move.label) for one in self._chances if not self._from_here(one)]
        text = say(ELSEWHERE, moves=several(dict.fromkeys(others)))
        return [TextPart(""), TextPart(text, style="muted")] if others else []

    @on(DocumentView.Opened)
    def _chosen(self, event: DocumentView.Opened) -> None:
        event.stop()
        self.dismiss(event.id)

    def on_key(self, event: events.Key) -> None:
        """A digit or a letter chooses a move that is possible."""
        keys = move_letters.letters(self.record.kind)
        for at, chance in enumerate(self._chances, 1):
            if chance.ok and event.character in (str(at), keys.get(chance.move.id)):
                event.stop()
                self.dismiss(chance.move.id)
                return
