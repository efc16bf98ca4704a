"""Rules of the registers: confirmation, working calendars, delegations, vocabularies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.rules import after_add, after_move, before_move, before_void, before_write, given
from models.records.registers import calendar_years, delegations
from models.records.registers.calendar_year import CalendarYear
from models.records.registers.delegation import Delegation
from models.records.tables import rule_rows, table_life, terms
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


@given("vocabulary")
def vocabulary_version(book: Book, values: Mapping[str, Any], _project: str | None) -> Any:
    """A new version has the next number, and waits for a draft that is there."""
    return {"version": table_life.next_version(book, "vocabulary", values.get("subject"))}


@after_add("vocabulary")
def vocabulary_begins(book: Book, record: Record) -> None:
    """A draft begins with the terms in force."""
    found = terms.shipped(book, str(record.values()["subject"]))
    table_life.copied(book, record, found)


@before_write("term")
def term_is_coded(_book: Book, values: Mapping[str, Any], _record: Record | None) -> None:
    """A code is one that every list and command can hold."""
    terms.check_code(values)


@before_void("term")
def term_is_kept(book: Book, term: Record) -> None:
    """Terms are retired, not deleted: records hold their codes."""
    terms.may_be_voided(book, term)


@before_move("vocabulary", "use")
def vocabulary_whole(book: Book, record: Record) -> None:
    """A vocabulary is put to use once its terms are a tree with nothing lost."""
    terms.may_be_used(book, record)


@given("rule_table")
def rule_table_version(book: Book, values: Mapping[str, Any], _project: str | None) -> Any:
    """A new version has the next number, and waits for a draft that is there."""
    return {"version": table_life.next_version(book, "rule_table", values.get("subject"))}


@after_add("rule_table")
def rule_table_begins(book: Book, record: Record) -> None:
    """A draft begins with the rules in force."""
    found = rule_rows.shipped(book, str(record.values()["subject"]))
    table_life.copied(book, record, found)


@before_write("rule_row")
def rule_is_read(book: Book, values: Mapping[str, Any], record: Record | None) -> None:
    """Conditions and outcome are such that the table can decide by them."""
    rule_rows.check_row(book, values, record)


@before_move("rule_table", "use")
def rules_whole(book: Book, record: Record) -> None:
    """A rule table is put to use once every rule of it can be read."""
    rule_rows.may_be_used(book, record)
