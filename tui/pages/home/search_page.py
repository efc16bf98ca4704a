"""Search page: all records, as one types, the newest first, with the words found marked."""

from __future__ import annotations

from time import monotonic
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.message import Message

from models.book.derived_state import StateView
from models.queries import filters
from models.queries.filters import Filter
from models.queries.record_search import Finder
from models.schema.record import Record, kinds
from models.search.engine import Hit
from models.storage import rows
from models.storage.store import places
from models.text.words import W, say
from tui.display.parts import Span, TextPart
from tui.display.values import Values, named
from tui.pages.base import Page
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView
from tui.widgets.filter_line import Query
from tui.widgets.safe_widgets import Tag

HINT = W(
    "词语或编号；可加 类型:现场处置 状态:… 项目:…",
    "words or a number; also type:fix state:… project:…",
)
TYPE_MORE = W("请输入词语或编号。", "Type words or a number.")
NONE = W("没有找到“{text}”。", "Nothing found for “{text}”.")
PERSON = W("人员", "Person")
FOUND = W("{n} 条，{ms} 毫秒", "{n} found, {ms} ms")
AT_LEAST = W("最新 {n} 条，{ms} 毫秒；往下还有", "newest {n} found, {ms} ms; more below")
PAGE = 40
"""Hits read at once; more when the cursor comes near the end."""


class SearchPage(Page):
    """One box over all types; what is not shared with this person's device is not found."""

    title_word = W("搜索", "Search")
    commands: ClassVar = (
        Command(
            id="search.again",
            word=W("改搜索词", "Edit query"),
            help=W("回到输入行", "back to the search line"),
            keys="f,f6,f3,slash",
            action="query",
            shown=10,
        ),
    )
    AUTO_FOCUS = "Query"

    class Found(Message):
        """Hits for a text; `more` when they follow those shown."""

        def __init__(self, text: str, hits: list[Hit], ms: int, more: bool) -> None:
            super().__init__()
            self.text, self.hits, self.ms, self.more = text, hits, ms, more

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._text = text
        self._hits: list[Hit] = []
        self._whole = True
        self._said = ""
        self._looked = ""
        """The text that the hits are for."""
        self._eager = False
        """Whether Enter was pressed, perhaps before they were found."""

    def body(self) -> ComposeResult:
        """The line, the hits, how many."""
        self.values = Values(self.workspace)
        query = Query(HINT, id="words")
        query.value = self._text
        yield query
        yield DocumentView(id="hits")
        yield Tag(lambda: self._said, id="found", classes="muted foot")

    def look(self) -> None:
        """Search again."""
        self.values.forget()
        self._search(self.query_one(Query).value)

    @on(Query.Changed)
    def _typed(self, event: Query.Changed) -> None:
        event.stop()
        self._eager = False
        self._search(event.value)

    def _search(self, text: str, before: int | None = None) -> None:
        self._text = text
        wanted = filters.read(self.book, text)
        if not text.strip() or wanted.wrong:
            self._hits, self._whole = [], True
            self._said = str(wanted.wrong[0]) if wanted.wrong else ""
            self._tell([TextPart(TYPE_MORE, style="muted")])
            return
        self._find(text, wanted, before)

    @work(thread=True, exclusive=True, group="search")
    def _find(self, text: str, wanted: Filter, before: int | None) -> None:
        """Ask the index in the background."""
        today = self.values.today.isoformat()
        finder = Finder(self.book.store, self.workspace.search, self.values.zone, today)
        begun = monotonic()
        with self.book.store.db.connection_context():
            hits = finder.find(wanted, limit=PAGE, before=before)
        ms = int((monotonic() - begun) * 1000)
        self.post_message(self.Found(text, hits, ms, before is not None))

    @on(Found)
    def _found(self, event: Found) -> None:
        event.stop()
        if event.text != self._text:
            return  # the person has typed on
        self._hits = [*self._hits, *event.hits] if event.more else event.hits
        self._whole, self._looked = len(event.hits) < PAGE, event.text
        word = FOUND if self._whole else AT_LEAST
        self._said = say(word, n=len(self._hits), ms=event.ms)
        parts = self._parts() or [TextPart(say(NONE, text=event.text), style="muted")]
        self._tell(parts, top=not event.more)
        self._first()

    def _first(self) -> None:
        """Open the first hit, where that was asked for and what was typed last is found."""
        if self._eager and self._looked == self._text and self._hits:
            self._eager = False
            self.site_app.open_item(self._hits[0].type, self._hits[0].id)

    def _tell(self, parts: list[TextPart], *, top: bool = True) -> None:
        self.query_one(DocumentView).look(parts, top=top)
        self.query_one("#found", Tag).refresh(layout=True)

    def _parts(self) -> list[TextPart]:
        ids: dict[str, list[str]] = {}
        for hit in self._hits:
            ids.setdefault(hit.type, []).append(hit.id)
        known = {one.id: one for type_, some in ids.items() for one in self._records(type_, some)}
        parts = [
            TextPart([(f"{PERSON} ", "key"), (one.name, "title"), (f"  {one.title}", "muted")])
            for one in self.workspace.people.called(self._looked)
        ]
        look = StateView(self.book.store)
        for hit in self._hits:
            record = known.get(hit.id)
            if record is None:
                continue
            state = look.state(record)
            head: list[Span] = [(f"{record.kind.label} ", "key"), (f"{record.number}  ", "")]
            if len(record.kind.states) > 1:
                head.append((f"{state.label}  ", state.tone))
            head.append((self.values.short(record.occurred), "muted"))
            title = named(record, self.values)
            head.append((f"  {title}", "title"))
            parts.append(TextPart(head, f"hit:{hit.id}", clip=True))
            if hit.snippet.strip() not in title:
                parts.append(TextPart(_marked(hit), indent=4, clip=True, style="muted"))
        return parts

    def _records(self, type_: str, ids: list[str]) -> list[Record]:
        return rows.fetch(self.book.store, kinds[type_], f"WHERE id IN ({places(ids)})", ids)

    def action_query(self) -> None:
        """Back to the line."""
        self.query_one(Query).focus()

    @on(Query.Left)
    def _left(self, event: Query.Left) -> None:
        """Enter opens the first hit, Down goes to them; Esc leaves an empty line, and the page."""
        event.stop()
        if event.empty:
            self.action_back()
        elif event.key == "enter":
            self._eager = True
            self._first()
        else:
            self.query_one(DocumentView).focus()

    @on(DocumentView.Opened)
    def _opened(self, event: DocumentView.Opened) -> None:
        event.stop()
        id = event.id.partition(":")[2]
        hit = next(hit for hit in self._hits if hit.id == id)
        self.site_app.open_item(hit.type, id)

    @on(DocumentView.Highlighted)
    def _near_the_end(self, event: DocumentView.Highlighted) -> None:
        """Read on before the end is reached."""
        event.stop()
        last = [hit.id for hit in self._hits[-5:]]
        if not self._whole and event.id.partition(":")[2] in last:
            self._whole = True  # asked once
            self._search(self._text, before=self._hits[-1].n)


def _marked(hit: Hit) -> list[Span]:
    """The excerpt with the words found marked."""
    spans: list[Span] = []
    at = 0
    for start, end in hit.spots:
        spans += [(hit.snippet[at:start], ""), (hit.snippet[start:end], "hit")]
        at = end
    return [*spans, (hit.snippet[at:], "")]
