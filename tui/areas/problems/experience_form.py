"""Experience form: what a report would publish is shown first, to be read and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.records.problems import anonymisation
from models.records.problems.experience import experience_of

if TYPE_CHECKING:
    from models.book.book import Book
    from models.schema.record import Record


def experience_form(book: Book, report: Record) -> tuple[str, dict[str, Any]] | None:
    """Type and values of the form that publishes a report; None where it is published already.

    Raises `Refused` where the report may not be published. Clause: 5.3.1(2).
    """
    if experience_of(book.store, report.id) is not None:
        return None
    return "experience", anonymisation.draft(book, report)
