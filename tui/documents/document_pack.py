"""Document pack: papers and attached files as one .zip with an index and checksums.

The index has sizes, SHA-256, and page counts where a file tells them. What a pack holds is given
to it: records that everybody on a project may read; of an attached file, its bytes where they are
here.
"""

from __future__ import annotations

import csv
import hashlib
import zipfile
from collections.abc import Callable, Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from models.records.common import issued_documents
from models.schema.record import Record
from models.storage import blobs
from models.storage.atomic_file import whole
from models.text.words import W
from tui.documents import produce
from tui.documents.formats.page_count import pages
from tui.documents.frame import DocumentSubject
from tui.documents.record_text import RecordText, clean
from tui.documents.registry import file_name
from tui.documents.word.reproducible_zip import EPOCH

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace

SUMS = "SHA256SUMS"
INDEX = W("目录.csv", "index.csv")
FILES = W("附件", "attachments")
HEAD = (
    W("序号", "No."),
    W("文件", "File"),
    W("所属记录", "Of"),
    W("字节", "Bytes"),
    W("页数", "Pages"),
    W("SHA-256", "SHA-256"),
    W("说明", "Remark"),
)
AWAY = W("文件未到本机，未收入", "not on this device, left out")
LONGEST = 80
"""Characters of an attached file's name that are kept."""
Progress = Callable[[float], None]


class PackedFile(NamedTuple):
    """One line of the index."""

    path: str
    about: str
    """The number of the record that it belongs to."""
    size: int
    sha256: str
    pages: int | None
    there: bool = True
    """Whether it is in the pack: its bytes are on this device."""


class PackedPaper(NamedTuple):
    """A paper that is made for the pack."""

    subject: DocumentSubject
    number: str
    """The number of what it is about."""
    folder: str = ""


class PackedRecord(NamedTuple):
    """A record whose attached files are packed, with those of the versions issued of it."""

    record: Record
    folder: str = ""


def write(
    workspace: Workspace,
    path: Path,
    papers: Callable[[RecordText], Sequence[PackedPaper]],
    records: Sequence[PackedRecord],
    *,
    force: bool = False,
    progress: Progress | None = None,
) -> list[PackedFile]:
    """Write a pack, whole or not at all; what is in it, and what is not here."""
    reading = RecordText(workspace)
    files, parts = list[PackedFile](), papers(reading)
    with whole(path, force=force) as fresh, zipfile.ZipFile(fresh, "w") as archive:
        for done, (subject, number, folder) in enumerate(parts):
            content = produce.make(reading, subject).content
            name = _free(f"{_below(folder)}{file_name(subject)}.docx", files)
            _add(archive, files, name, number, content, own=True)
            if progress is not None:
                progress((done + 1) / (len(parts) + 1))
        for record, folder in records:
            for name, sha in _attached(reading, record):
                _keep(workspace, archive, files, record, f"{_below(folder)}{FILES}", name, sha)
        index = _index(files).encode("utf-8-sig")
        sums = _sums(files, index).encode()
        for name, content in ((str(INDEX), index), (SUMS, sums)):
            _put(archive, name, content)
    if progress is not None:
        progress(1.0)
    return files


def absent(files: Sequence[PackedFile]) -> list[PackedFile]:
    """What is named and not here."""
    return [one for one in files if not one.there]


def _below(folder: str) -> str:
    return f"{plain_name(folder)}/" if folder else ""


def _attached(reading: RecordText, record: Record) -> Iterator[tuple[str, str]]:
    """The files of a record and of the versions that were issued of it: name and checksum."""
    issued = issued_documents.of_record(reading.book.store, record.id)
    for one in (record, *issued):
        for attachment in reading.about(one, "attachment"):
            yield attachment.title(), str(attachment.values()["sha256"])


def _keep(
    workspace: Workspace,
    archive: zipfile.ZipFile,
    files: list[PackedFile],
    record: Record,
    folder: str,
    name: str,
    sha: str,
) -> None:
    """Take an attached file in, if its bytes are here and right."""
    path = _free(f"{folder}/{plain_name(record.number)}/{plain_name(name)}", files)
    if not blobs.whole(workspace.home, sha):
        files.append(PackedFile(path, record.number, 0, sha, None, there=False))
        return
    _add(archive, files, path, record.number, blobs.place(workspace.home, sha).read_bytes())


def _add(
    archive: zipfile.ZipFile,
    files: list[PackedFile],
    path: str,
    about: str,
    content: bytes,
    *,
    own: bool = False,
) -> None:
    _put(archive, path, content)
    told = None if own else pages(path, content)  # ours are paged by who opens them
    sha = hashlib.sha256(content).hexdigest()
    files.append(PackedFile(path, about, len(content), sha, told))


def _put(archive: zipfile.ZipFile, path: str, content: bytes) -> None:
    part = zipfile.ZipInfo(path, EPOCH)
    part.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(part, content)


def plain_name(name: str) -> str:
    """A name as part of a path: letters, digits and `-_.`, never a way out of the folder."""
    kept = "".join(char if char.isalnum() or char in "-_." else "_" for char in clean(name))
    return kept[-LONGEST:].lstrip(".") or "_"


def _free(path: str, files: list[PackedFile]) -> str:
    """The path, numbered where another file has it."""
    taken, stem, dot, suffix = {one.path for one in files}, *path.rpartition(".")
    if not dot:
        stem, suffix = path, ""
    free, count = path, 1
    while free in taken:
        count += 1
        free = f"{stem}-{count}{dot}{suffix}"
    return free


def _index(files: list[PackedFile]) -> str:
    """The index as a table that spreadsheets open."""
    out = StringIO()
    table = csv.writer(out)
    table.writerow([str(word) for word in HEAD])
    for place, one in enumerate(files, 1):
        said = one.pages if one.pages is not None else ""
        remark = "" if one.there else str(AWAY)
        table.writerow([place, one.path, one.about, one.size, said, one.sha256, remark])
    return out.getvalue()


def _sums(files: list[PackedFile], index: bytes) -> str:
    """The checksums in the form that `sha256sum -c` reads."""
    lines = [f"{one.sha256}  {one.path}" for one in files if one.there]
    return "\n".join([*lines, f"{hashlib.sha256(index).hexdigest()}  {INDEX}", ""])
