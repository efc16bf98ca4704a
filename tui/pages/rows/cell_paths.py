"""Cell paths: which cell a key leads to from another one."""

from __future__ import annotations

from tui.pages.rows.sheet_rows import SheetRow, TableCell
from tui.pages.rows.table_session import TableSession


def first_of(row: SheetRow) -> TableCell:
    """Where a row begins: at the first cell; in a new one at the first that is empty."""
    open_ = [at for at, one in enumerate(row.fields) if not one.locked] or [0]
    empty = [at for at in open_ if row.fields[at].value is None]
    return TableCell(row, (empty if row.record is None and empty else open_)[0])


def along(session: TableSession, place: TableCell, by: int) -> TableCell | None:
    """The next cell that can be filled in, on another row where the row ends; None at the end."""
    rows, at = session.rows, session.rows.index(place.row)
    column = place.column + by
    while 0 <= at < len(rows):
        fields = rows[at].fields
        while 0 <= column < len(fields):
            if not fields[column].locked:
                return TableCell(rows[at], column)
            column += by
        at += by
        column = 0 if by > 0 else len(session.names) - 1
    return None


def past(session: TableSession, place: TableCell, by: int) -> TableCell:
    """The same column so many rows on, or of the last one that way."""
    rows = session.rows
    at = min(max(rows.index(place.row) + by, 0), len(rows) - 1)
    return TableCell(rows[at], place.column)
