"""State digest: one digest of all that people wrote, the same on replicas that hold the same.

Made from every record's standing values and who wrote each, named by (device id, sequence), and
from the membership log's head: never from local row numbers or times of receipt. It changes when
a record, a decision, a role or an attachment does, and with nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from models.book.book import Book
from models.book.log.change_log import Version
from models.book.people import People
from models.book.writing.record_writer import value_of
from models.schema.record import Record, kinds
from models.schema.versions import FieldVersions
from models.storage import rows
from sync.log import logged_changes, membership_store

PAGE = 500
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
