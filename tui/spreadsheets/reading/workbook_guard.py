"""Guard: a workbook (a zip of XML) is unpacked once and counted before anything parses it.

What really comes out of the zip is counted, whatever sizes it declares. What would make a parser
hold very much at once is refused as well: huge rows, huge tables of texts, entities that multiply.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from models.storage import archive_parts
from models.storage.archive_parts import ArchivePart
from models.text.words import Refused, W
from tui.spreadsheets.reading.table import LIMITS, TOO_LARGE, Limits

OLD = W(
    "文件 {file} 是旧的 .xls，或加了打开密码。请用 Excel 或 WPS 另存为没有密码的 .xlsx。",
    "The file {file} is an old .xls or has a password. Save it as .xlsx without a password.",
)
NO_WORKBOOK = W(
    "文件 {file} 不是 Excel 工作簿，或已损坏。请用 Excel 或 WPS 打开并另存为 .xlsx。",
    "The file {file} is not an Excel workbook or is damaged. Open it and save it as .xlsx again.",
)
SWELLS = W(
    "文件 {file} 解开后太大（{part} 超过 {most} MB），没有读取。",
    "The file {file} is too large once unpacked ({part} over {most} MB) and was not read.",
)
ENTITIES = W(
    "文件 {file} 含有 Excel 不会写的声明（{part}），没有读取。",
    "The file {file} contains declarations that Excel never writes ({part}) and was not read.",
)
MEMBERS = 5_000
_OLE = b"\xd0\xcf\x11\xe0"
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_ROW_END = b"</row>"
_OVERLAP = 32


def check(path: Path, limits: Limits = LIMITS) -> None:
    """Raise `Refused` unless the file is a workbook within the limits."""
    if path.stat().st_size > limits.packed:
        raise Refused(TOO_LARGE, file=path.name, most=limits.packed >> 20)
    with path.open("rb") as file:
        if file.read(4) == _OLE:
            raise Refused(OLD, file=path.name)
    with archive_parts.opened(path, Refused(NO_WORKBOOK, file=path.name)) as archive:
        _parts(path, archive, limits)


def _parts(path: Path, archive: zipfile.ZipFile, limits: Limits) -> None:
    if len(archive.infolist()) > MEMBERS:
        raise Refused(NO_WORKBOOK, file=path.name)

    def swollen(name: str, most: int) -> Refused:
        return Refused(SWELLS, file=path.name, part=name[:60], most=most >> 20)

    def allowed(name: str) -> int:
        return _most(name, limits)

    for part in archive_parts.parts(archive, limits.inflated, allowed, swollen):
        _look_through(part, path.name, limits)


def _most(name: str, limits: Limits) -> int:
    plain = name.lower()
    if not plain.endswith((".xml", ".rels")) or "/worksheets/" in plain:
        return limits.inflated
    return limits.texts if plain.endswith("sharedstrings.xml") else limits.part


def _look_through(part: ArchivePart, file: str, limits: Limits) -> None:
    """Read a part piece by piece, for declarations and for rows without an end."""
    since = 0
    tail = b""
    sheet = "/worksheets/" in part.name.lower()
    for piece in part.pieces():
        seen = tail + piece
        if any(mark in seen for mark in _DOCTYPES):
            raise Refused(ENTITIES, file=file, part=part.name[:60])
        last = seen.rfind(_ROW_END)
        since = len(seen) - last if last >= 0 else since + len(piece)
        if sheet and since > limits.row:
            raise Refused(SWELLS, file=file, part=part.name[:60], most=limits.row >> 20)
        tail = seen[-_OVERLAP:]
