"""Row table: the rows of one type on their parent's page, one line a row, read as they are drawn.

A page of 10,000 rows reads their ids and states; what a row says is read with those around it when
the window comes to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from models.book.approval import approvals
from models.book.derived_state import StateView
from models.book.rows import row_order
from models.book.rows.child_rows import chunks, order_by
from models.schema.fields import Spec
from models.schema.record import Record, kinds
from models.storage import rows
from models.storage.store import places
from models.text.words import W, language, say
from tui.display.list_columns import LEAST, STATE, TEXT_LEAST
from tui.display.parts import Span, Style, TextPart
from tui.display.row_layout import ListColumn, RowLayout
from tui.display.terminal_text import width
from tui.display.values import VOID, Values

if TYPE_CHECKING:
    from models.book.book import Book

BLOCK = 64
"""Rows read at once."""
SECTION = "rows"
"""The kind of part that a section without rows is."""
SHORT = 20
"""A text of at most so many characters gets no more room than it needs."""
WIDE, NARROW, MOST_TITLE = 16, 3, 12
STATE_CELLS = 10
MARK = W("标记", "Mark")
NUMBER = W("#", "#")
"""The title of the column of the order, whatever its field is called."""
IN_CONFLICT, EDITED = W("冲突", "conflict"), W("改", "edited")
VOIDED = W("已作废：{reason}", "void: {reason}")


class TableLine(NamedTuple):
    """One line of a table, made when it is drawn: that of a row, or of the titles (-1)."""

    table: RowTable
    at: int

    def spans(self, room: int) -> list[Span]:
        """The line in so many cells."""
        return self.table.spans(self.at, room)

    def text(self) -> str:
        """All of it, however long, for a file or the clipboard."""
        return self.table.text(self.at)


class RowTable:
    """The rows of one type of a record, void ones among them, in their order."""

    def __init__(self, book: Book, values: Values, record: Record, cls: type[Record]) -> None:
        self.book, self.values, self.record, self.cls = book, values, record, cls
        where = f'FROM "{cls.kind.name}" WHERE "{cls.kind.parent}"=?'
        sql = f"SELECT id, void IS NOT NULL {where} ORDER BY {order_by(cls.kind)}"
        found = book.store.rows(sql, (record.id,))
        self.ids = [str(id) for id, _ in found]
        self.void = {str(id) for id, void in found if void}
        siblings = f"SELECT DISTINCT record FROM sibling WHERE record IN (SELECT id {where})"
        self.in_conflict = {str(id) for (id,) in book.store.rows(siblings, (record.id,))}
        self.edited = self._edited() & set(self.ids)
        self._blocks: dict[int, list[Record]] = {}
        self._states = StateView(book.store)
        self._layout: RowLayout | None = None
        self._laid_for: object = None

    def _edited(self) -> set[str]:
        """The rows that differ from what was approved, of their parent or on their own."""
        store = self.book.store
        found = {place.record for place in approvals.changed_since(store, self.record)}
        if approvals.binding_moves(self.cls.kind):
            for some in chunks(self.ids):
                found |= approvals.changed_among(store, some)
        return found

    def parts(self) -> Iterator[TextPart]:
        """The section: how many rows there are, the titles of the columns, and each row."""
        # The cursor stops on a section without rows: its first one is added from there.
        id = "" if self.ids else f"{SECTION}:{self.cls.kind.name}"
        yield TextPart(f"{self.cls.kind.label} ({len(self.ids)})", id, head=True)
        if self.ids:
            yield TextPart(style="label", line=TableLine(self, -1))
        for at, id in enumerate(self.ids):
            style: Style = "muted" if id in self.void else ""
            yield TextPart(id=f"row:{id}", style=style, line=TableLine(self, at))

    # -- lines ---------------------------------------------------------------------------------

    def spans(self, at: int, room: int) -> list[Span]:
        """A line set into columns."""
        layout = self._columns(room)
        if at < 0:
            return [(layout.titles(), "label")]
        row = self._row(at)
        if row is None:
            return [(" " * room, "")]
        return [(layout.line(self._cells(row)), self._style(row))]

    def text(self, at: int) -> str:
        """A line as text: its values, two blanks apart."""
        if at < 0:
            return "  ".join(str(column.title) for column in self.columns)
        row = self._row(at)
        if row is None:
            return ""
        cells = self._cells(row)
        said = [" ".join(cells[column.name].split()) for column in self.columns]
        return "  ".join(text for text in said if text) or row.number

    def _columns(self, room: int) -> RowLayout:
        key = (room, language.now)
        if self._layout is None or key != self._laid_for:
            self._layout, self._laid_for = RowLayout(self.columns, room), key
        return self._layout

    @property
    def columns(self) -> list[ListColumn]:
        """The declared columns, the state, and a mark where a row has one."""
        found = columns(self.cls)
        if self.void or self.in_conflict or self.edited:
            weight = 2 if self.void else 0
            found.append(ListColumn("mark", MARK, 14 if self.void else 6, weight=weight))
        return found

    def _cells(self, row: Record) -> dict[str, str]:
        specs = type(row).specs()
        found = {
            name: self.values.say(specs[name], getattr(row, name))
            for name in shown_fields(row.kind.name)
        }
        state = self._states.state(row).label
        found["state"] = str(state if row.void is None else VOID)
        marks = [str(IN_CONFLICT)] if row.id in self.in_conflict else []
        marks += [str(EDITED)] if row.id in self.edited else []
        marks += [say(VOIDED, reason=row.void)] if row.void is not None else []
        found["mark"] = " ".join(marks)
        return found

    def _style(self, row: Record) -> Style:
        if row.id in self.in_conflict:
            return "bad"
        if row.void is not None:
            return "muted"
        if row.id in self.edited:
            return "warn"
        state = self._states.state(row)
        due = getattr(row, row.kind.due_in(state.name) or "-", None)
        if self.values.overdue(row.kind, state, due):
            return "bad"
        return "muted" if state.ended else ""

    # -- reading -------------------------------------------------------------------------------

    def _row(self, at: int) -> Record | None:
        """A row, read with those around it; None if it is gone meanwhile."""
        block, _ = divmod(at, BLOCK)
        if block not in self._blocks:
            self._blocks[block] = self._read(self.ids[block * BLOCK : (block + 1) * BLOCK])
        return next((row for row in self._blocks[block] if row.id == self.ids[at]), None)

    def _read(self, ids: Sequence[str]) -> list[Record]:
        found = rows.fetch(self.book.store, self.cls, f"WHERE id IN ({places(ids)})", ids)
        for name, spec in self.cls.specs().items():
            if name in self.cls.kind.columns and spec.kind == "link" and spec.target in kinds:
                linked = [str(id) for one in found if (id := getattr(one, name))]
                self.values.fetch({spec.target: linked})
        return found


def shown_fields(type: str) -> list[str]:
    """The fields of a row that its parent's page shows: the declared columns."""
    cls = kinds[type]
    specs, kind = cls.specs(), cls.kind
    return [name for name in kind.columns if name in specs and name != kind.parent]


