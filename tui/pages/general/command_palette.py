"""The palette: every command that works here, every type, and the records opened last."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen

from models.schema.record import Record, kinds
from models.search.text import fold
from models.storage import saved_filters
from models.text.words import W
from tui.display.parts import Span, TextPart
from tui.display.values import Values, named
from tui.forms.editors.initials import initials
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
        """How well it fits (0 best), None when not: by either language or by initials."""
        zh, en = fold(self.word.zh), fold(self.word.en)
        short = initials(self.word.zh)
        whole = " ".join((zh, en, short, fold(self.help.zh), fold(self.help.en), self.id))
        if not all(word in whole for word in wanted):
            return None
        text = " ".join(wanted)
        if text and (zh.startswith(text) or en.startswith(text) or short.startswith(text)):
            return 0
        return 1 if all(word in f"{zh} {en} {short}" for word in wanted) else 2


class Palette(Dialog[PaletteEntry]):
    """Answers with the entry chosen; the app runs it after the palette is gone."""

    AUTO_FOCUS = "Query"

    def __init__(self, below: Screen[Any]) -> None:
        super().__init__()
        # now: on top of it other keys work
        self._doables = [*doables(below), *shadowed(below)]
        self._entries: list[PaletteEntry] = []
        self._shown: list[PaletteEntry] = []

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

    def _record(self, record: Record, values: Values) -> PaletteEntry:
        text = f"{record.number} {named(record, values)}"
        app, id = self.site_app, record.id
        return PaletteEntry(f"record.{id}", W(text, text), RECENT, partial(app.open_record, id))

    # -- finding -------------------------------------------------------------------------------

    def _find(self, text: str) -> None:
        wanted = fold(text).split()
        ranked = [(one.rank(wanted), at, one) for at, one in enumerate(self._entries)]
        fitting = sorted((rank, at) for rank, at, _ in ranked if rank is not None)
        self._shown = [self._entries[at] for _, at in fitting]
        if wanted and self.site_app.is_open:
            self._shown.append(self._searching(text.strip()))
        parts = [self._part(one) for one in self._shown]
        self.query_one(DocumentView).look(parts or [TextPart(NONE, style="muted")], top=True)

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
