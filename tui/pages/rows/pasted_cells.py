"""Pasted cells: lines of cells as spreadsheets put them on the clipboard.

Cells stand between tabs, and a cell of several lines stands in quotation marks (Excel, WPS and
LibreOffice alike). A quotation mark that closes nowhere is a character like any other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from models.schema.fields import Spec
from models.text.words import Refused, W

MOST: Final = 2_000
"""Lines that one paste may have; longer lists are imported."""
TOO_MANY: Final = W(
    "一次最多粘贴 {most} 行，这里有 {n} 行。更长的清单请用 sitebook import。",
    "At most {most} lines can be pasted at once; there are {n}. Import a longer list with"
    " sitebook import.",
)
_QUOTED: Final = re.compile(r'"((?:[^"]|"")*)"(?=\t|\n|\Z)')
_PLAIN: Final = re.compile(r"[^\t\n]*")


def is_table(text: str) -> bool:
    """Whether a pasted text is more than the content of one cell."""
    return len(lines := cells(text)) > 1 or len(lines[0]) > 1


def cells(text: str) -> list[list[str]]:
    """The cells, line by line; one line at least. Blank lines at the end are left out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    found: list[list[str]] = [[]]
    at = 0
    while True:
        quoted = _QUOTED.match(text, at)
        plain = quoted or _PLAIN.match(text, at)
        assert plain is not None
        found[-1].append(plain[1].replace('""', '"') if quoted else plain[0])
        at = plain.end()
        if at >= len(text):
            break
        if text[at] == "\n":
            found.append([])
        at += 1
    while len(found) > 1 and not any(found[-1]):
        found.pop()
    if len(found) > MOST:
        raise Refused(TOO_MANY, most=MOST, n=len(found))
    return found


def header(line: Sequence[str], specs: Mapping[str, Spec]) -> list[str | None] | None:
    """The field of each cell where a line is one of titles; None where it is not.

    A cell is a title if it is a field's word in either language, or its name. All cells of the
    line that are not blank must be titles, each of another field.
    """
    names: dict[str, str] = {}
    for name, spec in specs.items():
        names |= dict.fromkeys((name, *(_plain(word) for word in spec.label)), name)
    found = [names.get(_plain(cell)) if cell.strip() else None for cell in line]
    titles = [name for name in found if name is not None]
    filled = sum(bool(cell.strip()) for cell in line)
    return found if titles and len(set(titles)) == filled else None


def _plain(text: str) -> str:
    return text.strip().rstrip("*").casefold()
