"""Documents: the text by which each record is found, and what it is called, from its own row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from models.schema.fields import Spec
from models.schema.kind import Kind
from models.schema.record import Record, kinds
from models.search.engine import CHUNK, Text, Texts
from models.search.text import SearchScope, of_record
from models.storage import rows
from models.storage.store import Store, places

SAID = frozenset({"line", "prose", "number", "day", "week", "quarter", "count", "money"})
"""Kinds of field whose stored value is what people would look for."""
RANDOM = frozenset({"seed"})
"""Fields whose text nobody reads: a word found by chance inside it is no hit."""
NAMED = 80
"""Characters of a long title by which it is called."""
SERIAL = re.compile(r"([A-Z]+)-\d{4}-[0-9A-Z]+-0*(\d+)")
"""A number given one after the other: FX-2026-A-0012."""


def texts(store: Store) -> Texts:
    """What `models.search.engine.Search` asks for: texts of records in use, by type and ids.

    A record is found under the number and the ref of its own and every word typed into it; one
    that was voided is not. Its project key is its project's id, or '' in the company's registers.
    """

    def read(type: str, ids: Sequence[str]) -> list[Text]:
        cls = kinds.get(type)
        if cls is None:  # declared by a newer version: stored, but nothing here can show it
            return []
        found = rows.fetch(store, cls, f"WHERE id IN ({places(ids)}) AND void IS NULL", ids)
        return [
            Text(one.id, one.n, one.project or "", body(one), called(one), codes(one))
            for one in found
        ]

    return read


def fits(record: Record, words: Iterable[str], scope: SearchScope) -> bool:
    """Whether folded words are found in a record, as the index would find them."""
    found = of_record(body(record), called(record), codes(record))
    return all(found.place(word, scope) for word in words)


def body(record: Record) -> str:
    """All that a record is found by, parts joined by newlines, its title first."""
    said = {
        name: str(value)
        for name, spec in type(record).visible().items()
        if spec.kind in SAID and name not in RANDOM and (value := getattr(record, name)) is not None
    }
    title = said.pop(record.kind.title, "")
    number, _ = parted(record.kind, record.number)
    return "\n".join(part for part in (title, *said.values(), number, record.ref) if part)


def called(record: Record) -> str:
    """What a record is called, in both languages where it has two; '' where it has no name."""
    title = record.kind.title
    both = [title, f"{title.removesuffix('_zh')}_en"] if title.endswith("_zh") else [title]
    specs = type(record).specs()
    said = [
        str(getattr(record, one) or "") for one in both if one in specs and _is_text(specs[one])
    ]
    return " ".join(text.strip().split("\n", 1)[0][:NAMED] for text in said if text.strip())


def codes(record: Record) -> tuple[str, ...]:
    """What finds a record by its number, when one begins to type it: the random part alone too, and
    of a serial number its letters and count: `fx12`."""
    _, chance = parted(record.kind, record.number)
    if chance:
        return record.number, chance
    serial = SERIAL.fullmatch(record.number)
    return (record.number, f"{serial[1]}{serial[2]}") if serial else (record.number,)


def parted(kind: Kind, number: str) -> tuple[str, str]:
    """A number as (what is read, its random part); types with a natural key end in such a part."""
    if not kind.key or "-" not in number:
        return number, ""
    plain, _, chance = number.rpartition("-")
    return ("" if plain == kind.code else plain), chance


def _is_text(spec: Spec) -> bool:
    return spec.kind in ("line", "prose")


def everything(store: Store) -> Iterator[tuple[str, list[str]]]:
    """(type, ids) of all records in use, in pages: what a comparison of the index goes through."""
    for type in kinds:
        last = ""
        while True:
            sql = f'SELECT id FROM "{type}" WHERE id>? AND void IS NULL ORDER BY id LIMIT ?'
            ids = [str(row[0]) for row in store.rows(sql, (last, CHUNK))]
            if not ids:
                break
            yield type, ids
            last = ids[-1]
