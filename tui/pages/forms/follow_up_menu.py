"""The menu of follow-ups: what the chosen record may lead to; the form opens pre-filled."""

from __future__ import annotations

from collections import Counter

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical

from models.queries import links
from models.records.common import follow_ups
from models.schema.record import Record, kinds
from models.text.words import Refused, W, say
from tui.display.parts import Span, TextPart
from tui.pages.base import Dialog
from tui.widgets.app_context import AppContext
from tui.widgets.document_view import DocumentView
from tui.widgets.safe_widgets import Tag

TITLE = W("由 {number} 新建", "New from {number}")
THERE = W("已有 {count} 条", "{count} so far")
LEADS_NOWHERE = W(
    "没有什么从{type}新建。要关联，请在新记录中填写 {number}。",
    "Nothing begins from a {type}. Name {number} in the new record to link them.",
)


class FollowUpMenu(Dialog[str]):
    """Answers with the chosen type; a digit chooses it at once."""

    AUTO_FOCUS = "DocumentView"

    def __init__(self, record: Record) -> None:
        super().__init__()
        self.record = record
        self.types = follow_ups.destinations(record.type)

    def body(self) -> ComposeResult:
        """The record's number, and the types."""
        with Vertical(classes="box"):
            yield Tag(lambda: say(TITLE, number=self.record.number), id="title")
            yield DocumentView(id="types")

    def look(self) -> None:
        """Which there are already may have changed."""
        there = Counter(one.type for one in self._linked())
        parts = []
        for at, type in enumerate(self.types, 1):
            spans: list[Span] = [(f"{at}  ", "key"), (str(kinds[type].kind.label), "")]
            if there[type]:
                spans.append(("  " + say(THERE, count=there[type]), "muted"))
            parts.append(TextPart(spans, type))
        self.query_one(DocumentView).look(parts)

    def _linked(self) -> list[Record]:
        return links.linked_to(self.book.store, self.record.id, void=False).records

    @on(DocumentView.Opened)
    def _chosen(self, event: DocumentView.Opened) -> None:
        event.stop()
        self.dismiss(event.id)

    def on_key(self, event: events.Key) -> None:
        """A digit chooses."""
        if event.character and event.character.isdecimal():
            at = int(event.character) - 1
            if 0 <= at < len(self.types):
                event.stop()
                self.dismiss(self.types[at])


def offer_follow_ups(app: AppContext, record: Record) -> None:
    """Ask what to begin from a record and open its form; of one possibility, without asking."""
    types = follow_ups.destinations(record.type)
    if not types:
        raise Refused(LEADS_NOWHERE, type=record.kind.label, number=record.number)

    def chosen(type: str | None) -> None:
        if type is not None:
            values = follow_ups.values(app.workspace.book, record, type)
            app.open_form(type, values, project=record.project)

    if len(types) == 1:
        chosen(types[0])
    else:
        app.push_screen(FollowUpMenu(record), chosen)
