"""The list of any record type: filtered while one types; the row under the cursor is acted on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message

from models.queries import filters
from models.queries.filters import Filter
from models.queries.paging import MOST, Listed, pages
from models.schema.record import kinds
from models.text.words import W, language, say
from tui.display.list_columns import ListColumns, columns, names
from tui.display.values import Values
from tui.pages.base import Page
from tui.pages.records.preview import preview_of
from tui.pages.records.reading_pane import BREAKPOINTS
from tui.pages.records.record_actions import RecordActions
from tui.pages.records.saved_filters import KEEP, keep_or_drop
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView
from tui.widgets.filter_line import Query
from tui.widgets.windowed_list import WindowedList

if TYPE_CHECKING:
    from models.queries.paging import Pages
    from models.schema.record import Record

NONE_YET = W(
    "还没有{type}。按 n 或 Insert 新建。", "No {type} yet. Press n or Insert to create one."
)
NO_FIELD = W("没有字段“{key}”。可用：{known}。", "There is no field “{key}”. Known: {known}.")
NO_MATCH = W("没有符合筛选的记录。", "No records match the filter.")
LOOKING = W("正在查找…", "Searching…")
HINT = W(
    "词语，或 状态:待处理 项目:… 填写人:我 周:本周 是:逾期",
    "words, or state:open project:… by:me week:this is:overdue",
)
SHOWN = W("筛选：{filter}", "Filter: {filter}")
NEWEST = W("只列最新 {n} 条", "newest {n} only")
PLAIN = ("words", "line")
"""Keys of a given filter whose values go into the filter line as they are."""

NEW = Command(
    id="list.new",
    word=W("新建", "New"),
    help=W("新建一条此类记录", "create a record of this type"),
    keys="n,ctrl+n,insert",
    shown=10,
)
FILTER = Command(
    id="list.filter",
    word=W("筛选", "Filter"),
    help=W("按词语、状态、项目、填写人筛选", "filter by words, state, project or author"),
    keys="f,f6",
    shown=13,
)


class ListActions(ActionGroup["ListPage"]):
    """The commands of a list."""

    @runs(NEW)
    def new(self) -> None:
        """The form of a new record, in the project that the list is narrowed to."""
        page = self.page
        page.site_app.open_form(page.cls.kind.name, project=page.wanted.project or None)

    @runs(FILTER)
    def filter(self) -> None:
        """To the filter line."""
        query = self.page.query_one(Query)
        query.display = True
        query.focus()

    @runs(KEEP)
    def keep(self) -> None:
        """Keep the filter under a name, or forget it."""
        page = self.page
        keep_or_drop(page, page.cls, page.wanted, page.query_one(Query).value)


class ListPage(Page):
    """Records of one type, newest first; `filter` as its keys in stable names."""

    actions = (ListActions, RecordActions)
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    AUTO_FOCUS = "WindowedList"
    values: Values

    class Found(Message):
        """Rows were found off the screen."""

        def __init__(self, listed: Listed, keep: str | None, fresh: bool) -> None:
            super().__init__()
            self.listed, self.keep, self.fresh = listed, keep, fresh

    def __init__(self, type: str, **filter: str) -> None:
        super().__init__()
        self.cls = kinds[type]
        self.wanted = Filter()
        """The filter that is typed."""
        self.preview = preview_of(self)
        self._given = filter
        self._pages: Pages | Listed | None = None
        self._said_in = language.now

    def heading(self) -> str:
        """The type."""
        return str(self.cls.kind.label)

    def body(self) -> ComposeResult:
        """The filter line (when it is used), the list, and beside it a preview."""
        self.values = Values(self.workspace)
        yield Query(HINT, id="filter")
        with Horizontal():
            yield WindowedList(columns(self.cls), id="rows")
            yield DocumentView(focusable=False, id="preview")

    def on_mount(self) -> None:
        """Begin with the filter that was given."""
        query = self.query_one(Query)
        parts = [f'{key}:"{value}"' for key, value in self._given.items() if key not in PLAIN]
        line = " ".join([*(self._given.get(key, "") for key in PLAIN), *parts])
        with query.prevent(Query.Changed):
            query.value = filters.said(self.book, filters.read(self.book, line, self.cls), self.cls)
        query.display = bool(query.value)

    # -- reading -------------------------------------------------------------------------------

    def look(self) -> None:
        """Read again with the filter as it is; the cursor stays on its record."""
        self.values.forget()
        query = self.query_one(Query)
        if language.now != self._said_in:
            self._said_in = language.now
            with query.prevent(Query.Changed):
                query.value = filters.said(self.book, self.wanted, self.cls)
        self._load(query.value)

    def _load(self, text: str) -> None:
        wanted = filters.read(self.book, text, self.cls)
        fresh = self._pages is None or wanted != self.wanted
        lines = self.query_one(WindowedList)
        keep = None if fresh else lines.current
        self.wanted = wanted
        if fresh:
            self._pages = self._made()
        if isinstance(self._pages, Listed):
            lines.note = LOOKING
            self._find(self._pages, keep, fresh)
        else:
            self._show(keep, fresh)

    def _made(self) -> Pages | Listed:
        today, search = self.values.today.isoformat(), getattr(self.workspace, "search", None)
        return pages(
            self.book.store,
            self.cls,
            names(self.cls),
            self.wanted,
            zone=self.values.zone,
            today=today,
            search=search,
        )

    @work(thread=True, exclusive=True, group="find")
    def _find(self, listed: Listed, keep: str | None, fresh: bool) -> None:
        """Look through the table in the background."""
        with listed.store.db.connection_context():
            listed.find()
        self.post_message(self.Found(listed, keep, fresh))

    @on(Found)
    def _found(self, event: Found) -> None:
        if event.listed is self._pages:  # else a newer filter made it worthless
            self._show(event.keep, event.fresh)

    def _show(self, keep: str | None, fresh: bool) -> None:
        lines = self.query_one(WindowedList)
        if fresh and self._pages is not None:
            lines.load(ListColumns(self._pages, self.values), empty=self._empty())
        else:
            lines.reload(keep)
        lines.note = self._note

    def _empty(self) -> W:
        """What an empty list says: there is no such field, no match, or no record yet."""
        key = filters.unknown_key(self.query_one(Query).value)
        if key:
            zh, en = zip(*filters.KEYS.values(), strict=True)
            zh_known, en_known = "、".join(zh), ", ".join(en)
            return W(
                NO_FIELD.zh.format(key=key, known=zh_known),
                NO_FIELD.en.format(key=key, known=en_known),
            )
        label, word = self.cls.kind.label, NO_MATCH if self.wanted else NONE_YET
        return W(word.zh.format(type=label.zh), word.en.format(type=label.en))

    def _note(self) -> str:
        """What the foot says of the filter."""
        if self.wanted.wrong:
            return str(self.wanted.wrong[0])
        said = filters.said(self.book, self.wanted, self.cls)
        parts = [say(SHOWN, filter=said)] if said else []
        if isinstance(self._pages, Listed) and self._pages.more:
            parts.append(say(NEWEST, n=MOST))
        return "  ".join(parts)

    # -- doing ---------------------------------------------------------------------------------

    def chosen(self) -> str | None:
        """The record under the cursor."""
        return self.query_one(WindowedList).current

    def is_in_view(self, record: Record) -> bool:
        """Every record of the type is in the list."""
        return record.type == self.cls.kind.name

    @on(Query.Changed)
    def _typed(self, event: Query.Changed) -> None:
        event.stop()
        self._load(event.value)

    @on(Query.Left)
    def _left(self, event: Query.Left) -> None:
        event.stop()
        event.query_line.display = not event.empty and bool(event.query_line.value)
        self.query_one(WindowedList).focus()

    def on_resize(self) -> None:
        """Where there is room by now, the preview is filled."""
        super().on_resize()
        self.call_after_refresh(self.preview.follow)

    @on(WindowedList.Highlighted)
    def _highlighted(self, event: WindowedList.Highlighted) -> None:
        event.stop()
        self.preview.follow()

    @on(WindowedList.Opened)
    def _opened(self, event: WindowedList.Opened) -> None:
        event.stop()
        self.site_app.open_item(self.cls.kind.name, event.id)

    @on(WindowedList.HeaderClicked)
    def _sort(self, event: WindowedList.HeaderClicked) -> None:
        """A click on a title sorts by it, a second one the other way, a third not at all."""
        event.stop()
        name = {"age": ""}.get(event.name, event.name)
        before = self.wanted.sort
        after = name if before.lstrip("-") != name else "" if before.startswith("-") else f"-{name}"
        query = self.query_one(Query)
        query.value = filters.said(self.book, self.wanted.but(sort=after), self.cls)
        query.display = bool(query.value)
