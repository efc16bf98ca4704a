"""Search page: all records, as one types, the best first by type, with the words found marked."""

from __future__ import annotations

from collections.abc import Iterator
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
from models.search import ranking
from models.search.engine import Hit
from models.search.ranking import HitGroup
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
GROUP = W("{type}  {n}", "{type}  {n}")
COPIES = W("另有 {n} 条是上面记录的副本", "{n} copies of records found are left out")
MORE = W("还有 {n} 条{type}：回车只看这一类", "{n} more of {type}: Enter shows these alone")
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

        def __init__(
            self, text: str, hits: list[Hit], ms: int, *, more: bool, next: int | None
        ) -> None:
            super().__init__()
            self.text, self.hits, self.ms, self.more = text, hits, ms, more
            self.next = next
            """Where the next page begins; None when there is none."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._text = text
        self._hits: list[Hit] = []
        self._groups: list[HitGroup] = []
        self._next: int | None = None
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
            self._hits, self._groups, self._next = [], [], None
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
            next = hits[-1].n if len(hits) >= PAGE else None
            if next is not None and before is None and wanted.words and not wanted.types:
                # answers and notes, the newest of all, must not hide the records themselves
                proper = wanted.but(types=tuple(ranking.proper_types()))
                hits = list(dict.fromkeys([*hits, *finder.find(proper, limit=PAGE)]))
        ms = int((monotonic() - begun) * 1000)
        self.post_message(self.Found(text, hits, ms, more=before is not None, next=next))

    @on(Found)
    def _found(self, event: Found) -> None:
        event.stop()
        if event.text != self._text:
            return  # the person has typed on
        before = self._hits if event.more else []
        self._hits = list({hit.id: hit for hit in [*before, *event.hits]}.values())
        self._next, self._looked = event.next, event.text
        word = FOUND if self._next is None else AT_LEAST
        self._said = say(word, n=len(self._hits), ms=event.ms)
        parts = self._parts() or [TextPart(say(NONE, text=event.text), style="muted")]
        self._tell(parts, top=not event.more)
        self._first()

    def _first(self) -> None:
        """Open the first hit, where that was asked for and what was typed last is found."""
        if self._eager and self._looked == self._text and self._groups:
            self._eager = False
            best = self._groups[0].hits[0]
            self.site_app.open_item(best.type, best.id)

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
        pairs = [(hit, known[hit.id]) for hit in self._hits if hit.id in known]
        words = filters.read(self.book, self._looked).words
        self._groups = ranking.ranked(pairs, words, lambda record: _is_open(look, record))
        for group in self._groups:
            most = ranking.shown(self._groups, group)
            parts.append(TextPart(_headed(group), head=True))
            for hit in group.hits[:most]:
                parts += self._hit(hit, known[hit.id], look)
            if len(group.hits) > most:
                more = say(MORE, n=len(group.hits) - most, type=kinds[group.type].kind.label)
                parts.append(TextPart(more, f"more:{group.type}", indent=2, style="muted"))
        return parts

    def _hit(self, hit: Hit, record: Record, look: StateView) -> Iterator[TextPart]:
        state = look.state(record)
        head: list[Span] = [(f"{record.number}  ", "")]
        if len(record.kind.states) > 1:
            head.append((f"{state.label}  ", state.tone))
        head.append((self.values.short(record.occurred), "muted"))
        title = named(record, self.values)
        head.append((f"  {title}", "title"))
        yield TextPart(head, f"hit:{hit.id}", clip=True)
        if hit.snippet.strip() not in title:
            yield TextPart(_marked(hit), indent=4, clip=True, style="muted")

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
        kind, _, id = event.id.partition(":")
        if kind == "more":
            query = self.query_one(Query)
            query.value = f"{query.value.rstrip()} type:{id}"
            return
        hit = next(hit for hit in self._hits if hit.id == id)
        self.site_app.open_item(hit.type, id)

    @on(DocumentView.Highlighted)
    def _near_the_end(self, event: DocumentView.Highlighted) -> None:
        """Read on before the end is reached."""
        event.stop()
        last = [part.id for part in self.query_one(DocumentView).parts if part.id][-5:]
        if self._next is not None and event.id in last:
            before, self._next = self._next, None  # asked once
            self._search(self._text, before=before)


def _is_open(look: StateView, record: Record) -> bool:
    """Whether somebody has a next step."""
    return record.void is None and not look.state(record).ended


def _headed(group: HitGroup) -> str:
    """The type, and how many were found."""
    count = say(GROUP, type=kinds[group.type].kind.label, n=len(group.hits))
    return f"{count}  {say(COPIES, n=group.copies)}" if group.copies else count


def _marked(hit: Hit) -> list[Span]:
    """The excerpt with the words found marked."""
    spans: list[Span] = []
    at = 0
    for start, end in hit.spots:
        spans += [(hit.snippet[at:start], ""), (hit.snippet[start:end], "hit")]
        at = end
    return [*spans, (hit.snippet[at:], "")]
