"""Table paste: what a spreadsheet put on the clipboard, filled into the cells of a table."""

from __future__ import annotations

from models.text.words import Refused, W
from tui.forms.field import Field
from tui.forms.value_input import ValueReading
from tui.pages.rows import pasted_cells
from tui.pages.rows.sheet_rows import Held, TableCell
from tui.pages.rows.table_session import TableSession, TableStep

BEYOND = W("右边多出的 {n} 格没有粘贴", "cells beyond the last column, not pasted: {n}")
LOCKED = W("不能修改的 {n} 格没有粘贴", "cells that cannot be changed, not pasted: {n}")


def paste(session: TableSession, place: TableCell, text: str) -> tuple[TableCell, list[Refused]]:
    """Fill cells from here on, adding rows; the last cell filled, and what was left out.

    A first line of titles says which column each cell belongs to. Raises `Refused` for too many
    lines, or where rows would have to be added and may not; nothing is filled then.
    """
    lines, names = pasted_cells.cells(text), session.names
    targets: list[str | None] = [*names[place.column :]]
    specs = session.cls.specs()
    titles = pasted_cells.header(lines[0], {name: specs[name] for name in names})
    if titles is not None:
        targets, lines = titles, lines[1:]
    first = session.rows.index(place.row)
    step = TableStep([], session.more_rows(first + len(lines) - len(session.rows)), [])
    reading, known = session.reading, dict[tuple[str, str], Held]()
    beyond = locked = 0
    last = place
    for row, line in zip(session.rows[first:], lines, strict=False):
        beyond += sum(bool(cell.strip()) for cell in line[len(targets) :])
        for name, cell in zip(targets, line, strict=False):
            if name is None:
                continue
            spot = TableCell(row, names.index(name))
            one = session.cell(spot)
            if one.locked:
                locked += bool(cell.strip())
                continue
            step.cells.append((spot, session.held(spot)))
            _fill(reading, one, cell, known)
            last = spot
    session.did(step)
    told = [Refused(BEYOND, n=beyond)] if beyond else []
    told += [Refused(LOCKED, n=locked)] if locked else []
    return last, told


def _fill(reading: ValueReading, one: Field, text: str, known: dict[tuple[str, str], Held]) -> None:
    """Take a text into a cell; what it means for a column is asked once."""
    if one.spec.kind == "line":  # as in a form, several lines become one
        text = " ".join(part.strip() for part in text.splitlines() if part.strip())
    asked = (one.name, text)
    if asked not in known:
        try:
            known[asked] = reading.read(one.spec, text), None, None
        except Refused as refused:
            known[asked] = None, text, refused
    one.value, one.text, one.fault = known[asked]
