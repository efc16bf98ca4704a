"""Workbook: the same document as a spreadsheet: its short values on a sheet, each table on its own.

Every cell is text: nothing that people typed is run as a formula.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import Any

from models.text.words import W
from tui.documents import layout as blocks
from tui.documents.layout import DocumentLayout, DocumentProse, DocumentTable, Facts

OVERVIEW = W("概况", "Overview")
CELL = 32_767
"""Most characters that a cell takes."""
WIDE, SHARE = 60, 4
"""The widest column, and characters for one share of a table's width."""
BANNED = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
TITLE = 28
Row = Sequence[str]


def content(layout: DocumentLayout, data: Mapping[str, Any]) -> bytes:
    """The whole document as the bytes of an .xlsx file."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    out = BytesIO()
    folder = TemporaryDirectory(prefix="sitebook-", ignore_cleanup_errors=True)
    with folder as scratch, Workbook(out, {"tmpdir": scratch}) as made:
        looks = {
            "head": made.add_format({"bold": True, "bg_color": "#DDE7EE", "text_wrap": True}),
            "text": made.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        }
        taken = set[str]()
        first = made.add_worksheet(_named(str(OVERVIEW), taken))
        _write(first, looks, None, list(_overview(layout, data)), (20, WIDE))
        for block in (*layout.printed, blocks.CHANGES):
            if isinstance(block, DocumentTable) and data[block.key]:
                sheet = made.add_worksheet(_named(str(block.title), taken))
                keys = [column.key for column in block.columns]
                rows = [[str(row.get(key, "")) for key in keys] for row in data[block.key]]
                widths = [min(SHARE * column.share, WIDE) for column in block.columns]
                head = [str(column.label) for column in block.columns]
                _write(sheet, looks, head, rows, widths)
    return out.getvalue()


def _overview(layout: DocumentLayout, data: Mapping[str, Any]) -> Iterator[Row]:
    yield "", data["title"]
    if data["mark"]:
        yield "", data["mark"]
    for word, key in (
        (blocks.NUMBER, "number"),
        (blocks.VERSION, "version"),
        (blocks.DATE, "date"),
    ):
        yield str(word), data[key]
    for block in layout.printed:
        if isinstance(block, Facts):
            yield from ((str(word), data[key]) for word, key in block.rows)
        elif isinstance(block, DocumentProse):
            yield str(block.title), data[block.key]


def _write(
    sheet: Any,
    looks: Mapping[str, Any],
    head: Row | None,
    rows: Sequence[Row],
    widths: Sequence[int],
) -> None:
    for at, width in enumerate(widths):
        sheet.set_column(at, at, max(width, 8), looks["text"])
    begin = 0
    if head is not None:
        for at, text in enumerate(head):
            sheet.write_string(0, at, text, looks["head"])
        begin = 1
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(head) - 1)
        sheet.repeat_rows(0)
    for place, row in enumerate(rows, begin):
        for at, text in enumerate(row):
            sheet.write_string(place, at, text[:CELL], looks["text"])
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _named(title: str, taken: set[str]) -> str:
    """A sheet's name: no sign that Excel refuses, not too long, none twice."""
    plain = title.translate(BANNED).strip()[:TITLE] or "-"
    found, count = plain, 1
    while found.casefold() in taken:
        count += 1
        found = f"{plain} {count}"
    taken.add(found.casefold())
    return found
