"""Revision copies: a new version of an approved record, with its rows by their stable codes."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from models.book import permissions
from models.book.approval import parts
from models.book.rows.row_copy import copied_values, copy_rows
from models.derived import revisions
from models.derived.revisions import Revised
from models.schema.record import Record

if TYPE_CHECKING:
    from models.book.book import Book
    from models.storage.store import Store


def new_revision(book: Book, record: Record) -> Record:
    """Make a new version of an approved record in one durable save, and return it.

    It has the fields and the rows of the one it follows and the next version number; a row
    without a code gets the number of the row it is a copy of, by which its history goes on.
    Raises `Refused` where the record has no versions, is not approved, is replaced, or where a new
    version of it is being written already. Clause: 4.2.3.
    """
    look = revisions.versions(book.store, record.type)
    how = look.how
    refused = permissions.writing(book.people, book.me, record.kind, record.project)
    refused = refused or look.refuses(record)
    if refused is not None:
        raise refused
    values = {
        **copied_values(record),
        how.follows: record.id,
        how.version: look.next_number(record),
    }
    with book.saving():
        made = book.add(record.type, values, project=record.project)
        copies = copy_rows(book, record, made)
        for row in living_rows(book.store, record):
            code = how.rows.get(row.type)
            if code is not None and row.id in copies and getattr(row, code) is None:
                book.edit(copies[row.id], {code: code_of(row, how)})
    return book.get(made.id)


def living_rows(store: Store, record: Record, but: Collection[str] = ()) -> list[Record]:
    """The rows in use that are part of a record, type by type in their declared order; a row of
    a row stands after it, and is left out with it. `but` are ids that are not read."""
    # Values are read as they lie in the row: a field's own reader costs more than all the rest.
    found = [row for row in parts.rows_of(store, record, but) if row.__data__["void"] is None]
    places: dict[str, int] = {}
    for row in found:
        places.setdefault(row.kind.name, len(places))

    def place(row: Record) -> tuple[int, bool, Any, int]:
        kind, data = row.kind, row.__data__
        order = data[kind.order] if kind.order else None
        return places[kind.name], order is None, order or 0, data["n"]

    known, kept = {record.id}, list[Record]()
    for row in sorted(found, key=place):
        data = row.__data__
        if data[row.kind.parent] in known:
            known.add(data["id"])
            kept.append(row)
    return kept


def code_of(row: Record, how: Revised) -> str:
    """The code of a row in every version: its own, else its number."""
    field, data = how.rows.get(row.kind.name), row.__data__
    return str((data[field] if field else None) or data["number"])
