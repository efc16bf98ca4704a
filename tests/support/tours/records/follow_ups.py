"""Follow-ups: a problem on site leads to a tour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.records.common.follow_ups import follow_up

if TYPE_CHECKING:
    from models.book.book import Book


@follow_up("fix", to="tour")
def tour_after(book: Book, fix: Any) -> dict[str, Any]:
    """A tour of the site of a problem."""
    return {"route": f"after {fix.number}", "site": fix.site}
