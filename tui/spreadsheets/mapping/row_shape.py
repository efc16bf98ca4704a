"""Row shape: which rows of a list are records, and what they have from the rows above them.

A heading over several rows names the section of those below; an empty cell of a filled column has
the content of the cell above; sums, signatures and remarks at the end are no records.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from models.text.words import W
from tui.spreadsheets.mapping.recipe import BAND, Recipe
from tui.spreadsheets.reading.table import TableRow, folded

SUMS = (W("合计", "total"), W("小计", "subtotal"), W("总计", "sum"), W("累计", "grand total"))
SIGNED = (W("签字", "signature"), W("签名", "signed"), W("盖章", "stamp"))
"""Words with which rows begin that are no records."""
NOTES = [
    "备注",
    "说明",
    "注",
    "注意事项",
    "异常情况说明",
    "异常说明",
    "异常情况",
    "填写说明",
    "巡检人",
    "检查人",
    "点检人",
    "审核人",
    "审批人",
    "填表人",
    "制表人",
    "记录人",
    "负责人",
    "确认人",
    "note",
    "notes",
    "remark",
    "remarks",
    "inspector",
    "checkedby",
    "reviewedby",
    "approvedby",
]
"""Words before a colon below a list: places for words and names, no records."""
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]+[、.．)）]|[（(][一二三四五六七八九十]+[)）]|[IVX]+[.、]"
)


def is_total(row: TableRow) -> bool:
    """Whether a row looks like a sum, a remark or the place for signatures, and no record."""
    first = folded(next((cell for name, cell in row.cells.items() if name != BAND), ""))
    name, colon, _ = first.partition(":")
    if any(name == folded(half) for word in SUMS for half in word):
        return True
    signed = any(folded(half) in name for word in SIGNED for half in word)
    return bool(colon) and (signed or name in NOTES)


class RowShape:
    """Passes on the rows of a list that are records; `title` is the column that names one."""

    def __init__(self, recipe: Recipe, across: frozenset[int], title: str) -> None:
        self._recipe, self._across, self._title = recipe, across, title
        self._band = ""
        self._above: dict[str, str] = {}
        self.bands: list[int] = []
        """Numbers of the rows that were taken as headings."""

    def rows(self, rows: Iterable[TableRow]) -> Iterator[TableRow]:
        """The rows, with what they have from those above them."""
        if not (self._recipe.bands or self._recipe.fills):
            yield from rows
            return
        for row in rows:
            if self._recipe.bands and self._is_band(row):
                self._band = " ".join(next(iter(row.cells.values())).split())
                self.bands.append(row.number)
                self._above.clear()
            else:
                yield self._filled(row)

    def _is_band(self, row: TableRow) -> bool:
        texts = {cell.strip() for cell in row.cells.values() if cell.strip()}
        if len(texts) != 1 or row.fault is not None or is_total(row):
            return False
        alone = set(row.cells) != {self._title}
        return row.number in self._across or alone or bool(_NUMBERED.match(next(iter(texts))))

    def _filled(self, row: TableRow) -> TableRow:
        cells = dict(row.cells)
        if any(cell.strip() for cell in cells.values()) and not is_total(row):
            for name in self._recipe.fills:
                if cells.get(name, "").strip():
                    self._above[name] = cells[name]
                elif name in self._above:
                    cells[name] = self._above[name]
            if self._band:
                cells[BAND] = self._band
        return row._replace(cells=cells)
