"""Parts: the rows that an approval covers, and the versions that the record and its rows show.

A row (`models.book.rows`) is a part of what a binding move of its parent is about, unless it is
add-only (a note, an attachment) or says otherwise (`Kind.apart`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache

from models.book.rows.child_rows import child_types, chunks, rows_of_many
from models.schema.record import Record, kinds
from models.schema.versions import FieldVersions, LocalDot
from models.storage import rows
from models.storage.store import Store, places
from models.text.words import W


def row_types(type: str) -> tuple[type[Record], ...]:
    """The types whose records are parts of a type's, by name."""
    return _row_types(type, len(kinds))


@cache
def _row_types(type: str, _declared: int) -> tuple[type[Record], ...]:
    found = (one for one in child_types(type) if not (one.kind.add_only or one.kind.apart))
    return tuple(sorted(found, key=lambda cls: cls.kind.name))


def rows_of(store: Store, record: Record, but: Collection[str] = ()) -> list[Record]:
    """Every row that is a part of a record, void ones among them, with the rows of its rows; `but`
    are ids that are not read."""
    return _below(store, {record.type: [record.id]}, but)


def with_rows(store: Store, ids: Mapping[str, Sequence[str]]) -> list[Record]:
    """Some records (type -> ids), and every row of theirs."""
    found = [
        one
        for type, some in ids.items()
        for chunk in chunks(some)
        for one in rows.fetch(store, kinds[type], f"WHERE id IN ({places(chunk)})", chunk)
    ]
    return found + _below(store, {type: list(some) for type, some in ids.items()})


def _below(store: Store, owners: dict[str, list[str]], but: Collection[str] = ()) -> list[Record]:
    """The rows of some records (type -> ids), with the rows of the rows."""
    found = list[Record]()
    while owners:
        below: dict[str, list[str]] = {}
        for type, ids in owners.items():
            for cls in row_types(type):
                some = rows_of_many(store, ids, cls, but)
                found += some
                below.setdefault(cls.kind.name, []).extend(one.id for one in some)
        owners = {type: ids for type, ids in below.items() if ids}
    return found


def owners_of(store: Store, touched: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """The (type, id) of the records that these are, or are rows of."""
    found, todo = set[tuple[str, str]](), set(touched)
    while todo:
        found |= todo
        todo = _parents(store, todo) - found
    return found


def _parents(store: Store, some: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    by_type: dict[str, list[str]] = {}
    for type, id in some:
        by_type.setdefault(type, []).append(id)
    found = set[tuple[str, str]]()
    for type, ids in by_type.items():
        cls = kinds.get(type)
        if cls is None or not cls.kind.parent or cls.kind.add_only or cls.kind.apart:
            continue
        target = cls.specs()[cls.kind.parent].target
        for chunk in chunks(ids):
            sql = f'SELECT DISTINCT "{cls.kind.parent}" FROM "{type}" WHERE id IN ({places(chunk)})'
            found |= {(target, str(row[0])) for row in store.rows(sql, chunk) if row[0]}
    return found


def versions(record: Record) -> dict[str, frozenset[LocalDot]]:
    """Register -> versions of the values that a record shows; registers never set are left out."""
    dots, cls = FieldVersions(record.dots), type(record)
    found = {"state": frozenset(dots.of("state"))}
    void = dots.standing("void", record.void is not None)
    if void:
        found["void"] = frozenset(void)
    for register, names in cls.registers().items():
        present = any(getattr(record, name) is not None for name in names)
        standing = dots.standing(register, present)
        if standing:
            found[register] = frozenset(standing)
    return found


def row_name(store: Store, row: Record) -> str:
    """What a row is called: its own title, else that of what its first column links to."""
    if row.kind.title or not row.kind.columns:
        return row.title()
    first = row.kind.columns[0]
    spec, value = type(row).specs().get(first), getattr(row, first, None)
    if spec is not None and spec.kind == "link" and spec.target in kinds and value:
        linked = rows.one(store, kinds[spec.target], str(value))
        return linked.title() if linked is not None else row.number
    return row.number


STATE, VOID = W("状态", "State"), W("作废", "Void")


def label(cls: type[Record], register: str) -> W:
    """What a register is called: its field, or the fields of its group."""
    specs = cls.specs()
    names = [specs[name].label for name in cls.registers().get(register, ()) if name in specs]
    if not names:
        return {"state": STATE, "void": VOID}.get(register, W(register, register))
    return W(" / ".join(one.zh for one in names), " / ".join(one.en for one in names))
