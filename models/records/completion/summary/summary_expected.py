"""Expected: the summary of each service period that ended. Clause: 6.1."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.derived.expected import DueWindow, Expected, expects
from models.queries.waiting.agenda import section
from models.records.completion import owed
from models.records.completion.summary.project_summary import ProjectSummary
from models.schema.roles import PROJECT_MANAGER
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

TITLE = W("项目总结：服务期至 {day}", "Summary of the service until {day}")
DONE = ("submitted", "reviewed")

section("summary", W("项目总结", "Project summaries"), 47)


@expects("project_summary")
def summaries(book: Book, window: DueWindow) -> Iterator[Expected]:
    """One for each service period that ended; `behind`: earlier ones too."""
    yield from owed.owed(
        book, window, ProjectSummary, TITLE, roles=(PROJECT_MANAGER,), done=DONE, group="summary"
    )
