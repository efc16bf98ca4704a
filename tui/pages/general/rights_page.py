"""Rights: who may do what, by role, for every action of every type; searchable."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from models.queries.rights_table import Right, rights
from models.search.text import fold
from models.text.words import W
from tui.display.parts import Span, TextPart
from tui.display.terminal_text import pad
from tui.display.views import rights_text
from tui.documents.document import RIGHTS
from tui.pages.base import Page
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView
from tui.widgets.filter_line import Query

HINT = W("按类型、操作或角色查找", "find by type, action or role")
NONE = W("没有这样的操作或角色。", "There is no such action or role.")
HOW = W(
    "“填写人”“负责人”指这条记录上的人；其余是在该项目上的角色。写入时问的是同一规则。",
    "“Author” and “Person in charge” are those of the record; all others are roles on its"
    " project. Every write asks the same rule.",
)
ACTION = 24
"""Cells of an action's name."""


def command(page: str, keys: str) -> Command:
    """The command of a page that opens the table of rights."""
    return Command(
        id=f"{page}.rights",
        word=W("权限表", "Rights"),
        help=W("谁能做什么：每个操作凭哪个角色", "who may do what: the roles of each action"),
        keys=keys,
        action="rights",
    )


class RightsPage(Page):
    """Each type with its actions; a line says who, and what else is asked."""

    title_word = W("权限表", "Rights")
    AUTO_FOCUS = "DocumentView"
    commands: ClassVar = (
        Command(
            id="rights.export",
            word=W("导出", "Export"),
            help=W("把权限表导出为文件", "make a document of the table"),
            keys="ctrl+e",
            action="export",
            shown=1,
        ),
    )

    def body(self) -> ComposeResult:
        """The line, and the table."""
        yield Query(HINT, id="words")
        yield DocumentView(id="rights")

    def look(self) -> None:
        """Say it all again."""
        self._find(self.query_one(Query).value)

    def _find(self, text: str) -> None:
        wanted = fold(text).split()
        found: dict[str, list[Right]] = {}
        for right in rights():
            if _fits(right, wanted):
                found.setdefault(str(right.kind.label), []).append(right)
        parts: list[TextPart] = [] if wanted else [TextPart(HOW, style="muted"), TextPart()]
        for label, some in found.items():
            parts += [TextPart(label, head=True), *map(_line, some), TextPart()]
        if not found:
            parts = [TextPart(NONE, style="muted")]
        self.query_one(DocumentView).look(parts, top=True)

    def action_export(self) -> None:
        """Ask which form, and where to."""
        from tui.pages.records.record_documents import period_choices, show

        show(self.site_app, period_choices(RIGHTS, ""))

    @on(Query.Changed)
    def _typed(self, event: Query.Changed) -> None:
        event.stop()
        self._find(event.value)

    @on(Query.Left)
    def _left(self, event: Query.Left) -> None:
        event.stop()
        self.query_one(DocumentView).focus()


def _fits(right: Right, wanted: list[str]) -> bool:
    words = (right.kind.name, *right.kind.label, right.act, *right.label, rights_text.who(right))
    whole = fold(" ".join(words))
    return all(word in whole for word in wanted)


def _line(right: Right) -> TextPart:
    spans: list[Span] = [(pad(str(right.label), ACTION), "label"), (rights_text.who(right), "")]
    asks = rights_text.asks(right)
    if asks:
        spans.append((f"  {asks}", "muted"))
    return TextPart(spans, f"{right.kind.name}:{right.act}", indent=2)
