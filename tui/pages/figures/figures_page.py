"""The figures of some projects over some days; Enter opens one with the records behind it."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.app import ComposeResult

from models.derived import figures
from models.derived.figures import Figure, Scope
from models.text.words import W, say
from tui.display.parts import Span, TextPart
from tui.display.terminal_text import pad
from tui.display.views import figure_text
from tui.pages.base import Page
from tui.pages.figures.figure_page import FigurePage
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView

TITLE = W("指标  {scope}", "Figures  {scope}")
NONE = W("没有可以统计的指标。", "There is no figure for this.")
NAME = 26
"""Cells of a figure's name."""


def command(page: str, shown: int) -> Command:
    """The command of a page that opens the figures of what it shows."""
    return Command(
        id=f"{page}.figures",
        word=W("指标", "Figures"),
        help=W("各项指标：算法、件数、所据记录", "each figure: formula, cases, records behind"),
        keys="f,f3",
        shown=shown,
    )


class FiguresPage(Page):
    """The figures of a scope, a line each; `name` says in words what the scope is.

    The family `first` comes before the others.
    """

    AUTO_FOCUS = "DocumentView"

    def __init__(self, scope: Scope, name: str, first: str = "") -> None:
        super().__init__()
        self.scope, self.name_of_scope, self.first = scope, name, first

    def heading(self) -> str:
        """Which projects, which days."""
        return say(TITLE, scope=self.name_of_scope)

    def body(self) -> ComposeResult:
        """One leaf."""
        yield DocumentView(id="figures")

    def look(self) -> None:
        """Calculate them again."""
        parts = []
        for family, found in figures.figures(self.book, self.scope, self.first).items():
            parts += [TextPart(figures.family_label(family), head=True), *map(_line, found)]
        parts = parts or [TextPart(NONE, style="muted")]
        self.query_one(DocumentView).look(parts)

    @on(DocumentView.Opened)
    def _opened(self, event: DocumentView.Opened) -> None:
        event.stop()
        page = FigurePage(self.scope, event.id, self.name_of_scope)
        self.site_app.push_screen(page)


def _line(one: Figure) -> TextPart:
    style: Any = "" if one.value is not None else "muted"
    spans: list[Span] = [
        (pad(str(one.kind.label), NAME), "label"),
        (figure_text.said(one), style),
    ]
    return TextPart(spans, one.kind.name, indent=2, clip=True)
