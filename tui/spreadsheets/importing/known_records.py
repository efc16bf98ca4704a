"""Known records: the record that a row was imported as before, and what the row would change.

A list that went out, was edited here meanwhile and comes in again must neither undo that edit nor
call it a difference: a cell counts as changed only when it is neither what the record holds now
nor what it held when the list was written (or, without that, when the row was first imported).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.book.book import Book
from models.book.writing.record_writer import spread
from models.queries import lookup
from models.schema.record import Record
from models.schema.versions import FieldVersions
from models.storage import rows
from tui.spreadsheets.exporting.cell_text import cleaned, fitting
from tui.spreadsheets.importing.row_draft import ZONE_MARK, RowDraft

MINUTE = 60_000
"""Times that differ by less are the same: lists show minutes, ms."""
CANDIDATES = 20
"""Most records of one name that a row is compared with, the newest."""


class LikeRecords:
    """What was in the book before an import and looks like a row that comes in as something new.

    A thing that has a name looks like another of that name, unless a link or the project differs;
    an event, whose title is prose, only where everything that the row gives is the same.
    """

    def __init__(self, book: Book) -> None:
        self.book = book
        self._ids = dict[str, dict[tuple[str, int | None], list[str]]]()

    def number(self, draft: RowDraft, values: Mapping[str, Any]) -> str:
        """The number of a record that a new row looks like, '' for none."""
        kind = draft.cls.kind
        title = values.get(kind.title) if kind.title else None
        known = self._known(draft.cls)
        if not isinstance(title, str):
            return ""
        named = draft.cls.specs()[kind.title].kind == "line"
        key = (lookup.plain(title), None if named else draft.occurred)
        for id in known.get(key, ()):
            record = rows.one(self.book.store, draft.cls, id)
            if record is not None and _alike(draft, values, record, named=named):
                return record.number
        return ""

    def _known(self, cls: type[Record]) -> Mapping[tuple[str, int | None], Sequence[str]]:
        """(title, when) -> ids, newest first; when: of events, and None for any time. Read once."""
        kind = cls.kind
        if kind.name in self._ids:
            return self._ids[kind.name]
        found = self._ids[kind.name] = {}
        if kind.title:
            events = cls.specs()[kind.title].kind != "line"
            sql = f'SELECT "{kind.title}", occurred, id FROM "{kind.name}" WHERE void IS NULL'
            for title, occurred, id in self.book.store.rows(f"{sql} ORDER BY n DESC"):
                for when in (None, occurred) if events else (None,):
                    ids = found.setdefault((lookup.plain(str(title or "")), when), [])
                    if len(ids) < CANDIDATES:
                        ids.append(str(id))
        return found


def _alike(draft: RowDraft, values: Mapping[str, Any], record: Record, *, named: bool) -> bool:
    """Whether a record of the same title is what a row says, as far as both say anything."""
    if draft.project and record.project and draft.project != record.project:
        return False
    specs = draft.cls.specs()
    if named:
        links = [name for name in values if specs[name].kind == "link"]
        return all(getattr(record, n) in (None, values[n]) for n in links if values[n] is not None)
    plain = [name for name in values if not specs[name].by_move and name != draft.cls.kind.title]
    return all(getattr(record, name) == values[name] for name in plain)


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

    kept: tuple[str, ...] = ()
    """Fields and heads that the row empties or changes, which no import does."""

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
    emptied = _emptied(draft, values, record)
    if changes or state or emptied:
        then = dict(_then(book, record, seen))
        changes = {n: v for n, v in changes.items() if n not in then or then[n] != v}
        state = "" if state in _states(book, record) else state
        emptied = [n for n in emptied if then.get(n) == getattr(record, n)]
    kept = (*emptied, *_other_heads(book, draft, record))
    return Match(record, changes, state, void, seen, kept)


def mark(book: Book, record: Record) -> str:
    """What a list carries to say from which versions of a record a row was written, and in which
    zone its times are.
    """
    return f"{book.change_log.device}/{record.dots}{ZONE_MARK}{book.zone}"


def _emptied(draft: RowDraft, values: Mapping[str, Any], record: Record) -> list[str]:
    """The fields that a record has and whose cells are empty."""
    return [
        name
        for name, source in draft.block.fields.items()
        if values.get(name) is None
        and getattr(record, name) is not None
        and (columns := [*source.columns()])
        and not any(row.cells.get(column, "").strip() for row in draft.rows for column in columns)
    ]


def _other_heads(book: Book, draft: RowDraft, record: Record) -> Iterator[str]:
    """The heads of which a row says something else than its record; they never change."""
    when, block, cells = draft.occurred, draft.block, draft.rows[0].cells
    if when is not None and abs(when - record.occurred) >= MINUTE:
        yield "occurred_at"
    moved = record.project is not None and draft.project not in (None, record.project)
    if moved and block.project is not None and block.project.text(draft.rows).strip():
        yield "project"
    if draft.seen and (writer := cells.get("author", "").strip()):  # a list of ours
        person = book.people.person(record.author)
        if writer not in (record.author, person.name if person is not None else ""):
            yield "author"


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
    device, _, dots = text.partition(ZONE_MARK)[0].partition("/")
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
