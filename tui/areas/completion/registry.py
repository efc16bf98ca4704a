"""What archive and acceptance add to the app: the archive's page, and documents."""

from __future__ import annotations

from models.text.words import W
from tui.documents.document import Document
from tui.pages.registry import Place

PAGES = {"project_archive": "tui.areas.completion.archive_page:archive_page"}
PLACES = (
    Place(
        "archive",
        "ctrl+o",
        W("项目归档", "Archive"),
        W(
            "项目的归档文件，哪些齐了、缺什么",
            "the documents of a project, what is there and what is missing",
        ),
        "tui.areas.completion.archive_page:ArchivePage",
        rank=185,
    ),
)
DOCUMENTS = (
    Document(
        "acceptance",
        W("项目验收单", "Acceptance"),
        "acceptance",
        "tui.areas.completion.acceptance_document",
        signed=(("submit",), (), ("accept", "accept_with_leftovers", "refuse")),
        after=("submit",),
        mailed=True,
    ),
    Document(
        "archive",
        W("项目归档目录", "Index of the archive"),
        "project_archive",
        "tui.areas.completion.archive_document",
        signed=((), (), ("file",)),
        after=("file",),
        sheets=True,
    ),
)
