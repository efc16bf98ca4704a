"""Rules of the registers: confirmation, working calendars, delegations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.book.rules import after_add, after_move
from models.records.registers import calendar_years, delegations
from models.records.registers.calendar_year import CalendarYear
from models.records.registers.delegation import Delegation
from models.schema.record import Record
from models.schema.roles import LEADS

if TYPE_CHECKING:
    from models.book.book import Book


@after_add("customer", "site", "equipment")
def confirm_own(book: Book, record: Record) -> None:
    """What a manager adds to the company's registers needs no second confirmation."""
    if book.people.roles(book.me, None) & set(LEADS):
        book.move(record.id, "confirm")


@after_move("calendar_year", "use")
def calendar_reads(book: Book, year: CalendarYear) -> None:  # noqa: ARG001
    """A working calendar is put to use once it can be read."""
    calendar_years.may_be_used(year)


@after_move("delegation", "give")
def delegation_fits(book: Book, delegation: Delegation) -> None:
    """Decisions are delegated to who holds the role already: a record gives no power."""
    delegations.may_be_given(book, delegation)
