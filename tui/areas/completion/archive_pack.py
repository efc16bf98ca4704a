"""Archive pack: the documents of a project as one .zip, a folder for each document of the list.

It holds the index, the paper of each record that counts, and the files attached to them and kept
with the archive. No restricted record is in it: the list names no such type.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from models.records.completion.archive.holdings import Holdings, holdings
from models.records.registers.project import Project
from models.schema.record import Record
from models.text.words import W
from tui.documents import document_pack
from tui.documents.document_pack import PackedFile, PackedPaper, PackedRecord, Progress
from tui.documents.record_text import RecordText
from tui.documents.registry import of_record, subject_of

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace

TITLE = W("归档", "archive")


class ArchivePack(NamedTuple):
    """What was packed."""

    files: list[PackedFile]
    found: Holdings

    @property
    def absent(self) -> list[PackedFile]:
        """What is named and not here."""
        return document_pack.absent(self.files)


def write(
    workspace: Workspace,
    project: Project,
    path: Path,
    *,
    force: bool = False,
    progress: Progress | None = None,
) -> ArchivePack:
    """Write the archive of a project, whole or not at all."""
    found = holdings(workspace.store, project)

    def papers(reading: RecordText) -> list[PackedPaper]:
        """The index, then the paper of each record."""
        index = found.archive
        first = (
            [PackedPaper(subject_of(reading, of_record(index), index), index.number)]
            if index
            else []
        )
        return [
            *first,
            *(
                PackedPaper(subject_of(reading, of_record(one), one), one.number, folder)
                for one, folder in _records(found)
            ),
        ]

    records = [PackedRecord(one, folder) for one, folder in _records(found, items=True)]
    files = document_pack.write(workspace, path, papers, records, force=force, progress=progress)
    return ArchivePack(files, found)


def _records(found: Holdings, *, items: bool = False) -> Iterator[tuple[Record, str]]:
    for at, entry in enumerate(found.entries, 1):
        folder = f"{at:02}_{entry.paper.name}"
        for one in entry.records:
            yield one, folder
        if items and entry.item is not None:
            yield entry.item, folder


def name_of(project: Project) -> str:
    """What the file of an archive is called, unless somebody names it."""
    return f"{TITLE}-{document_pack.plain_name(project.number)}.zip"
