"""Record days: the days that a record has to do with, whatever type it is of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from models.book.log import transitions
from models.calendar.business_dates import (
    business_day,
    day_of,
    first_day,
    last_day,
    quarter_span,
)
from models.schema.record import Record
from models.text.words import Refused

if TYPE_CHECKING:
    from models.book.book import Book


def days_of(book: Book, record: Record) -> Iterator[date]:
    """The days on which it occurred, was written down or acted on, and those that its fields say:
    a day, or the first and the last of a week or quarter.
    """
    made = [record.occurred, record.recorded]
    made += [one.at for one in transitions.made_by(book.store, record.id)]
    yield from (business_day(at, book.zone) for at in made)
    for name, spec in type(record).specs().items():
        value = getattr(record, name, None)
        if isinstance(value, str) and value:
            yield from _said(spec.kind, value)


def _said(kind: str, value: str) -> tuple[date, ...]:
    """The days of a field; none of one that holds no day, or nonsense."""
    try:
        if kind == "quarter":
            return quarter_span(value)
        if kind == "week":
            return first_day(value), last_day(value)
    except Refused:
        return ()
    found = day_of(value) if kind == "day" else None
    return (found,) if found is not None else ()
