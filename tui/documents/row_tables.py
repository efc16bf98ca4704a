"""Row tables: the rows of a record on paper, a table for each type, as wide as what they say.

The columns are those that the type declares, and the state of rows that have one. Whatever else a
row holds stands in a last column, so that a document leaves nothing out.
"""

from __future__ import annotations

from models.book.rows.child_rows import child_types, rows_of
from models.schema.record import Record, kinds
from models.text.words import W, say
from tui.display.terminal_text import width
from tui.documents.layout import ROWS, DocumentColumn, DocumentTable, RowColumns
from tui.documents.record_text import RecordText

OTHER = "other_fields"
STATE, MORE = W("状态", "State"), W("其他内容", "Other fields")
FIELD = W("{label}：{text}", "{label}: {text}")
SHARES = {"prose": 12, "line": 8, "day": 6}
NARROW = 4
"""The share of a declared column by the kind of its field; of every other kind it is narrow."""
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
        f"{ROWS}{cls.kind.name}": cells(reading, record, cls) for cls in child_types(record.type)
    }


def cells(reading: RecordText, record: Record, cls: type[Record]) -> list[dict[str, str]]:
    """The rows of one type, as a table prints them."""
    return [_cells(reading, row) for row in living(reading, record, cls)]


def declared(block: RowColumns) -> DocumentTable:
    """The table of a declared block; its columns are as wide as the kinds of their fields need.

    Raises `ValueError` for a type that has no rows, or a field that it does not have.
    """
    if block.type not in kinds or not kinds[block.type].kind.parent:
        raise ValueError(f"{block.type!r} is no type of rows")
    cls = kinds[block.type]
    names = list(block.columns or _columns(cls))
    specs = cls.specs()
    if not specs.keys() >= {*names} - {"state"}:
        raise ValueError(f"{block.type!r} has no fields {sorted({*names} - specs.keys())}")
    if "state" not in names and len(cls.kind.states) > 1:
        names.insert(1, "state")
    columns = (
        DocumentColumn(STATE, name, NARROW)
        if name == "state"
        else DocumentColumn(specs[name].label, name, SHARES.get(specs[name].kind, NARROW))
        for name in names
    )
    return DocumentTable(block.title or cls.kind.label, block.key, tuple(columns))


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
    return DocumentTable(cls.kind.label, f"{ROWS}{cls.kind.name}", tuple(columns))


def _cells(reading: RecordText, row: Record) -> dict[str, str]:
    cls = type(row)
    shown = _columns(cls)
    names = [name for name in cls.visible() if name != cls.kind.parent]
    found = {name: reading.text(row, name) for name in names}
    rest = [
        say(FIELD, label=cls.specs()[name].label, text=text)
        for name, text in found.items()
        if name not in shown and text
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
