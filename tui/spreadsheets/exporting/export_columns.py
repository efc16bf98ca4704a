"""Export columns: the columns of an exported list, made from a type's declaration."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from models.book.tables.vocabularies import worded
from models.schema.fields import Spec
from models.schema.record import Record, kinds
from models.text.words import W
from tui.spreadsheets import header_columns
from tui.spreadsheets.exporting.cell_text import NO, YES, Outgoing
from tui.spreadsheets.importing import known_records

WIDTHS = {"prose": 48, "line": 24, "link": 24, "choice": 16, "moment": 18, "day": 12, "week": 11}
"""Characters of a column by kind of field; others have ten."""
HIDDEN = ("device", "synced_at", "ref", "id", "type", "seen")


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """One column: stable name, label, kind of its values, and how a record fills it.

    A cell is text, but for kinds 'moment' (ms UTC) and 'count' (a whole number); None is empty.
    """

    name: str
    label: W
    kind: str
    cell: Callable[[Record], Any]
    hidden: bool = False
    choices: tuple[W, ...] = ()
    """The allowed words, where the field has a list of them."""
    sums: bool = False
    """Whether its numbers may be added up."""

    @property
    def width(self) -> int:
        """Characters that it is wide."""
        return WIDTHS.get(self.kind, 10)


def layout(cls: type[Record], out: Outgoing) -> list[ExportColumn]:
    """Number and state, the fields as declared, the rest of the header; what only an import needs
    is hidden.
    """
    found = [_head("number", "line", lambda record: record.number)]
    if len(cls.kind.states) > 1:
        found.append(_head("state", "choice", out.state))
    for name, spec in cls.visible().items():
        found += _field(name, spec, out)
    if cls.kind.project != "none":
        found.append(_head("project", "link", lambda record: out.project(record.project)))
    return found + _header(out)


def _header(out: Outgoing) -> list[ExportColumn]:
    return [
        _head("occurred_at", "moment", lambda record: record.occurred),
        _head("recorded_at", "moment", lambda record: record.recorded),
        _head("author", "link", lambda record: out.person(record.author)),
        _head("void", "line", lambda record: record.void),
        _head("synced_at", "moment", lambda record: record.synced),
        _head("device", "line", lambda record: record.device),
        _head("ref", "line", lambda record: record.ref),
        _head("id", "line", lambda record: record.id),
        _head("type", "line", lambda record: record.type),
        _head("seen", "line", lambda record: known_records.mark(out.book, record)),
    ]


def _head(name: str, kind: str, cell: Callable[[Record], Any]) -> ExportColumn:
    return ExportColumn(name, header_columns.HEADS[name], kind, cell, hidden=name in HIDDEN)


def _field(name: str, spec: Spec, out: Outgoing) -> Iterator[ExportColumn]:
    """A field's column; before the ids of what has no name, one that people can read."""
    nameless = spec.kind == "link" and spec.target != "person" and not _has_name(spec.target)

    def held(record: Record) -> Any:
        return getattr(record, name)

    def cell(record: Record) -> Any:
        value = held(record)
        return value if spec.kind in ("moment", "count") else out.text(spec, value) or None

    if nameless:
        shown = f"{name}{header_columns.SHOWN}"
        yield ExportColumn(
            shown,
            spec.label,
            "link",
            lambda record: held(record) and out.shown(spec, str(held(record))),
        )
    sums = spec.kind == "number" and not spec.group
    words = () if spec.several else _words(worded(out.book.store, spec))
    yield ExportColumn(name, spec.label, spec.kind, cell, nameless, words, sums)


def _has_name(target: str) -> bool:
    cls = kinds.get(target)
    spec = cls.specs().get(cls.kind.title) if cls else None
    return spec is not None and spec.kind == "line"


def _words(spec: Spec) -> tuple[W, ...]:
    if spec.kind == "flag":
        return (YES, NO)
    return tuple(choice.label for choice in spec.offered())
