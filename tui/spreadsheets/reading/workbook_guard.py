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

NO_WORKBOOK = W(
    "文件 {file} 不是 Excel 工作簿，或已损坏。请用 Excel 或 WPS 打开并另存为 .xlsx。",
    "The file {file} is not an Excel workbook or is damaged. Open it and save it as .xlsx again.",
)
NO_SHEETS = W(
    "文件 {file} 不能按工作簿读取，或已损坏。请用 Excel 或 WPS 打开并另存为 .xlsx。",
    "The file {file} cannot be read as a workbook or is damaged. Open it and save it as .xlsx.",
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
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_ROW_ENDS = (b"</row>", b"</table:table-row>")
_OVERLAP = 32


def check(path: Path, limits: Limits = LIMITS) -> None:
    """Raise `Refused` unless the file is a workbook (.xlsx) within the limits."""
    _sized(path, limits)
    with archive_parts.opened(path, Refused(NO_WORKBOOK, file=path.name)) as archive:
        _parts(path, archive, limits)


def check_other(path: Path, limits: Limits = LIMITS) -> None:
    """The same for other workbooks: a zip (.ods) is counted, the old form is bounded by its size;
    what a reader then makes of it is bounded by the process that reads it.
    """
    _sized(path, limits)
    if not is_old(path):
        with archive_parts.opened(path, Refused(NO_SHEETS, file=path.name)) as archive:
            _parts(path, archive, limits)


def is_old(path: Path) -> bool:
    """Whether a file has the old binary form (.xls, .et), which encrypted .xlsx have outside."""
    with path.open("rb") as file:
        return file.read(len(_OLE)) == _OLE


def is_locked(path: Path) -> bool:
    """Whether a file is a workbook in the form that encryption gives it."""
    return is_old(path) and _LOCKED in path.read_bytes()


def is_workbook(path: Path) -> bool:
    """Whether a file is an .xlsx by its content, whatever its name says."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except archive_parts.DAMAGED:
        return False


def _sized(path: Path, limits: Limits) -> None:
    if path.stat().st_size > limits.packed:
        raise Refused(TOO_LARGE, file=path.name, most=limits.packed >> 20)


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
    sheets = "/worksheets/" in plain or plain == "content.xml"  # the latter of an .ods
    if not plain.endswith((".xml", ".rels")) or sheets:
        return limits.inflated
    return limits.texts if plain.endswith("sharedstrings.xml") else limits.part


def _look_through(part: ArchivePart, file: str, limits: Limits) -> None:
    """Read a part piece by piece, for declarations and for rows without an end."""
    since = 0
    tail = b""
    name = part.name.lower()
    sheet = "/worksheets/" in name or name == "content.xml"
    for piece in part.pieces():
        seen = tail + piece
        if any(mark in seen for mark in _DOCTYPES):
            raise Refused(ENTITIES, file=file, part=part.name[:60])
        last = max(seen.rfind(end) for end in _ROW_ENDS)
        since = len(seen) - last if last >= 0 else since + len(piece)
        if sheet and since > limits.row:
            raise Refused(SWELLS, file=file, part=part.name[:60], most=limits.row >> 20)
        tail = seen[-_OVERLAP:]
