"""Years: the working calendar of a book: bundled years, and those the firm put to use."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from models.calendar.working_calendar import Calendar, calendar_of
from models.calendar.year_file import Year, load_year
from models.text.words import Refused

if TYPE_CHECKING:
    from models.book.book import Book
    from models.records.registers.calendar_year import CalendarYear
    from models.schema.record import Record

IN_USE = (
    "SELECT id, dots, content FROM calendar_year WHERE state='in_use' AND void IS NULL ORDER BY n"
)
_kept: dict[object, Calendar] = {}
"""The calendar made last, by zone and the versions of its years."""


def calendar(book: Book) -> Calendar:
    """The working calendar; of two files for one year the later one counts."""
    rows = book.store.rows(IN_USE)
    if not rows:
        return calendar_of(book.zone)
    key = (book.zone, tuple((id, dots) for id, dots, _ in rows))
    if key not in _kept:
        years = [year for _, _, content in rows if (year := _read(content)) is not None]
        _kept.clear()
        _kept[key] = Calendar(years, zone=book.zone)
    return _kept[key]


def put_to_use(book: Book, text: str) -> CalendarYear:
    """Bring a year file into the book. Raises `Refused`, and nothing is written, for a faulty one.

    The file in use for that year before, if there was one, is withdrawn.
    """
    year = load_year(text)
    with book.saving():
        for id, _, content in book.store.rows(IN_USE):
            before = _read(content)
            if before is not None and before.year == year.year:
                book.move(id, "withdraw")
        made = book.add("calendar_year", {"name": str(year.year), "content": text})
        return cast("CalendarYear", book.move(made.id, "use"))


def year_of(record: CalendarYear) -> Year:
    """The year that a record holds; `Refused` where it holds none."""
    return load_year(record.content or "")


def may_be_used(record: Record) -> None:
    """Raise `Refused` unless the content is a year file, saying in which line it is wrong."""
    load_year(str(getattr(record, "content", None) or ""))


def _read(content: str | None) -> Year | None:
    """A year file; None for what is none, as an odd device may have written it."""
    try:
        return load_year(content or "")
    except Refused:
        return None
