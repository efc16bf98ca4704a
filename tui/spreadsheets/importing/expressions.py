"""Expressions: how a text is made from the cells of one row, or of a group of rows. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from models.text.words import Refused, W
from tui.spreadsheets.reading.table import TableRow, folded

TAKES = ("last", "first", "all", "count")

NOT_IN_TABLE = W(
    "值“{text}”不在对照表中。可用：{known}",
    "the value “{text}” is not in the table. Known: {known}",
)
_NAME = re.compile(r"\{([^{}]+)\}")


class Expression(Protocol):
    """Makes a text from rows; '' is no value. `columns` are those it looks at, first the chief."""

    def text(self, rows: Sequence[TableRow], /) -> str:
        """The text. Raises `Refused` where a cell has a value that is not foreseen."""

    def columns(self) -> Iterator[str]:
        """The names of the columns it needs."""


@dataclass(frozen=True, slots=True)
class Constant:
    """Always the same text."""

    value: str

    def text(self, _rows: Sequence[TableRow], /) -> str:
        """The text itself."""
        return self.value

    def columns(self) -> Iterator[str]:
        """None at all."""
        yield from ()


@dataclass(frozen=True, slots=True)
class SourceColumn:
    """The cells of one column.

    Of a group: the last filled one, the first one, `all` different ones in order, joined, or the
    `count` of rows in which it is filled.
    """

    name: str
    take: str = "last"
    separator: str = ", "
    label: str = ""
    """Put before the value when there is one: 'Category: …'."""
    most: int = 0
    """Characters kept of a longer value, the last of them '…'; 0 keeps it whole."""

    def text(self, rows: Sequence[TableRow]) -> str:
        """The value, labelled."""
        found = self._value([cell for row in rows if (cell := row.cells.get(self.name, ""))])
        if self.most and len(found) > self.most:
            found = found[: self.most - 1] + "…"
        return f"{self.label}{found}" if found and self.label else found

    def _value(self, filled: list[str]) -> str:
        if self.take == "count":
            return str(len(filled))
        if self.take == "all":
            return self.separator.join(dict.fromkeys(filled))
        return filled[0 if self.take == "first" else -1] if filled else ""

    def columns(self) -> Iterator[str]:
        """Its own column."""
        yield self.name


@dataclass(frozen=True, slots=True)
class Joined:
    """Several texts one after another; those without a value are left out."""

    parts: tuple[Expression, ...]
    separator: str = "\n"

    def text(self, rows: Sequence[TableRow]) -> str:
        """The filled parts, joined."""
        return self.separator.join(text for part in self.parts if (text := part.text(rows)))

    def columns(self) -> Iterator[str]:
        """Those of its parts."""
        for part in self.parts:
            yield from part.columns()


@dataclass(frozen=True, slots=True)
class FirstOf:
    """The first of several texts that has a value."""

    parts: tuple[Expression, ...]

    def text(self, rows: Sequence[TableRow]) -> str:
        """The first filled part."""
        return next((text for part in self.parts if (text := part.text(rows))), "")

    def columns(self) -> Iterator[str]:
        """Those of its parts."""
        for part in self.parts:
            yield from part.columns()


@dataclass(frozen=True, slots=True)
class Pattern:
    """A text with `{column}` in it; without a value when none of its columns has one."""

    pattern: str

    def text(self, rows: Sequence[TableRow]) -> str:
        """The text, columns filled in."""
        cells = {name: SourceColumn(name).text(rows) for name in self.columns()}
        if not any(cells.values()):
            return ""
        return _NAME.sub(lambda match: cells[match[1]], self.pattern)

    def columns(self) -> Iterator[str]:
        """The columns named in it."""
        yield from dict.fromkeys(_NAME.findall(self.pattern))


@dataclass(frozen=True, slots=True)
class Lookup:
    """A value looked up in a table of values, capitals and width ignored.

    One that is not in it gives `otherwise`, or is kept as it is, or is refused.
    """

    source: Expression
    table: Mapping[str, str]
    otherwise: str | None = None
    keep: bool = False

    def text(self, rows: Sequence[TableRow]) -> str:
        """The value that replaces the cell's."""
        found = self.source.text(rows)
        if not found:
            return self.otherwise or ""
        known = self.table.get(found)
        if known is None:
            known = next((v for k, v in self.table.items() if folded(k) == folded(found)), None)
        if known is not None or self.otherwise is not None:
            return self.otherwise or "" if known is None else known
        if self.keep:
            return found
        raise Refused(NOT_IN_TABLE, text=found, known=", ".join(self.table))

    def columns(self) -> Iterator[str]:
        """Those of what is looked up."""
        yield from self.source.columns()


@dataclass(frozen=True, slots=True)
class RowCondition:
    """Whether something is made of a row at all: every test that is given must hold."""

    source: Expression
    among: tuple[str, ...] | None = None
    not_among: tuple[str, ...] | None = None
    least: int | None = None
    below: int | None = None
    filled: bool | None = None

    def holds(self, rows: Sequence[TableRow]) -> bool:
        """Whether the rows pass."""
        text = self.source.text(rows)
        plain = folded(text)
        number = int(text) if re.fullmatch(r"-?\d{1,18}", text) else 0
        return not (
            (self.among is not None and plain not in map(folded, self.among))
            or (self.not_among is not None and plain in map(folded, self.not_among))
            or (self.least is not None and number < self.least)
            or (self.below is not None and number >= self.below)
            or (self.filled is not None and bool(text) is not self.filled)
        )


@dataclass(frozen=True, slots=True)
class Link:
    """Another record: the one made of the same rows (`of`), or one that a text finds.

    `by` is the field the text is looked up in, among those that fit `within`; without it number,
    ref, id and title are tried. With `key` it is found by its natural key. One that is not there
    is made when `make` says so, with those fields.
    """

    find: Expression | None = None
    by: str = ""
    within: Mapping[str, Expression | Link] = field(default_factory=dict)
    key: Mapping[str, Expression | Link] = field(default_factory=dict)
    make: Mapping[str, Expression | Link] | None = None
    of: str = ""

    def columns(self) -> Iterator[str]:
        """Every column that finding or making it looks at."""
        if self.find is not None:
            yield from self.find.columns()
        for part in (*self.key.values(), *self.within.values(), *(self.make or {}).values()):
            yield from part.columns()


Source = Expression | Link
