"""Sheet rows: the lines of a table while they are edited, each a row of a record or a new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from models.book import permissions
from models.book.book import Book
from models.schema.record import Record
from models.schema.versions import FieldVersions
from models.text.words import Refused, W
from tui.display.values import Values
from tui.forms.field import Field

CHANGED = W("别处也改了这一格：{value}", "also changed elsewhere: {value}")

Held = tuple[Any, str | None, Refused | None]
"""Value, text and fault of a cell."""


@dataclass(slots=True, eq=False)
class SheetRow:
    """One line of the table."""

    fields: list[Field]
    record: Record | None = None
    """None for a row that is not saved yet."""
    base: str | None = None
    """The versions of the record that the line was filled from."""

    @property
    def changed(self) -> bool:
        """Whether it holds something that is not saved."""
        return any(one.changed for one in self.fields)

    @property
    def faulty(self) -> bool:
        """Whether a cell cannot be saved."""
        return any(one.fault is not None for one in self.fields)

    def cell(self, name: str) -> Field:
        """The cell of a column."""
        return next(one for one in self.fields if one.name == name)


class CellPlace(NamedTuple):
    """A cell: its row, and the number of its column."""

    row: SheetRow
    column: int


def saved_row(book: Book, record: Record) -> SheetRow:
    """The line of a row as it is saved."""
    cls = type(record)
    closed = permissions.editing(book.people, book.me, record) is not None
    row = new_row(cls, record.values())
    for one in row.fields:
        one.locked = closed or one.spec.at_birth or one.name in cls.kind.key
    row.record, row.base = record, record.dots
    return row


def new_row(cls: type[Record], start: Mapping[str, Any]) -> SheetRow:
    """A line that begins with these values."""
    specs = cls.specs()
    made = [
        Field(
            name=name,
            spec=specs[name],
            value=start.get(name),
            before=start.get(name),
            required=specs[name].required,
        )
        for name in columns(cls)
    ]
    return SheetRow(made)


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
