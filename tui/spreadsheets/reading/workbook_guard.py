"""Guard: a workbook (a zip of XML) is unpacked once and counted before anything parses it.

Sizes that a zip declares are lies in the wrong hands, so what really comes out is counted. What
would make a parser hold very much at once is refused as well: huge rows, huge tables of texts,
entities that multiply.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import IO

from models.text.words import Refused, W
from tui.spreadsheets.reading.table import LIMITS, MIB, TOO_LARGE, Limits

OLD = W(
    "文件 {file} 是旧的 .xls，或加了打开密码。请用 Excel 或 WPS 另存为没有密码的 .xlsx。",
    "The file {file} is an old .xls or has a password. Save it as .xlsx without a password.",
)
NO_WORKBOOK = W(
    "文件 {file} 不是 Excel 工作簿，或已损坏。请用 Excel 或 WPS 打开并另存为 .xlsx。",
    "The file {file} is no Excel workbook or is damaged. Open it and save it as .xlsx again.",
)
SWELLS = W(
    "文件 {file} 解开后太大（{part} 超过 {most} MB），没有读取。",
    "The file {file} is too large once unpacked ({part} over {most} MB) and was not read.",
)
ENTITIES = W(
    "文件 {file} 含有 Excel 不会写的声明（{part}），没有读取。",
    "The file {file} holds declarations that Excel never writes ({part}) and was not read.",
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
    try:
        with zipfile.ZipFile(path) as archive:
            _parts(path, archive, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise Refused(NO_WORKBOOK, file=path.name) from error


def _parts(path: Path, archive: zipfile.ZipFile, limits: Limits) -> None:
    left = limits.inflated
    members = archive.infolist()
    if len(members) > MEMBERS:
        raise Refused(NO_WORKBOOK, file=path.name)
    for member in members:
        most = min(left, _most(member.filename, limits))
        with archive.open(member) as part:
            left -= _measure(path, part, member.filename, most, limits)


def _most(name: str, limits: Limits) -> int:
    plain = name.lower()
    if not plain.endswith((".xml", ".rels")) or "/worksheets/" in plain:
        return limits.inflated
    return limits.texts if plain.endswith("sharedstrings.xml") else limits.part


def _measure(path: Path, part: IO[bytes], name: str, most: int, limits: Limits) -> int:
    """The real size of a part, read piece by piece."""
    size = since = 0
    tail = b""
    sheet = "/worksheets/" in name.lower()
    while piece := part.read(MIB):
        size += len(piece)
        if size > most:
            raise Refused(SWELLS, file=path.name, part=name[:60], most=most >> 20)
        seen = tail + piece
        if any(mark in seen for mark in _DOCTYPES):
            raise Refused(ENTITIES, file=path.name, part=name[:60])
        last = seen.rfind(_ROW_END)
        since = len(seen) - last if last >= 0 else since + len(piece)
        if sheet and since > limits.row:
            raise Refused(SWELLS, file=path.name, part=name[:60], most=limits.row >> 20)
        tail = seen[-_OVERLAP:]
    return size
