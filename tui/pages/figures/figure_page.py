"""One figure: its value, formula and version, and the records that it counts."""

from __future__ import annotations

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult

from models.book.derived_state import StateView
from models.derived import figures
from models.derived.figures import NOT_ASSESSABLE, Figure, Scope
from models.storage import rows
from models.text.words import W, say
from tui.display.parts import Span, TextPart
from tui.display.values import Values, named
from tui.display.views import figure_text
from tui.pages.base import Page
from tui.widgets.document_view import DocumentView

TITLE = W("{label}  {scope}", "{label}  {scope}")
VALUE, FORMULA, CASES = W("值", "Value"), W("算法", "Formula"), W("件数", "Cases")
BEHIND = W("所据记录  {n}", "Records behind: {n}")
NO_RECORDS = W("没有记录", "no records")
AWAY = W("（另有 {n} 条不在本机）", "({n} more are not on this device)")
MORE = W("另有 {n} 条", "{n} more")
MOST = 500
"""Records that are listed; the others are counted."""


class FigurePage(Page):
    """A figure of a scope; Enter opens a record behind it."""

    AUTO_FOCUS = "DocumentView"

    def __init__(self, scope: Scope, name: str, of: str) -> None:
        super().__init__()
        self.scope, self.figure, self.of = scope, name, of

    def heading(self) -> str:
        """Which figure of what."""
        return say(TITLE, label=figures.kind_of(self.figure).label, scope=self.of)

    def body(self) -> ComposeResult:
        """One leaf."""
        yield DocumentView(id="figure")

    def look(self) -> None:
        """Calculate it again."""
        one = figures.figure_of(self.book, self.scope, self.figure)
        parts = [TextPart(NOT_ASSESSABLE)] if one is None else list(self._parts(one))
        self.query_one(DocumentView).look(parts)

    def _parts(self, one: Figure) -> Iterator[TextPart]:
        yield TextPart(figure_text.said(one), label=VALUE)
        yield TextPart(str(one.n), label=CASES)
        yield TextPart(figure_text.formula(one), label=FORMULA, style="muted")
        yield TextPart(say(BEHIND, n=len(one.records)), head=True)
        if not one.records:
            yield TextPart(NO_RECORDS, style="muted", indent=2)
        shown = one.records[:MOST]
        found, look, values = (
            rows.many(self.book.store, shown),
            StateView(self.book.store),
            Values(self.workspace),
        )
        for id in shown:
            record = found.get(id)
            if record is not None:
                state = look.state(record)
                spans: list[Span] = [(f"{state.label}  ", state.tone)]
                spans += [(named(record, values), ""), (f"  {record.number}", "muted")]
                yield TextPart(spans, f"record:{id}", indent=2, clip=True)
        away = len(shown) - len(found)
        if away:
            yield TextPart(say(AWAY, n=away), style="muted", indent=2)
        if len(one.records) > MOST:
            yield TextPart(say(MORE, n=len(one.records) - MOST), style="muted", indent=2)

    @on(DocumentView.Opened)
    def _opened(self, event: DocumentView.Opened) -> None:
        event.stop()
        record = self.book.get(event.id.partition(":")[2])
        self.site_app.open_item(record.type, record.id)
