"""Related records: what hangs on a record: its rows, links both ways, notes and files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from models.book.derived_state import StateView
from models.book.rows.child_rows import child_types
from models.queries import links
from models.queries.links import LinkedRecords
from models.schema.record import Record
from models.storage import blobs
from models.text.words import W, say
from tui.display.parts import Span, TextPart
from tui.display.row_table import RowTable
from tui.display.values import Values, named, shortened, sized

if TYPE_CHECKING:
    from models.book.book import Book

LINKS = W("关联", "Links")
NOTES = W("备注", "Notes")
ATTACHMENTS = W("附件", "Attachments")
FILES_HERE = W("{here}/{all} 个文件在本机", "{here} of {all} files on this device")
FILE_HERE = W("在本机", "here")
FILE_AWAY = W("文件未到本机", "not on this device yet")
MORE = W("另有 {n} 条，见各类型的列表", "{n} more: see the lists of their types")
UP, DOWN = W("指向", "to"), W("来自", "from")


class Around:
    """The sections of a dossier below its fields."""

    def __init__(self, book: Book, values: Values, record: Record) -> None:
        self.book = book
        self.values = values
        self.record = record

    def whole(self) -> Iterator[TextPart]:
        """All of them."""
        store, id = self.book.store, self.record.id
        yield from self.rows()
        yield from self.links(links.linked_to(store, id))
        yield from self.notes(links.added_to(store, id, "note"))
        yield from self.attachments(links.added_to(store, id, "attachment")[::-1])

    def rows(self) -> Iterator[TextPart]:
        """Every row by type, in its declared order; types without rows too."""
        for cls in child_types(self.record.type):
            yield TextPart()
            yield from RowTable(self.book, self.values, self.record, cls).parts()

    def links(self, linked: LinkedRecords) -> Iterator[TextPart]:
        """What this record points to, and what points to it."""
        found, more = linked
        specs = type(self.record).specs()
        ahead = [
            (spec.label, spec.target, str(value))
            for name, spec in specs.items()
            if spec.kind == "link"
            and spec.target != "person"
            and (value := getattr(self.record, name))
        ]
        if ahead or found:
            yield TextPart()
            yield TextPart(f"{LINKS} ({len(ahead) + len(found) + more})", "", head=True)
        for label, target, id in ahead:
            yield TextPart(
                [(f"{UP} ", "muted"), (shortened(self.values.title(id, target)), "busy")],
                f"link:{id}",
                label,
            )
        look = StateView(self.book.store)
        for one in found:
            state = look.state(one)
            spans: list[Span] = [(f"{DOWN} ", "muted"), (f"{one.number} ", "")]
            if len(one.kind.states) > 1:
                spans.append((f"{state.label} ", state.tone))
            spans.append((shortened(named(one, self.values)), "busy"))
            yield TextPart(spans, f"link:{one.id}", one.kind.label)
        if more:
            yield TextPart(say(MORE, n=more), style="muted")

    def notes(self, found: Sequence[Record]) -> Iterator[TextPart]:
        """Remarks, oldest first."""
        if found:
            yield TextPart()
            yield TextPart(f"{NOTES} ({len(found)})", head=True)
        for note in found:
            yield TextPart(self._who(note), f"note:{note.id}", style="muted")
            yield TextPart(str(getattr(note, "text", "")), indent=2)

    def _who(self, one: Record) -> str:
        return f"{self.values.person(one.author)}  {self.values.moment(one.occurred)}"

    def attachments(self, found: Sequence[Record]) -> Iterator[TextPart]:
        """Files, each with whether its bytes are on this device."""
        if not found:
            return
        home = self.book.store.path.parent
        here = [blobs.place(home, str(getattr(one, "sha256", ""))).is_file() for one in found]
        counted = say(FILES_HERE, here=sum(here), all=len(here))
        yield TextPart()
        yield TextPart(f"{ATTACHMENTS} ({len(found)})  {counted}", head=True)
        for one, there in zip(found, here, strict=True):
            size = sized(getattr(one, "size", None) or 0)
            spans: list[Span] = [(one.title(), ""), (f"  {size}  ", "muted")]
            spans.append((str(FILE_HERE if there else FILE_AWAY), "good" if there else "warn"))
            spans.append((f"  {self._who(one)}", "muted"))
            yield TextPart(spans, f"file:{one.id}")
