"""Steps of a version: what they must say before it is put to use, what a draft begins with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.tables import procedures
from models.records.tables import table_life
from models.records.tables.terms import check_code
from models.schema import company_tables
from models.schema.record import Record
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

NONE = W("流程至少要有一个步骤。", "A procedure needs at least one step.")
NO_ONE = W("步骤“{step}”没有写由谁做。请补上。", "The step “{step}” does not say by whom. Add it.")


def shipped(book: Book, subject: str) -> tuple[Mapping[str, Any], ...]:
    """The steps in force as the rows of a new draft."""
    if subject not in company_tables.procedures:
        return ()
    return tuple(
        {
            "code": one.code,
            "stage": one.stage or None,
            "who": one.who or None,
            "what_zh": one.what.zh,
            "what_en": one.what.en,
            "days": one.days,
            "text_zh": one.text.zh or None,
            "text_en": one.text.en or None,
        }
        for one in procedures.in_force(book.store, subject).steps
    )


def check_step(values: Mapping[str, Any]) -> None:
    """Raise `Refused` for a code that no list could hold."""
    check_code(values)


def may_be_used(book: Book, record: Record) -> None:
    """Raise `Refused` for a procedure without steps, or with a step that names no role."""
    found = table_life.rows_of(book, record)
    if not found:
        raise Refused(NONE)
    for one in found:
        if not one.values()["who"]:
            raise Refused(NO_ONE, step=one.title())
