"""All record types under the manual's chapters: how many there are of each, and how many wait.

Enter opens the list. What is used most often stands first.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from models.book.derived_state import StateView
from models.schema.record import Record, kinds
from models.text.words import W
from tui.display.row_layout import ListColumn
from tui.display.row_source import DisplayLine, ListRow
from tui.pages.base import Page
from tui.widgets.commands import Command
from tui.widgets.grouped_list import GroupedList, GroupHead
from tui.widgets.windowed_list import WindowedList

NEW = Command(
    id="types.new",
    word=W("新建", "New"),
    help=W("新建一条光标所在类型的记录", "create a record of the type under the cursor"),
    keys="n,ctrl+n,insert",
    action="new",
    shown=10,
)
COLUMNS = (
    ListColumn("type", W("类型", "Type"), 18, weight=1),
    ListColumn("total", W("条数", "Records"), 9, right=True),
    ListColumn("open", W("未结束", "Open"), 9, priority=1, right=True),
    ListColumn("clause", W("条款", "Manual §"), 10, priority=2),
)
CHAPTERS = {
    "4": W("前期准备", "Preparation"),
    "5.1": W("质量检查", "Quality checks"),
    "5.2": W("质量回访", "Satisfaction follow-up"),
    "5.3": W("质量问题、周报与改进", "Problems, weekly reports, improvement"),
    "5.4": W("质量事故", "Quality incidents"),
    "5.5": W("客户沟通", "Customer communication"),
    "6": W("完工验收", "Completion and acceptance"),
}
"""The manual's chapters, by the beginning of their clauses."""
BASE = W("基础资料", "Master data")


class TypesPage(Page):
    """Every type that has a place of its own in the menu, in its order."""

    title_word = W("全部记录", "Records")
    commands: ClassVar = (NEW,)
    AUTO_FOCUS = "GroupedList"

    def body(self) -> ComposeResult:
        """One list."""
        yield GroupedList(COLUMNS, id="types")

    def look(self) -> None:
        """Count again."""
        self.query_one(GroupedList).show(list(self._rows()))

    def _rows(self) -> Iterator[ListRow]:
        look = StateView(self.book.store)
        for chapter, types in groupby(listed_types(), key=chapter_of):
            yield GroupHead(str(chapter))
            for cls in types:
                yield self._line(cls, look)

    def _line(self, cls: type[Record], look: StateView) -> DisplayLine:
        total, ended = 0, 0
        over = {state.name for state in cls.kind.states if state.ended}
        shown, params = look.sql(cls.kind.name)
        sql = f'SELECT {shown} AS shown, COUNT(*) FROM "{cls.kind.name}" GROUP BY shown'
        for state, count in self.book.store.rows(sql, params):
            total += count
            ended += count if state in over else 0
        waits = str(total - ended) if over else ""
        values: dict[str, str | W] = {
            "type": cls.kind.label,
            "total": str(total),
            "open": waits,
            "clause": cls.kind.clause,
        }
        return DisplayLine(cls.kind.name, values, "" if total else "muted")

    def action_new(self) -> None:
        """The form of a new record."""
        type_ = self.query_one(GroupedList).current
        if type_:
            self.site_app.open_form(type_)

    @on(WindowedList.Opened)
    def _opened(self, event: WindowedList.Opened) -> None:
        event.stop()
        self.site_app.open_list(event.id)


def listed_types() -> list[type[Record]]:
    """The types of the menu: chapters in the order of their first type, master data last."""
    found = sorted((cls for cls in kinds.values() if cls.kind.menu), key=lambda c: c.kind.menu)
    chapters = list(dict.fromkeys(map(chapter_of, found)))
    return sorted(found, key=lambda cls: (chapter_of(cls) == BASE, chapters.index(chapter_of(cls))))


def chapter_of(cls: type[Record]) -> W:
    """The chapter of the manual that a type belongs to."""
    clause = cls.kind.clause
    return next((word for start, word in CHAPTERS.items() if clause.startswith(start)), BASE)
