"""Rules of archives: filed once nothing is missing or out of date. Clause: 6.1"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.rules import before_import, before_move, before_write, given
from models.derived.compiled import compiles
from models.records.completion.archive import required
from models.records.completion.archive.archive_content import REPORT, project_of
from models.records.completion.archive.holdings import holdings
from models.records.completion.archive.lacking import require_complete
from models.records.completion.archive.project_archive import ProjectArchive
from models.schema.record import Record
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

UNKNOWN = W(
    "归档文件清单里没有代码“{code}”。请从项目归档页的那一行新建，或先把它加进清单。",
    "The list of documents has no code “{code}”. Begin it from its line on the archive page, or add"
    " it to the list first.",
)

compiles(REPORT)


@given("project_archive")
def named_as_project(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:
    """An archive is called as its project, unless it is given a name."""
    found = book.find(str(project)) if project and not values.get("name") else None
    return {"name": found.title()} if found is not None else {}


@given("archive_item")
def named_as_document(
    book: Book,
    values: Mapping[str, Any],
    project: str | None,  # noqa: ARG001
) -> dict[str, Any]:
    """A file is called as its document, unless it is given a name."""
    if values.get("name"):
        return {}
    found = (one for one in required.papers(book.store) if one.code == values.get("document"))
    paper = next(found, None)
    return {"name": paper.title} if paper is not None else {}


@before_write("archive_item")
def of_the_list(book: Book, values: Mapping[str, Any], item: Record | None) -> None:
    """A new item is one of the list in force."""
    code = values.get("document")
    known = {one.code for one in required.papers(book.store)}
    if item is None and not book.brings and code not in known:
        raise Refused(UNKNOWN, code=code)


@before_import("project_archive")
@before_move("project_archive", "file")
def complete(book: Book, archive: ProjectArchive) -> None:
    """Nothing is missing or out of date when it is filed."""
    require_complete(holdings(book.store, project_of(book, archive)))
