"""Conflicts: what several people wrote at the same time, each a row; Enter opens one."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from models.book.conflict import conflict_resolution, conflicts
from models.book.conflict.conflicts import VOID
from models.text.words import W
from tui.display.row_layout import ListColumn
from tui.display.row_source import DisplayLine, ListRow
from tui.display.values import Values, named
from tui.pages.base import Page
from tui.pages.conflicts.conflict_page import LIST
from tui.widgets.grouped_list import GroupedList
from tui.widgets.windowed_list import WindowedList

LISTED = 400
"""Conflicts that the list shows; the others come when these are settled."""
LIST_NONE = W("没有冲突。", "There are no conflicts.")
COLUMNS = (
    ListColumn("number", W("编号", "Number"), 16, priority=1),
    ListColumn("field", W("字段", "Field"), 10, weight=1),
    ListColumn("title", W("记录", "Record"), 20, weight=3),
    ListColumn("count", W("版本", "Versions"), 8, priority=2, right=True),
)
REVIEW = W("已作废，又有修改", "void and edited")


class ConflictsPage(Page):
    """Every conflict by record and field; Enter opens one."""

    title_word = LIST
    AUTO_FOCUS = "WindowedList"

    def body(self) -> ComposeResult:
        """The list."""
        yield GroupedList(COLUMNS, id="conflicts", empty=LIST_NONE)

    def look(self) -> None:
        """Read the list again."""
        values = Values(self.workspace)
        found: list[ListRow] = []
        for id, field in conflicts.listed(self.book)[:LISTED]:
            record = self.book.find(id)
            if record is None:
                continue
            label = str(REVIEW) if field == VOID else conflict_resolution.label(record, field)
            values_count = 1 + len(self.book.writer.siblings(id).get(field, ()))
            said = {"number": record.number, "field": label, "count": str(values_count)}
            found.append(
                DisplayLine(f"{id}:{field}", {**said, "title": named(record, values)}, "warning")
            )
        self.query_one(GroupedList).show(found)

    @on(WindowedList.Opened)
    def _opened(self, event: WindowedList.Opened) -> None:
        event.stop()
        id, _, field = event.id.partition(":")
        self.site_app.open_conflict(id, field)
