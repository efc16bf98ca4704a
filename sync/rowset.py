"""Rowset: the records that a batch of changes touches, read and written in bulk.

One SELECT for 500 records, INSERTs by type, UPDATEs by type and set of columns in the order of
the rows, siblings in the order of their key: what a first pull and a long absence live on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, repeat
from operator import itemgetter
from typing import Any

from models import rows, search
from models.record import Record, kinds
from models.store import Store
from sync.held import Held
from sync.merge import Version
from sync.names import Names

CHUNK = 500
SIBLING = "INSERT INTO sibling(record, register, idx, seq, at, value) VALUES(?,?,?,?,?,?)"
UNSIBLING = "DELETE FROM sibling WHERE record=? AND register=?"
SIBLINGS = "SELECT record, register, idx, seq, at, value FROM sibling WHERE record IN"

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


class Rowset:
    """The rows of one write transaction."""

    def __init__(self, store: Store, names: Names) -> None:
        self.store = store
        self.names = names
        self._held: dict[tuple[str, str], Held] = {}
        self._fresh: dict[str, dict[str, dict[str, Any]]] = {}
        """Type -> id -> a new row."""

    def __len__(self) -> int:
        return len(self._held) + sum(map(len, self._fresh.values()))

    def load(self, wanted: Iterable[tuple[str, str]]) -> None:
        """Read the rows of these (type, record) that are here."""
        by_type: dict[str, list[str]] = {}
        for type, id in dict.fromkeys(wanted):
            known = (type, id) in self._held or id in self._fresh.get(type, ())
            if type in kinds and not known:
                by_type.setdefault(type, []).append(id)
        for type, ids in by_type.items():
            for some in _chunks(ids):
                self._load(kinds[type], some)

    def get(self, type: str, id: str) -> Held | None:
        """A record that was loaded or begun."""
        held = self._held.get((type, id))
        if held is None and id in self._fresh.get(type, ()):
            held = Held(kinds[type], self._fresh[type].pop(id), new=True)
            self._held[type, id] = held
        return held

    def begin(self, held: Held) -> None:
        """A record that is not in the database yet."""
        self._held[held.cls.kind.name, held.row["id"]] = held

    def add(self, cls: type[Record], row: dict[str, Any]) -> None:
        """A whole new row to be written as it is."""
        self._fresh.setdefault(cls.kind.name, {})[row["id"]] = row

    def conflicts(self) -> dict[str, set[str]]:
        """Record -> registers whose siblings were changed and are there."""
        at_sea = [held for held in self._held.values() if held.at_sea and held.beside]
        found = {held.row["id"]: held.at_sea & held.beside.keys() for held in at_sea}
        return {id: set(registers) for id, registers in found.items() if registers}

    def flush(self) -> set[tuple[str, str]]:
        """Write everything; returns the (type, record) that were touched."""
        touched = set[tuple[str, str]]()
        changed: dict[type[Record], list[Held]] = {}
        for held in self._held.values():
            if held.new:
                held.tidy()
                self.add(held.cls, held.row)
            elif held.changed or held.at_sea:
                changed.setdefault(held.cls, []).append(held)
        for type, fresh in self._fresh.items():
            if fresh:
                self._insert(kinds[type], list(fresh.values()))
                touched |= self._mark(kinds[type], list(fresh))
        for cls, some in changed.items():
            self._update(cls, some)
            touched |= self._mark(cls, [held.row["id"] for held in some])
        self._siblings([held for held in self._held.values() if held.at_sea])
        self._fresh = {}
        self._held = {}
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
            found[id] = self._held[name, id] = Held(cls, read, new=False)
        if found:
            self._load_siblings(found)

    def _load_siblings(self, found: Mapping[str, Held]) -> None:
        marks = ",".join("?" * len(found))
        sql = f"{SIBLINGS} ({marks}) ORDER BY record, register"
        beside: dict[tuple[str, str], list[Version]] = {}
        for record, register, idx, seq, at, value in self.names.db.execute(sql, list(found)):
            version = Version(self.names.device(idx), seq, at, json.loads(value))
            beside.setdefault((record, register), []).append(version)
        for (record, register), versions in beside.items():
            found[record].beside[register] = tuple(sorted(versions, key=lambda v: v.dot))
            found[record].stored |= {register}

    # -- writing ---------------------------------------------------------------------------------

    def _insert(self, cls: type[Record], fresh: list[dict[str, Any]]) -> None:
        self._place(cls, fresh)
        columns = rows.columns(cls)
        for row in fresh:
            row["digest"] = rows.row_digest(cls, row)
        marks = ",".join("?" * len(columns))
        sql = f'INSERT INTO "{cls.kind.name}"({_quoted(columns)}) VALUES({marks})'
        pick = itemgetter(*columns)
        self.names.db.executemany(sql, map(pick, sorted(fresh, key=itemgetter("n"))))

    def _place(self, cls: type[Record], fresh: Iterable[dict[str, Any]]) -> None:
        """Give new rows their place, moving on where one is taken (see `models.rows.place`)."""
        wanted = list(fresh)
        for row in wanted:
            row["n"] = (row["occurred"] << 12) | int(row["id"][-3:], 16)
        numbers = [row["n"] for row in wanted]
        taken = set[int]()
        for some in _chunks(numbers):
            marks = ",".join("?" * len(some))
            sql = f'SELECT n FROM "{cls.kind.name}" WHERE n IN ({marks})'
            taken.update(n for (n,) in self.names.db.execute(sql, some))
        sql = f'SELECT 1 FROM "{cls.kind.name}" WHERE n=?'
        for row in wanted:
            n = row["n"]
            while n in taken or (
                n != row["n"] and self.names.db.execute(sql, (n,)).fetchone() is not None
            ):
                n += 1
            row["n"] = n
            taken.add(n)

    def _update(self, cls: type[Record], some: Iterable[Held]) -> None:
        groups: dict[frozenset[str], list[tuple[dict[str, Any], int]]] = {}
        changed = [held for held in some if held.changed]
        for held in sorted(changed, key=lambda held: int(held.row["n"])):
            row, old = held.row, held.row["n"]
            if held.moved:
                self._place(cls, [row])
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

    def _siblings(self, some: Iterable[Held]) -> None:
        gone, fresh = [], []
        for held in some:
            id = held.row["id"]
            if held.stored:
                gone += [(id, register) for register in held.at_sea & held.stored]
            for register in held.at_sea & held.beside.keys():
                for v in held.beside[register]:
                    idx = self.names.idx(v.device)
                    fresh.append((id, register, idx, v.seq, v.at, _encode(v.value)))
        self.names.db.executemany(UNSIBLING, sorted(gone))
        self.names.db.executemany(SIBLING, sorted(fresh))

    def _mark(self, cls: type[Record], ids: list[str]) -> set[tuple[str, str]]:
        search.mark_many(self.store.db, cls.kind.name, ids)
        return set(zip(repeat(cls.kind.name), ids, strict=False))


def _quoted(columns: Iterable[str]) -> str:
    return ",".join(f'"{name}"' for name in columns)


def _chunks(some: Sequence[Any]) -> Iterator[list[Any]]:
    todo = iter(some)
    while chunk := list(islice(todo, CHUNK)):
        yield chunk
