"""The comparison of two versions: their differences, one a line, old and new beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from textual import on
from textual.app import ComposeResult

from models.derived import revisions
from models.derived.revision_comparison import Comparison, compare, following, pair, previous
from models.schema.record import Record
from models.text.words import Refused, W
from tui.display.parts import TextPart
from tui.display.row_layout import ListColumn
from tui.display.row_source import DisplayLine
from tui.display.values import Values
from tui.display.views import revision_view
from tui.display.views.revision_view import RevisionLine
from tui.pages.base import Page
from tui.pages.records.record_documents import comparison_choices, show
from tui.pages.revisions.revision_actions import revise
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView
from tui.widgets.grouped_list import GroupedList
from tui.widgets.windowed_list import WindowedList

COLUMNS = (
    ListColumn("mark", W("", ""), 1),
    ListColumn("row", W("行", "Row"), 18, weight=2),
    ListColumn("field", W("字段", "Field"), 12, weight=1),
    ListColumn("before", W("原来", "Before"), 20, weight=3),
    ListColumn("after", W("现在", "After"), 20, weight=3),
)
STYLES = {"+": "success", "-": "error", "~": "", revision_view.TOUCHED: "warning"}
NAMES = {"before": W("原来", "Before"), "after": W("现在", "After")}
TITLE = W("版本对照", "Comparison")
ALONE = W("只有一个版本", "one version only")
WHOLE = W("整份记录", "the record itself")
EARLIER = Command(
    id="versions.earlier",
    word=W("更早", "Earlier"),
    help=W("前两个版本的对照", "compare the versions before"),
    keys="left,ctrl+left",
    shown=3,
)
LATER = Command(
    id="versions.later",
    word=W("更新", "Later"),
    help=W("后两个版本的对照", "compare the versions after"),
    keys="right,ctrl+right",
    shown=4,
)
NEW = Command(
    id="versions.new",
    word=W("新版本", "New version"),
    help=W("由有效版本复制为新版本的草稿", "a draft copied from the version in force"),
    keys="n,insert,ctrl+n",
    shown=1,
)
DOCUMENT = Command(
    id="versions.paper",
    word=W("导出", "Export"),
    help=W("把对照导出为文件", "export the comparison as a document"),
    keys="ctrl+e",
    shown=5,
)


class ComparisonActions(ActionGroup["RevisionPage"]):
    """A new version, the way to the others, and the comparison on paper."""

    @runs(EARLIER, True)
    @runs(LATER, False)
    def step(self, earlier: bool) -> None:
        """Compare the pair before or after this one. Raises `Refused` at the end of the line."""
        found = self.page.compared()
        self.page.show_pair(found.before if earlier else found.after, later=not earlier)

    @runs(NEW)
    def new(self) -> None:
        """A new version of the one in force, else of the one that the page was opened for."""
        book, record = self.page.book, self.page.record
        current = revisions.versions(book.store, record.type).current(record)
        revise(self.page.site_app, book.get(current.id) if current is not None else record)

    @runs(DOCUMENT)
    def document(self) -> None:
        """Offer the comparison as a document."""
        show(self.page.site_app, comparison_choices(self.page.compared().after))


class RevisionPage(Page):
    """What differs between a version and the one that it follows (of the first: the next one).

    Enter opens the row under the cursor.
    """

    actions = (ComparisonActions,)
    AUTO_FOCUS = "GroupedList"
    DEFAULT_CSS = """
    RevisionPage {
        & #differences { height: 1fr; }
        & #whole { height: auto; max-height: 8; background: $panel; }
    }
    """

    def __init__(self, id: str) -> None:
        super().__init__()
        self._record_id = id
        self.found: Comparison | None = None
        self._differences: Sequence[RevisionLine] = ()

    def heading(self) -> str:
        """Which versions."""
        if self.found is None:
            return f"{TITLE}  {self.record.number}"
        return f"{TITLE}  {revision_view.heading(self.book.store, self.found)}"

    def body(self) -> ComposeResult:
        """The differences, and all of the one under the cursor."""
        self.values = Values(self.workspace)
        yield GroupedList(COLUMNS, id="differences", empty=revision_view.SAME)
        yield DocumentView(focusable=False, id="whole")

    def look(self) -> None:
        """Read both versions again."""
        self.values.forget()
        store = self.book.store
        if self.found is not None:
            both = self.found.before, self.found.after
            self.found = compare(store, *(self.book.get(one.id) for one in both))
        else:
            with suppress(Refused):  # there is one version only
                self.found = self.compared()
        found = self.found
        every = revision_view.differences(store, found, self.values.say) if found else ()
        self._differences = list(every)
        lines = self.query_one(GroupedList)
        lines.note = (lambda: revision_view.summary(found)) if found else ALONE
        lines.show([_line(at, one) for at, one in enumerate(self._differences)])
        self._show_whole()

    @property
    def record(self) -> Record:
        """The record that the page was opened for."""
        return self.book.get(self._record_id)

    def compared(self) -> Comparison:
        """What is compared. Raises `Refused` where there is one version only."""
        if self.found is None:
            return compare(self.book.store, *pair(self.book.store, self.record))
        return self.found

    def show_pair(self, record: Record, *, later: bool) -> None:
        """Compare a version with the one after it, or with the one before it."""
        store = self.book.store
        if later:
            self.found = compare(store, record, following(store, record))
        else:
            self.found = compare(store, previous(store, record), record)
        self.look_again()

    def _here(self) -> RevisionLine | None:
        current = self.query_one(GroupedList).current
        return self._differences[int(current)] if current is not None else None

    def _show_whole(self) -> None:
        here = self._here()
        parts: list[TextPart] = []
        if here is not None:
            field = f"  {here.field}" if here.field is not None else ""
            parts.append(TextPart(f"{here.mark} {here.row or WHOLE}{field}", style="title"))
            for name in ("before", "after"):
                text = getattr(here, name)
                if text:
                    parts.append(TextPart(text, label=NAMES[name]))
        self.query_one("#whole", DocumentView).look(parts, top=True)

    @on(WindowedList.Highlighted)
    def _highlighted(self, event: WindowedList.Highlighted) -> None:
        event.stop()
        self._show_whole()

    @on(WindowedList.Opened)
    def _opened(self, event: WindowedList.Opened) -> None:
        event.stop()
        self.site_app.open_record(self._differences[int(event.id)].record)


def _line(at: int, one: RevisionLine) -> DisplayLine:
    said: dict[str, str | W] = {
        "mark": one.mark,
        "row": one.row or WHOLE,
        "field": one.field or "",
        "before": one.before,
        "after": one.after,
    }
    return DisplayLine(str(at), said, STYLES[one.mark])
