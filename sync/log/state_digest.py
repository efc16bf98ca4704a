"""State digest: one digest of all that people wrote, the same on replicas that hold the same.

Made from every record's standing values and who wrote each, named by (device id, sequence), and
from the membership log's head: never from local row numbers or times of receipt. It changes when
a record, a decision, a role or an attachment does, and with nothing else.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from models.book.book import Book
from models.book.log.change_log import Version
from models.book.people import People
from models.book.writing.record_writer import value_of
from models.schema.record import Record, kinds
from models.schema.versions import FieldVersions
from models.storage import rows
from sync.log import logged_changes, membership_store, parked

PAGE = 500
KEPT = "digests"
"""The fact with the digest of each space, and what it follows from."""
HEADER = ("ref", "number", "project", "occurred", "recorded", "author", "device")
_EVERY = (("state", ("state",)), ("void", ("void",)))
"""The registers that every record has beside its fields."""
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def fingerprint(book: Book, space: str | None = None) -> str:
    """The digest in hexadecimal; of one space's records with `space`."""
    digest = hashlib.sha256(b"sitebook/1\0")
    torn = {row[0] for row in book.store.rows("SELECT DISTINCT record FROM sibling")}
    for cls in sorted(kinds.values(), key=lambda cls: cls.kind.name):
        for record in _records(book, cls):
            if space is None or book.space_of(record) == space:
                beside = book.writer.siblings(record.id) if record.id in torn else {}
                content = _content(book.people, record, beside)
                digest.update(_encode(content).encode() + b"\n")
    digest.update(membership_store.head(book.store.db))
    return digest.hexdigest()


def of_spaces(book: Book) -> dict[str, str]:
    """The digest of each space's records, behind a mark of the membership log that they are seen
    by: only what has the same mark is to be compared. None of a space that others may show
    otherwise: where changes are parked for a newer version of the program, or values are lacking.

    Worked out again only for spaces of which other changes are here than the last time.
    """
    db = book.store.db.connection()
    members = membership_store.head(book.store.db).hex()[:16]
    shown = f"{members}:{_declared()}"
    less = {*parked.spaces(db), *logged_changes.lacking_spaces(db)}
    whole = [one for one in logged_changes.spaces(db) if one not in less]
    marks = {space: _mark(db, space, shown) for space in whole}
    known = _kept(book)
    fresh = {space for space, mark in marks.items() if known.get(space, ("", ""))[0] != mark}
    if fresh:
        made = {space: hashlib.sha256(space.encode()) for space in fresh}
        torn = {row[0] for row in book.store.rows("SELECT DISTINCT record FROM sibling")}
        for cls in sorted(kinds.values(), key=lambda cls: cls.kind.name):
            for record in _records(book, cls):
                if (space := book.space_of(record)) in made:
                    beside = book.writer.siblings(record.id) if record.id in torn else {}
                    content = _content(book.people, record, beside)
                    made[space].update(_encode(content).encode() + b"\n")
        found = {space: (marks[space], digest.hexdigest()) for space, digest in made.items()}
        known = {space: one for space, one in known.items() if space in marks} | found
        with book.store.write():
            book.store.set_meta(KEPT, json.dumps(known))
    return {space: f"{members}:{known[space][1]}" for space in marks}


def _declared() -> str:
    """What of the declared types goes into a digest; another version of the program has others."""
    shapes = [(name, cls.registers()) for name, cls in sorted(kinds.items())]
    return f"{zlib.crc32(repr(shapes).encode()):08x}"


def _mark(db: Any, space: str, shown: str) -> str:
    """What the digest of a space follows from."""
    digest = hashlib.sha256(shown.encode())
    sql = (
        "SELECT d.id, h.seq, h.hash FROM head h JOIN device d ON d.idx=h.idx WHERE h.space=?"
        " ORDER BY d.id"
    )
    for device, seq, hash in db.execute(sql, (space,)):
        digest.update(f"{device}:{seq}:".encode() + hash)
    return digest.hexdigest()[:32]


def _kept(book: Book) -> dict[str, tuple[str, str]]:
    try:
        data = json.loads(book.store.meta(KEPT) or "{}")
        return {str(space): (str(mark), str(digest)) for space, (mark, digest) in data.items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def spaces(book: Book) -> list[str]:
    """The spaces that this device holds changes of."""
    return logged_changes.spaces(book.store.db.connection())


def _records(book: Book, cls: type[Record]) -> Iterator[Record]:
    last = ""
    while True:
        page = rows.fetch(book.store, cls, "WHERE id>? ORDER BY id LIMIT ?", (last, PAGE))
        yield from page
        if len(page) < PAGE:
            return
        last = page[-1].id


def _content(people: People, record: Record, beside: Mapping[str, Sequence[Version]]) -> list[Any]:
    """A record in one form, however compactly its versions happen to be written here."""
    data, cls, dots = record.__data__, type(record), FieldVersions(record.dots)
    standing: dict[str, list[list[Any]]] = {}
    for register, fields in (*_EVERY, *cls.registers().items()):
        present = any(data[name] is not None for name in fields)
        if not present and register not in dots.listed and register not in beside:
            continue
        value = value_of(cls, register, data)
        versions = [[device, seq, other] for device, seq, _, other in beside.get(register, ())]
        for idx, seq in dots.standing(register, present):
            versions.append([people.device_of(idx), seq, value])
        standing[register] = sorted(versions, key=lambda v: (v[0], v[1]))
    return [record.type, record.id, *(data[name] for name in HEADER), standing]
