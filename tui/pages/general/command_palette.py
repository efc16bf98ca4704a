"""The palette: every command that works here, every type, the records opened last, and those that
what is typed means."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen

from models.queries import filters
from models.queries.record_search import Finder
from models.schema.record import Record, kinds
from models.storage import saved_filters
from models.text import matching
from models.text.words import W
from tui.display.parts import Span, TextPart
from tui.display.values import Values, named
from tui.pages.base import Dialog
from tui.pages.general.available_commands import AvailableCommand, doables, shadowed
from tui.pages.records.type_list import listed_types
from tui.widgets.commands import declared
from tui.widgets.document_view import DocumentView
from tui.widgets.filter_line import Query

HINT = W("命令、类型或记录；可用拼音首字母", "a command, type or record (or pinyin initials)")
NONE = W("没有找到命令。", "No command found.")
NEW = W("新建{type}", "New {type}")
LIST = W("{type}列表", "List of {type}")
NEW_HELP = W("新建一条记录", "create a record")
LIST_HELP = W("打开列表", "open the list")
FILTER = W("筛选", "filter")
FIND = W("查找“{text}”", "Find “{text}”")
FIND_HELP = W("在所有记录中", "in all records")
RECENT = W("最近打开", "opened recently")
MOST = 5
"""Records shown among the commands."""
HIDDEN = frozenset({"app.palette", "page.back", "app.how_to_quit"})
"""Makes no sense from here."""
MOVING = ("list.", "leaf.", "query.")
"""Commands that only move a cursor; they are offered if the key bar shows them."""


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """One line of the palette: words in both languages, keys, and what it does."""

    id: str
    word: W
    help: W
    run: Callable[[], Awaitable[object] | object]
    keys: str = ""

    def rank(self, wanted: list[str]) -> int | None:
        """How well it fits (0 best), None when not: by its name in either language, or its help."""
        return matching.fits_any(self.word, wanted, f"{self.help.zh} {self.help.en} {self.id}")


class Palette(Dialog[PaletteEntry]):
    """Answers with the entry chosen; the app runs it after the palette is gone."""

    AUTO_FOCUS = "Query"

    def __init__(self, below: Screen[Any]) -> None:
        super().__init__()
        # now: on top of it other keys work
        self._doables = [*doables(below), *shadowed(below)]
        self._entries: list[PaletteEntry] = []
        self._shown: list[PaletteEntry] = []
        self._records: list[PaletteEntry] = []
        """Those that what is typed means."""
        self._typed_text = ""

    def body(self) -> ComposeResult:
        """The line, and what fits it."""
        with Vertical(classes="box tall"):
            yield Query(HINT, id="words")
            yield DocumentView(id="entries")

    def on_mount(self) -> None:
        """What can be done is what could be done on the page below."""
        app = self.site_app
        self._entries = [
            PaletteEntry(
                one.id,
                one.word,
                one.help,
                partial(app.run_action, one.action, one.node),
                one.two_keys,
            )
            for one in self._doables
            if one.enabled and _sensible(one)
        ]
        if app.is_open:
            self._entries += [*self._types(), *self._favourites(), *self._recent()]

    def look(self) -> None:
        """Find again."""
        self._find(self.query_one(Query).value)

    def _types(self) -> list[PaletteEntry]:
        app, found = self.site_app, list[PaletteEntry]()
        for cls in listed_types():
            name, label = cls.kind.name, cls.kind.label
            new = W(NEW.zh.format(type=label.zh), NEW.en.format(type=label.en))
            every = W(LIST.zh.format(type=label.zh), LIST.en.format(type=label.en))
            found.append(PaletteEntry(f"new.{name}", new, NEW_HELP, partial(app.open_form, name)))
            found.append(
                PaletteEntry(f"list.{name}", every, LIST_HELP, partial(app.open_list, name))
            )
        return found

    def _favourites(self) -> list[PaletteEntry]:
        """Filters that were kept under a name."""
        found = []
        for at, one in enumerate(saved_filters.load(self.workspace.home)):
            if one.type in kinds:
                label = kinds[one.type].kind.label
                word = W(f"{label.zh}：{one.name}", f"{label.en}: {one.name}")
                help_ = W(f"{FILTER.zh} {one.line}", f"{FILTER.en} {one.line}")
                run = partial(self.site_app.open_list, one.type, line=one.line)
                found.append(PaletteEntry(f"filter.{at}", word, help_, run))
        return found

    def _recent(self) -> list[PaletteEntry]:
        values, found = Values(self.workspace), list[PaletteEntry]()
        for id in self.site_app.recent:
            record = self.book.find(id)
            if record is not None:
                found.append(self._record(record, values))
        return found

    def _record(self, record: Record, values: Values, help: W = RECENT) -> PaletteEntry:
        text = f"{record.number} {named(record, values)}"
        app, id = self.site_app, record.id
        return PaletteEntry(f"record.{id}", W(text, text), help, partial(app.open_record, id))

    # -- finding -------------------------------------------------------------------------------

    def _find(self, text: str) -> None:
        self._typed_text, self._records = text, []
        self._show()
        if text.strip() and self.site_app.is_open:
            self._search(text)

    def _show(self) -> None:
        """What fits by its name, then records, then what fits less well."""
        wanted = matching.words(self._typed_text)
        ranked = [(one.rank(wanted), at) for at, one in enumerate(self._entries)]
        fitting = sorted((rank, at) for rank, at in ranked if rank is not None)
        known = {one.id for one in self._records}
        found = [(rank, self._entries[at]) for rank, at in fitting]
        found = [(rank, one) for rank, one in found if one.id not in known]
        self._shown = [
            *(one for rank, one in found if rank < matching.SCATTERED),
            *self._records,
            *(one for rank, one in found if rank >= matching.SCATTERED),
        ]
        if wanted and self.site_app.is_open:
            self._shown.append(self._searching(self._typed_text.strip()))
        parts = [self._part(one) for one in self._shown]
        self.query_one(DocumentView).look(parts or [TextPart(NONE, style="muted")], top=True)

    @work(thread=True, exclusive=True, group="records")
    def _search(self, text: str) -> None:
        """Ask the index in the background."""
        values = Values(self.workspace)
        finder = Finder(
            self.book.store, self.workspace.search, values.zone, values.today.isoformat()
        )
        with self.book.store.db.connection_context():
            found = finder.best(filters.read(self.book, text), MOST)
        self.app.call_from_thread(self._found, text, found)

    def _found(self, text: str, found: list[Record]) -> None:
        if text == self._typed_text and self.is_mounted:
            values = Values(self.workspace)
            self._records = [self._record(one, values, one.kind.label) for one in found]
            if self._records:
                self._show()

    def _searching(self, text: str) -> PaletteEntry:
        """Looking for it in the records, after all that fits by name."""
        word = W(FIND.zh.format(text=text), FIND.en.format(text=text))
        return PaletteEntry("find", word, FIND_HELP, partial(self.site_app.open_search, text))

    def _part(self, one: PaletteEntry) -> TextPart:
        spans: list[Span] = [(str(one.word), "title"), (f"  {one.help}", "muted")]
        return TextPart(spans, one.id, one.keys or " ", clip=True)

    @on(Query.Changed)
    def _typed(self, event: Query.Changed) -> None:
        event.stop()
        self._find(event.value)

    @on(Query.Left)
    def _left(self, event: Query.Left) -> None:
        """Enter runs the first, Down goes into the list, Esc closes."""
        event.stop()
        if event.empty:
            self.dismiss(None)
        elif event.key == "enter":
            self._choose(self.query_one(DocumentView).current)
        else:
            self.query_one(DocumentView).focus()

    @on(DocumentView.Opened)
    def _opened(self, event: DocumentView.Opened) -> None:
        event.stop()
        self._choose(event.id)

    def _choose(self, id: str) -> None:
        chosen = next((one for one in self._shown if one.id == id), None)
        if chosen is not None:
            self.dismiss(chosen)


def _sensible(one: AvailableCommand) -> bool:
    """Whether it is a command that one would look for by name."""
    command = declared.get(one.id)
    if command is None or one.id in HIDDEN:
        return False
    return bool(command.shown) or not one.id.startswith(MOVING)
