"""Rules of the records that every type has: what may be issued."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.approval.settled import require_as_approved
from models.book.rules import before_write
from models.schema.record import Record

if TYPE_CHECKING:
    from models.book.book import Book


@before_write("issued")
def issued_as_approved(book: Book, values: Mapping[str, Any], record: Record | None) -> None:
    """Refuse to issue what is in conflict, or was changed after its approval."""
    about = book.find(str(values.get("about"))) if record is None else None
    if about is not None and not values.get("week"):
        require_as_approved(book.store, about)
