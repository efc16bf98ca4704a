"""Revision copies: a new version of an approved record, with its rows by their stable codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.book import permissions
from models.book.approval import parts
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
    values = {**copied(record), how.follows: record.id, how.version: look.next_number(record)}
    with book.saving():
        made = book.add(record.type, values, project=record.project)
        _copy_rows(book, how, record, made)
    return made


def copied(record: Record) -> dict[str, Any]:
    """The fields of a record that a copy takes over: those that people write, as far as filled."""
    return {
        name: value
        for name, spec in type(record).specs().items()
        if not (spec.by_move or spec.computed or spec.internal)
        and (value := getattr(record, name)) is not None
    }


def _copy_rows(book: Book, how: Revised, before: Record, made: Record) -> None:
    """Copy every row; a link to the record or to another row leads to the copy of that one."""
    old = living_rows(book.store, before)
    ids = {row.id for row in old}
    copies = {before.id: made.id}
    later: list[tuple[str, dict[str, str]]] = []
    # Rows without a declared order are in that of their times: a millisecond for each keeps it.
    begun = made.occurred - len(old)
    for place, row in enumerate(old):
        values = copied(row)
        if row.type in how.rows:
            values[how.rows[row.type]] = code_of(row, how)
        inner = {name: value for name, value in values.items() if value in copies or value in ids}
        ahead = {name: values.pop(name) for name, id in inner.items() if id not in copies}
        values |= {name: copies[id] for name, id in inner.items() if name not in ahead}
        copy = book.add(row.type, values, project=row.project, occurred=begun + place)
        copies[row.id] = copy.id
        if ahead:
            later.append((copy.id, ahead))
    for id, links in later:
        book.edit(id, {name: copies[value] for name, value in links.items()})


def living_rows(store: Store, record: Record) -> list[Record]:
    """The rows in use that are part of a record, type by type in their declared order; a row of
    a row stands after it, and is left out with it."""
    found = [row for row in parts.rows_of(store, record) if row.void is None]
    types = list(dict.fromkeys(row.type for row in found))

    def place(row: Record) -> tuple[int, bool, Any, int]:
        order = getattr(row, row.kind.order, None) if row.kind.order else None
        return types.index(row.type), order is None, order or 0, row.n

    known, kept = {record.id}, list[Record]()
    for row in sorted(found, key=place):
        if getattr(row, row.kind.parent) in known:
            known.add(row.id)
            kept.append(row)
    return kept


def code_of(row: Record, how: Revised) -> str:
    """The code of a row in every version: its own, else its number."""
    field = how.rows.get(row.type)
    return str((getattr(row, field, None) if field else None) or row.number)
