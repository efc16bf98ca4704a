"""Rows of records in SQL, each statement written once per type.

Peewee objects cost five times raw SQL on a save (measured), so writes go through statements
made from the declaration; reads give record objects.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import blake2b as _sum
from typing import TYPE_CHECKING, Any, TypeVar

from models.schema.kind import HEADER
from models.schema.record import Record, kinds
from models.text.words import W

if TYPE_CHECKING:
    from models.storage.store import Store

R = TypeVar("R", bound=Record)

_columns: dict[type[Record], tuple[str, ...]] = {}
_inserts: dict[type[Record], str] = {}
_selects: dict[type[Record], str] = {}
_updates: dict[tuple[str, tuple[str, ...]], str] = {}
_which: dict[int, str] = {}
_sums: dict[type[Record], tuple[tuple[str, ...], tuple[str, ...]]] = {}
_UNSUMMED = frozenset({"n", "synced", "digest"})


def columns(cls: type[Record]) -> tuple[str, ...]:
    """Column names of a type: the header, then its fields in order of declaration."""
    found = _columns.get(cls)
    if found is None:
        found = _columns[cls] = (*HEADER, *cls.fields())
    return found


def select(cls: type[Record]) -> str:
    """`SELECT … FROM type`, to which a caller adds its WHERE."""
    found = _selects.get(cls)
    if found is None:
        names = ",".join(f'"{name}"' for name in columns(cls))
        found = _selects[cls] = f'SELECT {names} FROM "{cls.kind.name}"'
    return found


def build(cls: type[R], row: Sequence[Any]) -> R:
    """A record object from a row in the order of `columns`."""
    # Not `cls()`, which makes a dictionary of defaults first: a page of a plan reads thousands.
    made = cls.__new__(cls)
    data = dict(zip(columns(cls), row, strict=True))
    made.__data__, made.__rel__ = data, {}
    made._dirty = set()  # type: ignore[attr-defined]
    for name in _flags_of(cls):
        if data[name] is not None:
            data[name] = bool(data[name])
    return made


@cache
def _flags_of(cls: type[Record]) -> tuple[str, ...]:
    """The fields that hold yes or no."""
    return tuple(name for name, spec in cls.specs().items() if spec.kind == "flag")


def fetch(store: Store, cls: type[R], where: str, params: Sequence[Any] = ()) -> list[R]:
    """Records of one type; `where` begins with WHERE or ORDER and is the program's own text."""
    return [build(cls, row) for row in store.rows(f"{select(cls)} {where}", params)]


def one(store: Store, cls: type[R], id: str) -> R | None:
    """The record with this id, or None."""
    row = store.row(f"{select(cls)} WHERE id=?", (id,))
    return build(cls, row) if row is not None else None


def many(store: Store, ids: Sequence[str]) -> dict[str, Record]:
    """The records with these ids, of any type; a few statements for all of them."""
    found: dict[str, Record] = {}
    for at in range(0, len(ids), 500):
        left = set(ids[at : at + 500])
        for cls in kinds.values():
            some = sorted(left)
            marks = ",".join("?" * len(some))
            for record in fetch(store, cls, f"WHERE id IN ({marks})", some) if some else ():
                found[record.id] = record
                left.discard(record.id)
    return found


def of_ref(store: Store, cls: type[R], ref: str) -> list[R]:
    """Records with this ref, the living first: two devices may each have given it offline."""
    return fetch(store, cls, "WHERE ref=? ORDER BY void IS NOT NULL, n", (ref,))


def type_of(store: Store, id: str) -> str | None:
    """Which type has a record with this id."""
    sql = _which.get(len(kinds))
    if sql is None:
        parts = (f"SELECT '{name}' FROM \"{name}\" WHERE id=?" for name in kinds)
        sql = _which[len(kinds)] = " UNION ALL ".join(parts) + " LIMIT 1"
    row = store.row(sql, (id,) * len(kinds))
    return str(row[0]) if row else None


