"""Known records: the record that a row was imported as before, and what the row would change.

A list that went out, was edited here meanwhile and comes in again must neither undo that edit nor
call it a difference: a cell counts as changed only when it is neither what the record holds now
nor what it held when the list was written (or, without that, when the row was first imported).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from models.book.book import Book
from models.book.writing.record_writer import spread
from models.schema.record import Record
from models.schema.versions import FieldVersions
from models.storage import rows
from tui.spreadsheets.exporting.cell_text import cleaned, fitting
from tui.spreadsheets.importing.row_draft import RowDraft


@dataclass(frozen=True, slots=True)
class Match:
    """A record that is here already, and the values that a row would change."""

    record: Record
    changes: Mapping[str, Any]
    state: str
    """The state the row asks for, '' when the record is or has been in it."""
    void: str
    """The reason for voiding that the row gives, when the record is not void."""
    seen: str | None
    """The versions the list was written from, when it was written here."""

    @property
    def same(self) -> bool:
        """Whether the row changes nothing."""
        return not (self.changes or self.state or self.void)


def find(book: Book, draft: RowDraft, values: Mapping[str, Any]) -> Match | None:
    """The record that a draft is already: by id, by ref, or by its natural key."""
    record = _record(book, draft, values)
    if record is None:
        return None
    changes = {n: v for n, v in values.items() if not _stands(getattr(record, n), v, draft)}
    state = "" if draft.state == record.state else draft.state
    void = draft.void if record.void is None else ""
    seen = _seen(book, draft.seen)
    if changes or state:
        then = dict(_then(book, record, seen))
        changes = {n: v for n, v in changes.items() if n not in then or then[n] != v}
        state = "" if state in _states(book, record) else state
    return Match(record, changes, state, void, seen)


def mark(book: Book, record: Record) -> str:
    """What a list carries to say from which versions of a record a row was written."""
    return f"{book.change_log.device}/{record.dots}"


def _stands(held: Any, value: Any, draft: RowDraft) -> bool:
    """Whether a record holds a value; text that a list of ours cleaned or cut is not another."""
    if held == value or not (draft.seen and isinstance(held, str)):
        return bool(held == value)
    return value in (cleaned(held), fitting(held))


def _record(book: Book, draft: RowDraft, values: Mapping[str, Any]) -> Record | None:
    record = rows.one(book.store, draft.cls, draft.id) if draft.id else None
    if record is None and draft.ref is not None:
        record = next(iter(rows.of_ref(book.store, draft.cls, draft.ref)), None)
    if record is None and draft.cls.kind.key:
        record = book.twin(draft.cls.kind.name, values, project=draft.project)
    return record


def _seen(book: Book, text: str) -> str | None:
    """The versions a row was written from; only those of this very device mean anything here."""
    device, _, dots = text.partition("/")
    if device != book.change_log.device or not dots:
        return None
    try:
        FieldVersions(dots)
    except ValueError:
        return None
    return dots


def _then(book: Book, record: Record, seen: str | None) -> Iterator[tuple[str, Any]]:
    """Field values of the versions seen; without those, when it was created."""
    cls = type(record)
    dots = FieldVersions(seen) if seen else None
    for entry in book.change_log.history(record.id):
        for register, value in entry.fields.items():
            if register in ("state", "void"):
                continue
            if dots is None:
                fits = entry.header is not None or (entry.move or {}).get("move") == "import"
            else:
                dot = (book.people.idx_of(entry.device), entry.seq)
                fits = dot in dots.of(register)
            if fits:
                yield from spread(cls, register, value).items()


def _states(book: Book, record: Record) -> set[str]:
    """Every state the record has been in."""
    sql = "SELECT state FROM transition WHERE record=?"
    been = {str(row[0]) for row in book.store.rows(sql, (record.id,))}
    return been | {"", record.kind.states[0].name}
