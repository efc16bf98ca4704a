"""Table session: the rows of one type of a record while they are edited; knows nothing of screens.

What is typed stays in the rows until all of it is saved at once: one durable save, or none and the
faulty cell named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from models.book import permissions
from models.book.rows import row_order
from models.schema.record import Record
from models.text.words import Refused, W
from tui.display.values import Values
from tui.forms import field_errors
from tui.forms.field import Field
from tui.forms.value_input import ValueReading
from tui.pages.rows.sheet_rows import (
    Held,
    SheetRow,
    TableCell,
    columns,
    new_row,
    saved_row,
    take_over,
)

if TYPE_CHECKING:
    from models.book.book import Book
    from sync.workspace.workspace import Workspace

FULL = W("不能添加行：{why}", "No rows can be added: {why}")


class TableStep(NamedTuple):
    """What one action changed: cells with what they held, rows that came and that went."""

    cells: list[tuple[TableCell, Held]]
    added: list[SheetRow]
    removed: list[tuple[int, SheetRow]]


class SavedRows(NamedTuple):
    """What became of a save: how many rows were saved; or none, the cell at fault, and why."""

    saved: int = 0
    place: TableCell | None = None
    why: Refused | None = None


class TableSession:
    """The living rows of one type of a record, those not saved yet among them."""

    def __init__(self, workspace: Workspace, parent: Record, cls: type[Record]) -> None:
        self.workspace, self.parent, self.cls = workspace, parent, cls
        self.values, self.reading = Values(workspace), ValueReading(workspace)
        self.names = columns(cls)
        self.rows: list[SheetRow] = []
        self._steps: list[TableStep] = []
        self.look()

    @property
    def book(self) -> Book:
        """The open book."""
        return self.workspace.book

    @property
    def unsaved(self) -> int:
        """How many rows hold something that is not saved."""
        return sum(row.changed for row in self.rows)

    def why_closed(self) -> Refused | None:
        """Why no row may be edited or added now, or None."""
        closed = permissions.closed_by(self.parent)
        if closed is not None or self.parent.void is not None:
            return closed or Refused(permissions.VOIDED, number=self.parent.number)
        why = self.why_no_more()
        open_ = any(not one.locked for row in self.rows for one in row.fields)
        return None if why is None or open_ else why

    def why_no_more(self) -> Refused | None:
        """Why no row may be added, or None."""
        me, people = self.book.me, self.book.people
        project = self.parent.id if self.parent.type == "project" else self.parent.project
        return permissions.writing(people, me, self.cls.kind, project)

    def look(self) -> None:
        """Read the rows again: what is typed stays, the rest is as it is now."""
        self.parent = self.book.find(self.parent.id) or self.parent
        before = {row.record.id: row for row in self.rows if row.record is not None}
        found = list[SheetRow]()
        for record in row_order.living(self.book, self.parent, self.cls):
            row = before.pop(record.id, None)
            if row is None:
                row = saved_row(self.book, record)
            elif row.changed:
                take_over(row, record, self.values)
            elif row.record is not None and row.record.dots != record.dots:
                row.refill(saved_row(self.book, record))
            found.append(row)
        gone = [row for row in before.values() if row.changed]
        self.rows = [*found, *gone, *(row for row in self.rows if row.record is None)]

    # -- rows --------------------------------------------------------------------------------

    def more_rows(self, count: int) -> list[SheetRow]:
        """Add so many empty lines at the end, each with the number after the last one.

        Raises `Refused` where the person may add none.
        """
        if count <= 0:
            return []
        why = self.why_no_more()
        if why is not None:
            raise Refused(FULL, why=why)
        start, order = self._first_values(), self.cls.kind.order
        made = list[SheetRow]()
        for _ in range(count):
            made.append(new_row(self.book, self.cls, start))
            if order in start:
                start[order] += 1
        self.rows += made
        return made

    def _first_values(self) -> dict[str, Any]:
        """What a new row has: the number after the last one."""
        order = self.cls.kind.order
        if not row_order.is_ordered(self.cls):
            return {}
        numbers = [row.value(order) for row in self.rows]
        known = [one for one in numbers if isinstance(one, int)]
        return {order: row_order.next_number(known, row_order.first_number(self.cls))}

    def fill(self) -> None:
        """A table without rows has an empty line to begin with."""
        if not self.rows:
            self.rows.append(new_row(self.book, self.cls, self._first_values()))

    def add_row(self) -> SheetRow:
        """Add a line at the end."""
        (row,) = self.more_rows(1)
        self.did(TableStep([], [row], []))
        return row

    def remove_row(self, row: SheetRow) -> None:
        """Take out a line that was never saved."""
        at = self.rows.index(row)
        self.did(TableStep([], [], [(at, row)]))
        self.rows.remove(row)

    # -- cells -------------------------------------------------------------------------------

    def cell(self, place: TableCell) -> Field:
        """A cell."""
        return place.row.fields[place.column]

    def beside(self, place: TableCell, by: int) -> TableCell:
        """The cell so many columns on in its row; itself at the edge."""
        column = place.column + by
        return TableCell(place.row, column) if 0 <= column < len(self.names) else place

    def held(self, place: TableCell) -> Held:
        """What a cell holds now."""
        one = self.cell(place)
        return one.value, one.text, one.fault

    def note(self, place: TableCell, before: Held) -> None:
        """A cell was edited: remember what it held before, for an undo."""
        if self.held(place)[:2] != before[:2]:
            self.did(TableStep([(place, before)], [], []))

    def did(self, step: TableStep) -> None:
        """Remember a step, for an undo."""
        self._steps.append(step)

    def undo(self) -> TableCell | None:
        """Take back what was done last; a cell of it, None where there was nothing."""
        if not self._steps:
            return None
        step = self._steps.pop()
        for place, (value, text, fault) in reversed(step.cells):
            one = self.cell(place)
            one.value, one.text, one.fault = value, text, fault
        self.rows = [row for row in self.rows if row not in step.added]
        for at, row in step.removed:
            self.rows.insert(min(at, len(self.rows)), row)
        if step.cells and step.cells[0][0].row in self.rows:
            return step.cells[0][0]
        if step.removed:
            return TableCell(step.removed[0][1], 0)
        return TableCell(self.rows[-1], 0) if self.rows else None

    # -- saving ------------------------------------------------------------------------------

    def check(self) -> TableCell | None:
        """Check what is not saved; the first cell with a fault."""
        for row in self.rows:
            if row.changed:
                field_errors.check(self.cls, row.fields)
            elif row.faulty:
                for one in row.fields:
                    one.fault = None
        faulty = next((row for row in self.rows if row.faulty), None)
        if faulty is None:
            return None
        return TableCell(faulty, [one.fault is not None for one in faulty.fields].index(True))

    def save(self) -> SavedRows:
        """Save all that is not saved, in one durable save, or nothing."""
        wrong = self.check()
        if wrong is not None:
            return SavedRows(0, wrong, self.cell(wrong).fault)
        todo = [row for row in self.rows if row.changed]
        saved = list[tuple[SheetRow, Record]]()
        try:
            with self.book.saving():
                for row in todo:
                    saved.append((row, self._save(row)))
        except Refused as refused:
            row = todo[len(saved)]
            blamed = field_errors.blame(row.fields, refused)
            at = row.fields.index(blamed) if blamed is not None else 0
            return SavedRows(0, TableCell(row, at), refused)
        for row, record in saved:
            row.refill(saved_row(self.book, record))
        self._steps.clear()
        return SavedRows(len(saved))

    def _save(self, row: SheetRow) -> Record:
        if row.record is not None:
            changed = {one.name: one.value for one in row.fields if one.changed}
            return self.book.edit(row.record.id, changed, seen=row.base)
        cells = {one.name for one in row.fields}
        given = {name: value for name, value in row.given.items() if name not in cells}
        given |= {one.name: one.value for one in row.fields if one.value is not None}
        kind = self.cls.kind
        return self.book.add(kind.name, {**given, kind.parent: self.parent.id})
