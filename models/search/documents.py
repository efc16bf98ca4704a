"""Documents: the text by which each record is found, read from its own row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.schema.record import Record, kinds
from models.search.engine import CHUNK, Text, Texts
from models.storage import rows
from models.storage.store import Store, places

SAID = frozenset({"line", "prose", "number", "day", "week", "quarter", "count", "money"})
"""Kinds of field whose stored value is what people would look for."""


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
        return [(one.id, one.n, one.project or "", body(one)) for one in found]

    return read


def body(record: Record) -> str:
    """All that a record is found by, parts joined by newlines, its title first."""
    said = {
        name: str(value)
        for name, spec in type(record).visible().items()
        if spec.kind in SAID and (value := getattr(record, name)) is not None
    }
    title = said.pop(record.kind.title, "")
    return "\n".join(part for part in (title, *said.values(), record.number, record.ref) if part)


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
