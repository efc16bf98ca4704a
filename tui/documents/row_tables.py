"""Row tables: the rows of a record on paper, a table for each type, as wide as what they say.

The columns are those that the type declares, and the state of rows that have one. Whatever else a
row holds stands in a last column, so that a document leaves nothing out.
"""

from __future__ import annotations

from models.book.rows.child_rows import child_types, rows_of
from models.schema.record import Record
from models.text.words import W, say
from tui.display.terminal_text import width
from tui.documents.layout import DocumentColumn, DocumentTable
from tui.documents.record_text import RecordText

PREFIX = "rows_"
"""How the names of these tables begin in a document's data; the type's name follows."""
OTHER = "other_fields"
STATE, MORE = W("状态", "State"), W("其他内容", "Other fields")
FIELD = W("{label}：{text}", "{label}: {text}")
UPRIGHT = 7
"""Columns that an upright page takes; more make it a wide one."""
LEAST, MOST = 4, 40
"""A column is as wide as its longest text, within these bounds, in half-width characters."""


def tables(reading: RecordText, record: Record) -> list[DocumentTable]:
    """The tables of a record, one for each type of rows that it may have."""
    return [_table(reading, record, cls) for cls in child_types(record.type)]


def data(reading: RecordText, record: Record) -> dict[str, list[dict[str, str]]]:
    """What the tables print."""
    return {
        f"{PREFIX}{cls.kind.name}": [_cells(reading, row) for row in living(reading, record, cls)]
        for cls in child_types(record.type)
    }


def living(reading: RecordText, record: Record, cls: type[Record]) -> list[Record]:
    """The rows of a type that are printed: those not void, in order."""
    return [row for row in rows_of(reading.store, record, cls) if row.void is None]


def _table(reading: RecordText, record: Record, cls: type[Record]) -> DocumentTable:
    found = [_cells(reading, row) for row in living(reading, record, cls)]
    labels = dict[str, W]()
    for name in _columns(cls):
        labels[name] = cls.specs()[name].label
        if len(labels) == 1 and len(cls.kind.states) > 1:
            labels["state"] = STATE
    if any(row[OTHER] for row in found):
        labels[OTHER] = MORE
    columns = (
        DocumentColumn(label, name, _share([str(label), *(row[name] for row in found)]))
        for name, label in labels.items()
    )
    return DocumentTable(cls.kind.label, f"{PREFIX}{cls.kind.name}", tuple(columns))


def _cells(reading: RecordText, row: Record) -> dict[str, str]:
    cls = type(row)
    shown = _columns(cls)
    found = {name: reading.text(row, name) for name in shown}
    rest = [
        say(FIELD, label=spec.label, text=text)
        for name, spec in cls.visible().items()
        if name not in shown and name != cls.kind.parent and (text := reading.text(row, name))
    ]
    return {**found, "state": reading.state(row), OTHER: "\n".join(rest)}


def _columns(cls: type[Record]) -> list[str]:
    """The declared columns, without the link back."""
    specs = cls.specs()
    return [name for name in cls.kind.columns if name in specs and name != cls.kind.parent]


def _share(texts: list[str]) -> int:
    """The room that a column needs, in half-width characters."""
    longest = max((width(line) for text in texts for line in text.splitlines()), default=0)
    return min(max(longest, LEAST), MOST)
