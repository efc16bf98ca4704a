"""Old workbooks: .xls and .ods files, written byte by byte by their published forms.

An .xls is a stream of BIFF8 records ([MS-XLS] 2.1) in a compound file of one stream ([MS-CFB] 2);
an .ods is a zip with the cells in `content.xml` (OpenDocument 1.2, part 1, chapter 9).
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape

Cells = Sequence[Sequence[object]]
Merged = Iterable[tuple[int, int, int, int]]
SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def xls_file(
    path: Path, sheets: Mapping[str, Cells], merged: Merged = (), hidden: Sequence[str] = ()
) -> Path:
    """A workbook in the old form; `merged` (first row, last row, first column, last column) is of
    the first sheet.
    """
    path.write_bytes(_compound(_book(sheets, list(merged), hidden)))
    return path


def _book(
    sheets: Mapping[str, Cells], merged: list[tuple[int, ...]], hidden: Sequence[str]
) -> bytes:
    head = _record(0x809, struct.pack("<HHHHII", 0x600, 0x5, 0, 0, 0, 0))
    head += _record(0x42, struct.pack("<H", 1200))
    head += _record(
        0x31, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\5\0Arial"
    )
    formats = b"".join(_record(0xE0, struct.pack("<HH", 0, form) + bytes(16)) for form in (0, 22))
    ends = _record(0x0A, b"")
    bodies = [_sheet(rows, merged if at == 0 else []) for at, rows in enumerate(sheets.values())]
    sizes = [len(_bound(name, 0, 0)) for name in sheets]
    place = len(head) + len(formats) + sum(sizes) + len(ends)
    bounds = b""
    for name, body in zip(sheets, bodies, strict=True):
        bounds += _bound(name, place, name in hidden)
        place += len(body)
    return head + formats + bounds + ends + b"".join(bodies)


def _bound(name: str, place: int, hidden: int) -> bytes:
    text = name.encode("utf-16-le")
    return _record(0x85, struct.pack("<IBBBB", place, hidden, 0, len(name), 1) + text)


def _sheet(rows: Cells, merged: list[tuple[int, ...]]) -> bytes:
    found = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    wide = max((len(row) for row in rows), default=0)
    found += _record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, wide, 0))
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            found += _cell(at, column, value)
    if merged:
        ranges = b"".join(struct.pack("<HHHH", *one) for one in merged)
        found += _record(0xE5, struct.pack("<H", len(merged)) + ranges)
    return found + _record(0x0A, b"")


def _cell(row: int, column: int, value: object) -> bytes:
    if value in (None, ""):
        return b""
    place = struct.pack("<HHH", row, column, isinstance(value, date))
    if isinstance(value, datetime):
        days = (value - datetime(1899, 12, 30)).total_seconds() / 86_400
        return _record(0x203, place + struct.pack("<d", days))
    if isinstance(value, (int, float)):
        return _record(0x203, place + struct.pack("<d", value))
    text = str(value)
    return _record(0x204, place + struct.pack("<HB", len(text), 1) + text.encode("utf-16-le"))


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _compound(stream: bytes) -> bytes:
    """A compound file with the stream `Workbook`: header, table of sectors, folder, stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    count = len(stream) // SECTOR
    tables = -(-(count + 2) // (SECTOR // 4 - 1))
    chain = [FAT] * tables + [END] + [tables + 2 + at for at in range(count - 1)] + [END]
    chain += [FREE] * (tables * (SECTOR // 4) - len(chain))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack(
        "<HHHHHHIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, tables, tables, 0, 4096, END, 0, END, 0
    )
    places = [*range(tables), *[FREE] * (109 - tables)]
    head += struct.pack("<109I", *places)
    folder = _entry("Root Entry", 5, END, 0, child=1) + _entry(
        "Workbook", 2, tables + 1, len(stream)
    )
    folder += _entry("", 0, 0, 0) * 2
    return head + struct.pack(f"<{len(chain)}I", *chain) + folder + stream


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0" if name else b""
    found = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, FREE, FREE, child)
    return found + bytes(36) + struct.pack("<IQ", start, size)


def ods_file(path: Path, sheets: Mapping[str, Cells]) -> Path:
    """An OpenDocument spreadsheet."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">{"".join(map(_ods_row, rows))}</table:table>'
        for name, rows in sheets.items()
    )
    spaces = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces}><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
    return path


MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest'
    ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/"'
    ' manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)


def _ods_row(row: Sequence[object]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(value: object) -> str:
    if value in (None, ""):
        return "<table:table-cell/>"
    form, held = "string", ""
    if isinstance(value, date):
        form, held = "date", f' office:date-value="{value.isoformat()}"'
    elif isinstance(value, (int, float)):
        form, held = "float", f' office:value="{value}"'
    text = f"<text:p>{escape(str(value))}</text:p>"
    return f'<table:table-cell office:value-type="{form}"{held}>{text}</table:table-cell>'