DAMAGED = W(
    "磁盘上的内容与校验值不符，显示的值可能不对。请运行 sitebook check；"
    "用 sitebook restore 恢复备份。",
    "What is on the disk does not match its checksum; a value shown may be wrong. Run sitebook"
    " check; sitebook restore brings back a backup.",
)


def is_sound(record: Record) -> bool:
    """Whether a record that was read is what was written; asked where a single one is shown."""
    held = record.__data__
    try:
        return held.get("digest") is None or row_digest(type(record), held) == held["digest"]
    except (KeyError, TypeError, ValueError):  # a cell of another type
        return False


def row_digest(cls: type[Record], row: Mapping[str, Any]) -> str:
    """Checksum of a row's content: `integrity_check` noticed only 11 % of flipped bits.

    `n`, `synced` and the checksum itself are left out. Empty columns count for nothing, so that a
    column added by a newer version changes none. No text holds the NUL that stands in between.
    """
    names, flags = _summed(cls)
    parts = [f"{name}\0{value}" for name in names if (value := row[name]) is not None]
    for name in flags:
        if row[name] is not None:
            parts.append(f"{name}\0{row[name]:d}")
    return _sum("\0".join(parts).encode(), digest_size=12).hexdigest()


def digests(cls: type[Record], columns: Mapping[str, Sequence[Any]]) -> list[str]:
    """`row_digest` of many rows, given as columns, ids among them; what is not there is empty."""
    names, flags = _summed(cls)
    full = [name for name in (*names, *flags) if name in columns]
    found = zip(*(columns[name] for name in full), strict=True)
    if any(None in columns[name] for name in full):
        empty = dict.fromkeys((*names, *flags))
        return [row_digest(cls, {**empty, **dict(zip(full, row, strict=True))}) for row in found]
    template = "\0".join(f"{name}\0%{'d' if name in flags else 's'}" for name in full)
    return [_sum((template % row).encode(), digest_size=12).hexdigest() for row in found]


def _summed(cls: type[Record]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns that a checksum covers, and apart from them the flags (1 as well as True)."""
    known = _sums.get(cls)
    if known is None:
        flags = tuple(sorted(name for name, spec in cls.specs().items() if spec.kind == "flag"))
        rest = set(columns(cls)) - _UNSUMMED - set(flags)
        known = _sums[cls] = tuple(sorted(rest)), flags
    return known


TAIL = 12
"""Bits of a row number that tell records of one time apart."""


def place(store: Store, cls: type[Record], id: str, occurred: int) -> int:
    """The row number: occurrence in ms, then twelve bits of the id, the next free one."""
    n = (occurred << TAIL) | int(id[-3:], 16)
    taken = f'SELECT 1 FROM "{cls.kind.name}" WHERE n=?'
    run = store.db.connection().execute
    while run(taken, (n,)).fetchone():
        n += 1
    return n


def insert(store: Store, cls: type[Record], row: Mapping[str, Any]) -> None:
    """Write a new row (inside a transaction); the checksum is made here."""
    sql = _inserts.get(cls)
    if sql is None:
        names = columns(cls)
        marks = ",".join("?" * len(names))
        sql = f'INSERT INTO "{cls.kind.name}"({",".join(f"{chr(34)}{n}{chr(34)}" for n in names)})'
        sql = _inserts[cls] = f"{sql} VALUES({marks})"
    full = {**row, "digest": row_digest(cls, row)}
    store.db.connection().execute(sql, [full[name] for name in columns(cls)])


def update(store: Store, record: Record, changed: Mapping[str, Any]) -> None:
    """Write changed columns of an existing row (inside a transaction) and its checksum."""
    cls = type(record)
    record.__data__.update(changed)
    names = (*changed, "digest")
    sql = _updates.get((cls.kind.name, names))
    if sql is None:
        sets = ",".join(f'"{name}"=?' for name in names)
        sql = f'UPDATE "{cls.kind.name}" SET {sets} WHERE id=?'
        _updates[(cls.kind.name, names)] = sql
    record.__data__["digest"] = row_digest(cls, record.__data__)
    store.db.connection().execute(sql, [*(record.__data__[name] for name in names), record.id])
