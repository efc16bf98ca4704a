"""All record types: how many there are of each, and how many wait; Enter opens the list."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from models.book.derived_state import StateView
from models.schema.record import Record, kinds
from models.text.words import W
from tui.display.row_layout import ListColumn
from tui.display.row_source import DisplayLine, Fixed
from tui.pages.base import Page
from tui.widgets.commands import Command
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


class TypesPage(Page):
    """Every type that has a place of its own in the menu, in its order."""

    title_word = W("全部记录", "Records")
    commands: ClassVar = (NEW,)
    AUTO_FOCUS = "WindowedList"

    def body(self) -> ComposeResult:
        """One list."""
        yield WindowedList(COLUMNS, id="types")

    def look(self) -> None:
        """Count again."""
        lines = self.query_one(WindowedList)
        keep = lines.current
        look = StateView(self.book.store)
        lines.load(Fixed([self._line(cls, look) for cls in listed_types()]))
        lines.reload(keep)

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
        type_ = self.query_one(WindowedList).current
        if type_:
            self.site_app.open_form(type_)

    @on(WindowedList.Opened)
    def _opened(self, event: WindowedList.Opened) -> None:
        event.stop()
        self.site_app.open_list(event.id)


def listed_types() -> list[type[Record]]:
    """The types of the menu, in its order."""
    return sorted((cls for cls in kinds.values() if cls.kind.menu), key=lambda c: c.kind.menu)
