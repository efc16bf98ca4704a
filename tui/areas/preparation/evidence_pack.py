"""Evidence pack: the confirmations of a project as one .zip with an index and checksums.

It holds the register and the paper of each record in it, and the files attached to them. What is
restricted is in none of it: the register names no competence file.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from models.records.preparation import confirmations
from models.records.preparation.confirmations import ConfirmationRegister
from models.schema.record import Record
from models.text.words import W
from tui.documents import document_pack
from tui.documents.document import DOCUMENTS
from tui.documents.document_pack import PackedFile, PackedPaper, PackedRecord, Progress
from tui.documents.record_text import RecordText
from tui.documents.registry import of_record, subject_of

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace

REGISTER = "confirmations"
TITLE = W("确认记录", "confirmations")
PAPERS = W("记录", "records")


class EvidencePack(NamedTuple):
    """What was packed."""

    files: list[PackedFile]
    register: ConfirmationRegister

    @property
    def absent(self) -> list[PackedFile]:
        """What is named and not here."""
        return document_pack.absent(self.files)


def write(
    workspace: Workspace,
    project: Record,
    path: Path,
    *,
    force: bool = False,
    progress: Progress | None = None,
) -> EvidencePack:
    """Write the pack of a project, whole or not at all."""
    found = confirmations.register(workspace.book, project)

    def papers(reading: RecordText) -> list[PackedPaper]:
        """The register, then the paper of each record in it."""
        register = subject_of(reading, DOCUMENTS[REGISTER], project)
        return [
            PackedPaper(register, project.number),
            *(
                PackedPaper(subject_of(reading, of_record(one), one), one.number, str(PAPERS))
                for one in found.records
            ),
        ]

    records = [PackedRecord(one) for one in found.records]
    files = document_pack.write(workspace, path, papers, records, force=force, progress=progress)
    return EvidencePack(files, found)


def name_of(project: Record) -> str:
    """What the file of a pack is called, unless somebody names it."""
    return f"{TITLE}-{document_pack.plain_name(project.number)}.zip"
