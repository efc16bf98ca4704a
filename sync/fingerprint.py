"""Fingerprint: one digest of all that people wrote, the same on replicas that hold the same.

Made from every record's standing values and who wrote each, named by (device id, sequence), and
from the membership log's head: never from local row numbers or times of receipt. It changes when
a record, a decision, a role or an attachment does, and with nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from models import rows
from models.book import Book
from models.dots import Dots
from models.ledger import value_of
from models.record import Record, kinds

PAGE = 500
HEADER = ("ref", "number", "project", "occurred", "recorded", "author", "device")
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def fingerprint(book: Book, space: str | None = None) -> str:
    """The digest in hexadecimal; of one space's records with `space`."""
    digest = hashlib.sha256(b"sitebook/1\0")
    for cls in sorted(kinds.values(), key=lambda cls: cls.kind.name):
        for record in _records(book, cls):
            if space is None or book.space_of(record) == space:
                digest.update(_encode(_content(book, record)).encode() + b"\n")
    for (head,) in book.store.rows("SELECT hash FROM membership ORDER BY n DESC LIMIT 1"):
        digest.update(head)
    return digest.hexdigest()


def spaces(book: Book) -> list[str]:
    """The spaces that this device holds changes of."""
    return [str(row[0]) for row in book.store.rows("SELECT DISTINCT space FROM head ORDER BY 1")]


def _records(book: Book, cls: type[Record]) -> Iterator[Record]:
    last = ""
    while True:
        page = rows.fetch(book.store, cls, "WHERE id>? ORDER BY id LIMIT ?", (last, PAGE))
        yield from page
        if len(page) < PAGE:
            return
        last = page[-1].id


def _content(book: Book, record: Record) -> list[Any]:
    """A record in one form, however compactly its versions happen to be written here."""
    header = [record.type, record.id, *(record.__data__[name] for name in HEADER)]
    beside = book.ledger.siblings(record.id)
    dots, standing = Dots(record.dots), {}
    for register in ("state", "void", *type(record).registers()):
        versions = [[v[0], v[1], v[3]] for v in beside.get(register, ())]
        value = value_of(type(record), register, record.__data__)
        members = value.values() if isinstance(value, dict) else (value,)
        for idx, seq in dots.standing(register, any(member is not None for member in members)):
            versions.append([book.people.device_of(idx), seq, value])
        if versions:
            standing[register] = sorted(versions, key=lambda v: (v[0], v[1]))
    return [header, standing]
