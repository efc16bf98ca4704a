"""Workbook process: a program of its own that reads one sheet of an .xls, .ods or .et.

The library holds a whole sheet in memory, by the size that the file claims, and ends the program
where there is no room: so it runs as a child with a bound on memory and time (`other_workbook`).
It knows nothing of ours. Lines of JSON go out: one about the file, then one for each row. A cell
is a text, a number, true or false, or `[form, text]` of a day, a time or a span in seconds.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

MEMORY = 3 << 30
"""Bytes of address space at most."""
SECONDS = 120
"""Processor time at most."""


def main(path: str, sheet: str) -> None:
    """Read a sheet, by its name, else the first visible one that holds cells."""
    _bound()
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with Path(path).open("rb") as file:
            _tell(CalamineWorkbook.from_filelike(file), sheet)
    except PasswordError:
        _put({"error": "password"})
    except (CalamineError, MemoryError, OSError, ValueError) as error:
        _put({"error": str(error) or "damaged"})


def _bound() -> None:
    """Bounds on memory and time, where the system has them."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _tell(book: Any, sheet: str) -> None:
    from python_calamine import SheetVisibleEnum

    seen = SheetVisibleEnum.Visible
    shown = [one.name for one in book.sheets_metadata if one.visible == seen]
    every = list(book.sheet_names)
    name = sheet if sheet in every else next(iter(shown or every), "")
    head: dict[str, Any] = {"sheets": shown or every, "every": every, "sheet": name}
    if not name or (sheet and name != sheet):
        _put(head)
        return
    found = book.get_sheet_by_name(name)
    start = found.start or (0, 0)
    head |= {"rows": found.total_height, "merged": found.merged_cell_ranges or []}
    _put(head)
    left = [""] * start[1]
    for row in found.iter_rows():
        _put([*left, *(_cell(value) for value in row)])


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return ["moment", value.isoformat()]
    if isinstance(value, date):
        return ["day", value.isoformat()]
    if isinstance(value, time):
        return ["time", value.isoformat()]
    if isinstance(value, timedelta):
        return ["span", str(value.total_seconds())]
    return value


def _put(line: object) -> None:
    sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
