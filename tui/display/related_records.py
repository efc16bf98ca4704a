"""Related records: what hangs on a record: its rows, links both ways, notes and files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from models.book.derived_state import StateView
from models.queries import links as ask
from models.schema.record import Record, kinds
from models.storage import blobs
from models.text.words import W, say
from tui.display.parts import Span, TextPart
from tui.display.values import Values, named, shortened, sized

if TYPE_CHECKING:
    from models.book.book import Book

LINKS = W("关联", "Links")
NOTES = W("备注", "Notes")
ATTACHMENTS = W("附件", "Attachments")
FILES_HERE = W("{here}/{all} 个文件在本机", "{here} of {all} files on this device")
FILE_HERE = W("在本机", "here")
FILE_AWAY = W("文件未到本机", "not on this device yet")
UP, DOWN = W("指向", "to"), W("来自", "from")
VOIDED = W("已作废：{reason}", "void: {reason}")
ADDED = ("note", "attachment")


class Around:
    """The sections of a dossier below its fields."""

    def __init__(self, book: Book, values: Values, record: Record) -> None:
        self.book = book
        self.values = values
        self.record = record

    def whole(self) -> Iterator[TextPart]:
        """All of them."""
        found = ask.linked_to(self.book.store, self.record.id)
        yield from self.rows([one for one in found if self._is_row(one)])
        rest = (one for one in found if not self._is_row(one))
        yield from self.links([one for one in rest if one.type not in ADDED])
        yield from self.notes([one for one in found if one.type == "note"])
        yield from self.attachments([one for one in found if one.type == "attachment"])

    def rows(self, found: Sequence[Record]) -> Iterator[TextPart]:
        """Child rows by type, in the order in which they were written; those with none too."""
        for cls in child_types(self.record):
            mine = [one for one in reversed(found) if one.type == cls.kind.name]
            yield TextPart()
            yield TextPart(f"{cls.kind.label} ({len(mine)})", head=True)
            for row in mine:
                yield TextPart(self._row(row), f"row:{row.id}", style="muted" if row.void else "")

    def _row(self, row: Record) -> str:
        specs = type(row).specs()
        names = [name for name in row.kind.columns if name in specs and name != row.kind.parent]
        said = [self.values.say(specs[name], getattr(row, name)) for name in names]
        line = "  ".join(" ".join(text.split()) for text in said if text) or row.number
        return f"{line}  {say(VOIDED, reason=row.void)}" if row.void is not None else line

    def links(self, found: Sequence[Record]) -> Iterator[TextPart]:
        """What this record points to, and what points to it."""
        specs = type(self.record).specs()
        ahead = [
            (spec.label, str(value))
            for name, spec in specs.items()
            if spec.kind == "link"
            and spec.target != "person"
            and (value := getattr(self.record, name))
        ]
        if ahead or found:
            yield TextPart()
            yield TextPart(f"{LINKS} ({len(ahead) + len(found)})", "", head=True)
        for label, id in ahead:
            yield TextPart(
                [(f"{UP} ", "muted"), (shortened(self.values.title(id)), "busy")],
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

    def notes(self, found: Sequence[Record]) -> Iterator[TextPart]:
        """Remarks, oldest first."""
        if found:
            yield TextPart()
            yield TextPart(f"{NOTES} ({len(found)})", head=True)
        for note in reversed(found):
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

    def _is_row(self, one: Record) -> bool:
        mine = one.kind.parent and getattr(one, one.kind.parent) == self.record.id
        return bool(mine) and one.type not in ADDED


def child_types(record: Record) -> list[type[Record]]:
    """The types whose records are rows of this one."""
    found = []
    for cls in kinds.values():
        parent = cls.specs().get(cls.kind.parent)
        if parent is not None and parent.target == record.type:
            found.append(cls)
    return found
