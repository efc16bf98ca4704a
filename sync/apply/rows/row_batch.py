"""Row batch: the records that a batch of changes touches, read and written in bulk.

One SELECT for 500 records, INSERTs by type, UPDATEs by type and set of columns in the order of
the rows, siblings in the order of their key: what a first pull and a long absence live on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, islice, repeat
from operator import itemgetter
from typing import Any

from models.schema.record import Record, kinds
from models.search import engine
from models.storage import rows
from sync.apply.rows.bulk_insert import InsertBatch
from sync.apply.rows.record_state import RecordState
from sync.apply.transaction import Transaction
from sync.changes.merge import Version

CHUNK = 500
SIBLING = (
    "INSERT OR REPLACE INTO sibling(record, register, idx, seq, at, value) VALUES(?,?,?,?,?,?)"
)
UNSIBLING = "DELETE FROM sibling WHERE record=? AND register=?"
SIBLINGS = "SELECT record, register, idx, seq, at, value FROM sibling WHERE record IN"

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


class RowBatch:
    """The rows of one write transaction."""

    def __init__(self, tx: Transaction) -> None:
        self.store = tx.store
        self.names = tx.names
        self._held: dict[tuple[str, str], RecordState] = {}
        self._born: dict[tuple[str, str], tuple[InsertBatch, int]] = {}
        """(type, record) -> its place in the batch of records that were created alike."""

    def __len__(self) -> int:
        return len(self._held) + len(self._born)

    def load(self, wanted: Iterable[tuple[str, str]]) -> None:
        """Read the rows of these (type, record) that are here."""
        by_type: dict[str, list[str]] = {}
        for type, id in dict.fromkeys(wanted):
            known = (type, id) in self._held or (type, id) in self._born
            if type in kinds and not known:
                by_type.setdefault(type, []).append(id)
        for type, ids in by_type.items():
            for some in _chunks(ids):
                self._load(kinds[type], some)

    def get(self, type: str, id: str) -> RecordState | None:
        """A record that was loaded or begun."""
        held = self._held.get((type, id))
        if held is None and (type, id) in self._born:
            some, place = self._born.pop((type, id))
            held = self._held[type, id] = RecordState(
                kinds[type], some.pop(place), self.names, new=True
            )
        return held

    def begin(self, held: RecordState) -> None:
        """A record that is not in the database yet."""
        self._held[held.cls.kind.name, held.row["id"]] = held

    def add(self, some: InsertBatch) -> None:
        """Records that were created alike and are not in the database yet."""
        keys = zip(repeat(some.cls.kind.name), some.ids, strict=False)
        self._born.update(zip(keys, zip(repeat(some), count()), strict=False))

    def conflicts(self) -> dict[str, set[str]]:
        """Record -> registers whose siblings were changed and are there."""
        found = dict[str, set[str]]()
        for held in self._held.values():
            if (
                held.dirty_siblings
                and held.siblings
                and (registers := held.dirty_siblings & held.siblings.keys())
            ):
                found[held.row["id"]] = set(registers)
        return found

    def flush(self) -> set[tuple[str, str]]:
        """Write everything; returns the (type, record) that were touched."""
        touched = set[tuple[str, str]]()
        fresh: dict[type[Record], list[InsertBatch]] = {}
        for some in dict.fromkeys(some for some, _ in self._born.values()):
            fresh.setdefault(some.cls, []).append(some)
        new, changed = (
            dict[type[Record], list[RecordState]](),
            dict[type[Record], list[RecordState]](),
        )
        for held in self._held.values():
            if held.new or held.changed or held.dirty_siblings:
                (new if held.new else changed).setdefault(held.cls, []).append(held)
        for cls in {**fresh, **new}:
            touched |= self._mark(cls, self._insert(cls, fresh.get(cls, ()), new.get(cls, ())))
        for cls, known in changed.items():
            self._update(cls, known)
            touched |= self._mark(cls, [held.row["id"] for held in known])
        self._siblings([held for held in self._held.values() if held.dirty_siblings])
        self._born, self._held = {}, {}
        return touched

    # -- reading ---------------------------------------------------------------------------------

    def _load(self, cls: type[Record], ids: Sequence[str]) -> None:
        columns, name = rows.columns(cls), cls.kind.name
        flags = [flag for flag, spec in cls.specs().items() if spec.kind == "flag"]
        marks = ",".join("?" * len(ids))
        found = {}
        for row in self.names.db.execute(f"{rows.select(cls)} WHERE id IN ({marks})", ids):
            read = dict(zip(columns, row, strict=True))
            for flag in flags:
                if read[flag] is not None:
                    read[flag] = bool(read[flag])
            id = read["id"]
            found[id] = self._held[name, id] = RecordState(cls, read, self.names, new=False)
        if found:
            self._load_siblings(found)

    def _load_siblings(self, found: Mapping[str, RecordState]) -> None:
        marks = ",".join("?" * len(found))
        sql = f"{SIBLINGS} ({marks}) ORDER BY record, register"
        siblings: dict[tuple[str, str], list[Version]] = {}
        for record, register, idx, seq, at, value in self.names.db.execute(sql, list(found)):
            version = Version(self.names.device(idx), seq, at, json.loads(value))
            siblings.setdefault((record, register), []).append(version)
        for (record, register), versions in siblings.items():
            found[record].siblings[register] = tuple(sorted(versions, key=lambda v: v.dot))
            found[record].stored |= {register}

    # -- writing ---------------------------------------------------------------------------------

    def _insert(
        self, cls: type[Record], alike: Iterable[InsertBatch], others: Iterable[RecordState]
    ) -> list[str]:
        """Write new rows; returns their ids."""
        columns = rows.columns(cls)
        pick = itemgetter(*columns)
        ids, fresh, taken = list[str](), list[tuple[Any, ...]](), set[int]()
        for some in alike:
            some.settle()
            ids += some.ids
            fresh += some.rows(self._places(cls, some.columns["occurred"], some.ids, taken))
        single = [held.whole() for held in others]
        own = [row["id"] for row in single]
        places = self._places(cls, [row["occurred"] for row in single], own, taken)
        for row, row["n"] in zip(single, places, strict=True):
            row["digest"] = rows.row_digest(cls, row)
            fresh.append(pick(row))
        marks = ",".join("?" * len(columns))
        sql = f'INSERT INTO "{cls.kind.name}"({_quoted(columns)}) VALUES({marks})'
        self.names.db.executemany(sql, sorted(fresh, key=itemgetter(columns.index("n"))))
        return ids + own

    def _places(
        self, cls: type[Record], occurred: Iterable[int], ids: Iterable[str], taken: set[int]
    ) -> list[int]:
        """Places of new rows, moving on where one is taken (see `models.storage.rows.place`)."""
        wanted = [(at << 12) | int(id[-3:], 16) for at, id in zip(occurred, ids, strict=True)]
        for some in _chunks(wanted):
            marks = ",".join("?" * len(some))
            sql = f'SELECT n FROM "{cls.kind.name}" WHERE n IN ({marks})'
            taken.update(n for (n,) in self.names.db.execute(sql, some))
        sql, found = f'SELECT 1 FROM "{cls.kind.name}" WHERE n=?', list[int]()
        for first in wanted:
            n = first
            while n in taken or (
                n != first and self.names.db.execute(sql, (n,)).fetchone() is not None
            ):
                n += 1
            found.append(n)
            taken.add(n)
        return found

    def _update(self, cls: type[Record], some: Iterable[RecordState]) -> None:
        groups: dict[frozenset[str], list[tuple[dict[str, Any], int]]] = {}
        changed = [held for held in some if held.changed]
        for held in sorted(changed, key=lambda held: int(held.row["n"])):
            row, old = held.row, held.row["n"]
            if held.moved:
                (row["n"],) = self._places(cls, [row["occurred"]], [row["id"]], set())
                held.changed |= {"n"}
            held.tidy()
            row["digest"] = rows.row_digest(cls, row)
            groups.setdefault(frozenset(held.changed), []).append((row, old))
        for names, found in groups.items():
            columns = (*sorted(names), "digest")
            sets = ",".join(f'"{name}"=?' for name in columns)
            pick = itemgetter(*columns)
            params = [(*pick(row), old) for row, old in found]
            self.names.db.executemany(f'UPDATE "{cls.kind.name}" SET {sets} WHERE n=?', params)

    def _siblings(self, some: Iterable[RecordState]) -> None:
        gone, fresh = [], []
        for held in some:
            id = held.row["id"]
            if held.stored:
                gone += [(id, register) for register in held.dirty_siblings & held.stored]
            for register in held.dirty_siblings & held.siblings.keys():
                for v in held.siblings[register]:
                    idx = self.names.idx(v.device)
                    fresh.append((id, register, idx, v.seq, v.at, _encode(v.value)))
        self.names.db.executemany(UNSIBLING, sorted(gone))
        self.names.db.executemany(SIBLING, sorted(fresh))

    def _mark(self, cls: type[Record], ids: list[str]) -> set[tuple[str, str]]:
        engine.mark_many(self.store.db, cls.kind.name, ids)
        return set(zip(repeat(cls.kind.name), ids, strict=False))


def clear_siblings(db: Any, records: Iterable[str]) -> None:
    """Take away the siblings of every register of these records."""
    db.executemany("DELETE FROM sibling WHERE record=?", [(record,) for record in records])


def _quoted(columns: Iterable[str]) -> str:
    return ",".join(f'"{name}"' for name in columns)


def _chunks(some: Sequence[Any]) -> Iterator[list[Any]]:
    todo = iter(some)
    while chunk := list(islice(todo, CHUNK)):
        yield chunk