def columns(cls: type[Record]) -> list[ListColumn]:
    """The columns of rows on their parent's page; the last of them go first where it is narrow."""
    kind, specs = cls.kind, cls.specs()
    order = kind.order if row_order.is_ordered(cls) else ""
    names = shown_fields(kind.name)
    texts = [name for name in names if specs[name].kind not in LEAST]
    wide = kind.title if kind.title in names else next(iter(texts or names), "")
    found = [
        _column(name, specs[name], at, wide=name == wide, ordering=name == order)
        for at, name in enumerate(names)
    ]
    if len(kind.states) > 1:
        cells = max(_cells(state.label) for state in kind.states)
        words = tuple(state.label for state in kind.states)
        state = ListColumn("state", STATE, min(max(cells, 4), STATE_CELLS), words=words)
        ordered = bool(names) and names[0] == order
        found.insert(int(ordered), state)
    return found


def _column(name: str, spec: Spec, place: int, *, wide: bool, ordering: bool) -> ListColumn:
    if wide:
        return ListColumn(name, spec.label, WIDE, weight=4)
    if ordering:
        return ListColumn(name, NUMBER, NARROW + 1, priority=1, right=True)
    right = spec.kind in ("count", "number", "money")
    least = NARROW if spec.kind == "count" else LEAST.get(spec.kind, TEXT_LEAST)
    least = max(least, min(_cells(spec.label), MOST_TITLE))
    short = 0 < spec.max <= SHORT or (spec.kind in LEAST and spec.kind != "choice")
    weight = 0 if short else 1
    return ListColumn(name, spec.label, least, weight=weight, priority=1 + place, right=right)


def _cells(word: W) -> int:
    """The wider of a word's two forms."""
    return max(width(word.zh), width(word.en))
