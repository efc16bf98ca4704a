"""Attachments: attached bytes travel after their references, by checksum, in pieces, within a
budget.

A file that is only begun lies in `files/partial` under its checksum and is gone on with in the
next round. Nothing counts as here before its checksum was found right.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from models.schema.record import Record, kinds
from models.storage import blobs as kept
from models.storage import rows
from models.storage.atomic_file import create, make_folder, put_in_place, sync_folder
from models.text.os_errors import why
from models.text.words import Refused, W
from sync.workspace.workspace import Workspace

PARTIAL = "partial"
PIECE = 1 << 20
BUDGET = 256 << 20
"""Most bytes of files that one round carries each way, unless told otherwise."""

CANNOT = W(
    "附件不能保存到 {path}：{reason}。请检查磁盘空间后再同步。",
    "An attached file cannot be kept in {path}: {reason}. Check the disk space and sync again.",
)
UNREADABLE = W(
    "附件 {sha} 读不出来：{reason}。请运行 sitebook check。",
    "The attached file {sha} cannot be read: {reason}. Run sitebook check.",
)
OTHER = W(
    "收到的附件 {sha} 与其校验值不符，未采用。请再同步一次。",
    "The attached file {sha} does not match its checksum and was not taken. Sync again.",
)


class WantedFile(NamedTuple):
    """A file that some record refers to."""

    sha256: str
    size: int
    space: str


def listed(workspace: Workspace) -> list[WantedFile]:
    """Every file that a living record refers to, the newest first; each once per space."""
    found = dict[tuple[str, str], WantedFile]()
    cls = kinds["attachment"]
    for record in rows.fetch(workspace.store, cls, "WHERE void IS NULL ORDER BY n DESC"):
        values = record.values()
        sha, size = str(values.get("sha256")), values.get("size")
        if _is_sum(sha):
            space = workspace.book.space_of(record)
            found.setdefault((sha, space), WantedFile(sha, int(size or 0), space))
    return list(found.values())


def here(workspace: Workspace, sha256: str) -> bool:
    """Whether a file's bytes are kept on this device."""
    return kept.place(workspace.home, sha256).exists()


def count(workspace: Workspace, record: Record) -> tuple[int, int]:
    """(files here, files in all) of a record: '3 of 4 files here'."""
    sql = "SELECT DISTINCT sha256 FROM attachment WHERE about=? AND void IS NULL"
    sums = [row[0] for row in workspace.store.rows(sql, (record.id,)) if _is_sum(row[0])]
    return sum(here(workspace, one) for one in sums), len(sums)


def within(wanted: Iterable[WantedFile], budget: int) -> Iterator[WantedFile]:
    """Those that fit, in the order given; a large one that does not fit stops no small one."""
    for one in wanted:
        if 0 <= one.size <= budget:
            budget -= one.size
            yield one


def begun(workspace: Workspace, sha256: str) -> int:
    """How many bytes of a file came already."""
    try:
        return _part(workspace.home, sha256).stat().st_size
    except OSError:
        return 0


def take(workspace: Workspace, sha256: str, size: int, pieces: Iterable[bytes]) -> bool:
    """Add pieces to a file that is begun; True when it is whole and right, False when it is not
    as large yet as its record says.

    Raises `Refused` for wrong or too many bytes (it begins anew next time), or a full disk. When
    the pieces break off, what came is kept for the next round.
    """
    part = _part(workspace.home, sha256)
    try:
        make_folder(part.parent.parent)
        make_folder(part.parent)
        if not part.exists():
            create(part).close()
        with part.open("ab") as file:
            _append(file, pieces, part)
        return _settle(workspace.home, sha256, size, part)
    except OSError as error:
        raise Refused(CANNOT, path=kept.FOLDER, reason=why(error)) from error


def pieces(path: Path, start: int = 0) -> Iterator[bytes]:
    """A file's bytes from `start` on."""
    try:
        with path.open("rb") as file:
            file.seek(start)
            while piece := file.read(PIECE):
                yield piece
    except OSError as error:
        raise Refused(UNREADABLE, sha=path.name[:12], reason=why(error)) from error


def _append(file: BinaryIO, some: Iterable[bytes], part: Path) -> None:
    size = part.stat().st_size
    try:
        for piece in some:
            size += len(piece)
            if size > kept.LIMIT:
                part.unlink(missing_ok=True)
                raise Refused(OTHER, sha=part.name[:12])
            file.write(piece)
    finally:
        file.flush()
        os.fsync(file.fileno())


def _settle(home: Path, sha256: str, size: int, part: Path) -> bool:
    digest = hashlib.sha256()
    for piece in pieces(part):
        digest.update(piece)
    if digest.hexdigest() != sha256:
        if part.stat().st_size < size:
            return False
        with suppress(OSError):
            part.unlink()
        raise Refused(OTHER, sha=sha256[:12])
    final = kept.place(home, sha256)
    make_folder(final.parent)
    put_in_place(part, final)
    sync_folder(final.parent.parent)
    return True


def _part(home: Path, sha256: str) -> Path:
    return home / kept.FOLDER / PARTIAL / sha256


def _is_sum(text: object) -> bool:
    return isinstance(text, str) and len(text) == 64 and set(text) <= set("0123456789abcdef")
