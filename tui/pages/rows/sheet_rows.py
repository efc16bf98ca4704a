"""Sheet rows: the lines of a table while they are edited, each a row of a record or a new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from models.book import permissions
from models.book.book import Book
from models.book.tables.vocabularies import worded
from models.schema.record import Record
from models.schema.versions import FieldVersions
from models.text.words import Refused, W
from tui.display.values import Values
from tui.forms.field import Field

CHANGED = W("别处也改了这一格：{value}", "also changed elsewhere: {value}")

Held = tuple[Any, str | None, Refused | None]
"""Value, text and fault of a cell."""


class SheetRow:
    """One line of the table. The cells of a saved row are made when they are first asked for."""

    def __init__(self, make: Callable[[], list[Field]], record: Record | None = None) -> None:
        self._make = make
        self._fields: list[Field] | None = None
        self.record = record
        """None for a row that is not saved yet."""
        self.base = record.dots if record is not None else None
        """The versions of the record that the line was filled from."""
        self.given: Mapping[str, Any] = {}
        """What a new row begins with, of fields that have no cell too."""

    @property
    def fields(self) -> list[Field]:
        """Its cells."""
        if self._fields is None:
            self._fields = self._make()
        return self._fields

    @property
    def changed(self) -> bool:
        """Whether it holds something that is not saved."""
        return any(one.changed for one in self._fields or ())

    @property
    def faulty(self) -> bool:
        """Whether a cell cannot be saved."""
        return any(one.fault is not None for one in self._fields or ())

    def cell(self, name: str) -> Field:
        """The cell of a column."""
        return next(one for one in self.fields if one.name == name)

    def value(self, name: str) -> Any:
        """What the cell of a column holds, or the row itself where the field has no cell."""
        filled = [] if self._fields is None and self.record is not None else self.fields
        cell = next((one for one in filled if one.name == name), None)
        if cell is not None:
            return cell.value
        return getattr(self.record, name) if self.record is not None else self.given.get(name)

    def refill(self, fresh: SheetRow) -> None:
        """The same line, which a cursor may be on, as it is saved."""
        self.record, self.base = fresh.record, fresh.base
        self._make, self._fields = fresh._make, None


class TableCell(NamedTuple):
    """A cell: its row, and the number of its column."""

    row: SheetRow
    column: int


def saved_row(book: Book, record: Record) -> SheetRow:
    """The line of a row as it is saved."""
    cls = type(record)

    def made() -> list[Field]:
        closed = permissions.editing(book.people, book.me, record) is not None
        found = _cells(book, cls, record.values(), record.state)
        for one in found:
            one.locked = one.locked or closed or one.spec.at_birth or one.name in cls.kind.key
        return found

    return SheetRow(made, record)


def new_row(book: Book, cls: type[Record], start: Mapping[str, Any]) -> SheetRow:
    """A line that begins with these values."""
    row = SheetRow(lambda: _cells(book, cls, row.given, cls.kind.states[0].name))
    row.given = dict(start)
    return row


def _cells(book: Book, cls: type[Record], start: Mapping[str, Any], state: str) -> list[Field]:
    """The cells of a row, with the words in force; what a later state asks for is locked."""
    specs, kind = cls.specs(), cls.kind
    return [
        Field(
            name=name,
            spec=worded(book.store, specs[name]),
            value=start.get(name),
            before=start.get(name),
            required=specs[name].required,
            locked=start.get(name) is None and not kind.asks(specs[name].asked_from, state),
        )
        for name in columns(cls)
    ]


def take_over(row: SheetRow, record: Record, values: Values) -> None:
    """Others changed a row that is being edited: untouched cells follow, others say so."""
    base = row.base or ""
    then, here, shown = FieldVersions(base), FieldVersions(record.dots), FieldVersions(base)
    registers = type(record).register_of()
    for one in row.fields:
        register = registers[one.name]
        if here.of(register) == then.of(register):
            continue
        value = getattr(record, one.name)
        if not one.changed:
            one.value = one.before = value
            shown.put(register, here.of(register))
        elif value != one.value:
            one.note = Refused(CHANGED, value=values.say(one.spec, value))
    row.record, row.base = record, shown.text()


def columns(cls: type[Record]) -> list[str]:
    """The fields that are filled in here: the declared columns, then the others."""
    kind, specs = cls.kind, cls.visible()
    declared = [name for name in kind.columns if name in specs]
    names: Sequence[str] = [*declared, *(name for name in specs if name not in declared)]
    return [
        name
        for name in names
        if name != kind.parent and not (specs[name].by_move or specs[name].computed)
    ]
