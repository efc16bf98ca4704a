"""Rules of procedures: one draft at a time, which begins with the steps in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.rules import after_add, before_move, before_write, given
from models.records.tables import procedure_steps, table_life
from models.schema.record import Record

if TYPE_CHECKING:
    from models.book.book import Book


@given("procedure")
def procedure_version(book: Book, values: Mapping[str, Any], _project: str | None) -> Any:
    """A new version has the next number, and waits for a draft that is there."""
    return {"version": table_life.next_version(book, "procedure", values.get("subject"))}


@after_add("procedure")
def procedure_begins(book: Book, record: Record) -> None:
    """A draft begins with the steps in force."""
    found = procedure_steps.shipped(book, str(record.values()["subject"]))
    table_life.copied(book, record, found)


@before_write("procedure_step")
def step_is_coded(_book: Book, values: Mapping[str, Any], _record: Record | None) -> None:
    """A code is one that every list and command can hold."""
    procedure_steps.check_step(values)


@before_move("procedure", "use")
def procedure_whole(book: Book, record: Record) -> None:
    """A procedure is put to use once every step says who does it."""
    procedure_steps.may_be_used(book, record)
