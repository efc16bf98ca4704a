"""Record writer: writes rows and change log in one transaction, below the book's checks.

Nothing outside `models.book.book` (and the sync that applies others' changes) uses it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from models.book.log.change_log import ChangeLog, Dot, Version
from models.book.people import People
from models.frozen import Frozen
from models.schema.kind import Kind
from models.schema.natural_keys import sign
from models.schema.record import Record
from models.schema.versions import FieldVersions, LocalDot
from models.search import engine
from models.storage import rows
from models.storage.store import Store


class Creation(Frozen, kw_only=True):
    """What a new record's header is made of."""

    space: str
    project: str | None
    author: str
    ref: str | None = None
    occurred: int | None = None
    recorded: int | None = None
    """Of a record brought from another book: when it was first written."""
    state: str | None = None


class RecordWriter:
    """Writes records and logs them, inside the caller's transaction.

    `touched` collects the (type, id) of what was written since it was last emptied.
    """

    def __init__(self, store: Store, change_log: ChangeLog, people: People) -> None:
        self.store = store
        self.change_log = change_log
        self.people = people
        self.touched: set[tuple[str, str]] = set()
        self._tx: dict[str, int] = {}

    def begin(self) -> None:
        """A transaction begins: forget what the last one touched."""
        self.touched.clear()
        self._tx.clear()

    def transaction(self, space: str) -> int | None:
        """The transaction open now in a space: the sequence it began with; None before it did."""
        return self._tx.get(space)

    def create(
        self, cls: type[Record], id: str, clean: Mapping[str, Any], birth: Creation
    ) -> Record:
        """Log and insert a new record of validated values."""
        kind, now = cls.kind, self.change_log.now()
        first = birth.state or kind.states[0].name
        header: dict[str, Any] = {
            "ref": birth.ref,
            "number": self._number(cls, id, clean),
            "project": birth.project,
            "occurred": birth.occurred if birth.occurred is not None else now,
            "recorded": birth.recorded if birth.recorded is not None else now,
            "author": birth.author,
        }
        filled = {name: value for name, value in clean.items() if value is not None}
        seq, _ = self.change_log.append(
            space=birth.space,
            type=kind.name,
            record=id,
            fields={"state": first, **by_register(cls, filled)},
            base={},
            tx=self._tx.get(birth.space),
            header=header,
        )
        self._tx.setdefault(birth.space, seq)
        row = dict.fromkeys(rows.columns(cls)) | dict(clean) | header
        row |= {"id": id, "device": self.change_log.device, "state": first}
        row["dots"] = f"{self.change_log.idx}.{seq}"
        row["n"] = rows.place(self.store, cls, id, header["occurred"])
        rows.insert(self.store, cls, row)
        self._note(kind.name, id)
        return rows.build(cls, [row[name] for name in rows.columns(cls)])

    def write(
        self,
        record: Record,
        space: str,
        registers: Mapping[str, Any],
        seen: str,
        move: Mapping[str, Any] | None = None,
        over: Mapping[str, Sequence[Dot]] | None = None,
    ) -> int:
        """Log one change of existing registers and apply it; returns its sequence.

        `seen` is the record's `dots` at the moment the person was shown the values. The state it
        was in is always named: every device authorises the change by it; so is who the owner was,
        where that gives a right. `over` names the versions to be replaced where they are not just
        the shown ones.
        """
        base = self.base_of(owner_register(type(record)), record.dots)
        base |= self.base_of(registers, seen) | self.base_of(("state",), record.dots)
        if "void" in registers:
            base = self.base_of(("void", "state", *type(record).registers()), record.dots)
            for register, beside in self.siblings(record.id).items():
                base.setdefault(register, []).extend(version[:2] for version in beside)
        base |= {register: list(dots) for register, dots in (over or {}).items()}
        seq, at = self.change_log.append(
            space=space,
            type=record.type,
            record=record.id,
            fields=registers,
            base=base,
            tx=self._tx.get(space),
            move=move,
        )
        self._tx.setdefault(space, seq)
        self._apply(record, space, registers, base, (self.change_log.device, seq, at))
        self._note(record.type, record.id)
        return seq

    def passed(self, record: Record, payload: Mapping[str, Any], author: str, seq: int) -> None:
        """Note a move in the table of transitions: add-only, a copy of what the log holds."""
        sql = (
            "INSERT INTO transition(record, type, project, move, origin, state, at, author, role,"
            " comment, device, seq, alone) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)"
        )
        who = (author, payload["role"], payload.get("comment"), self.change_log.device, seq)
        what = (payload["move"], payload["from"], payload["to"], self.change_log.now())
        alone = int(bool(payload.get("alone")))
        row = (record.id, record.type, record.project, *what, *who, alone)
        self.store.db.execute_sql(sql, row)

    def base_of(self, registers: Iterable[str], seen: str) -> dict[str, list[Dot]]:
        """For each register every version of the value shown when `seen` was taken."""
        dots = FieldVersions(seen)
        return {register: self._global(dots.of(register)) for register in registers}

    def _global(self, dots: Iterable[LocalDot]) -> list[Dot]:
        return [(self.people.device_of(idx), seq) for idx, seq in dots]

    def siblings(self, id: str) -> dict[str, list[Version]]:
        """The siblings of the current values, by register."""
        sql = "SELECT register, idx, seq, at, value FROM sibling WHERE record=?"
        found: dict[str, list[Version]] = {}
        for register, idx, seq, at, value in self.store.rows(sql, (id,)):
            version = (self.people.device_of(idx), seq, at, json.loads(value))
            found.setdefault(register, []).append(version)
        return found

    def _note(self, type: str, id: str) -> None:
        engine.mark(self.store.db, type, id)
        self.touched.add((type, id))

    def _number(self, cls: type[Record], id: str, clean: Mapping[str, Any]) -> str:
        kind = cls.kind
        if kind.key:
            plain = [str(clean[k]) for k in kind.key if _short(cls, k) and clean.get(k)]
            return "-".join([kind.code, *plain, sign(id, 8 if plain else 10)])
        year = self.store.today().year  # by the book's zone: at Shanghai's New Year too
        sql = (
            "INSERT INTO serial(code, year, last) VALUES(?, ?, 1)"
            " ON CONFLICT(code, year) DO UPDATE SET last = last + 1 RETURNING last"
        )
        serial = self.store.db.connection().execute(sql, (kind.code, year)).fetchone()[0]
        return f"{kind.code}-{year}-{self.people.tag_of(self.change_log.device)}-{serial:04d}"

    def _apply(
        self,
        record: Record,
        space: str,
        registers: Mapping[str, Any],
        base: Mapping[str, list[Dot]],
        stamp: tuple[str, int, int],
    ) -> None:
        dots, columns = FieldVersions(record.dots), dict[str, Any]()
        beside = self.siblings(record.id)
        for register, value in registers.items():
            if register not in beside and base[register] == self._global(dots.of(register)):
                dots.put(register, [(self.change_log.idx, stamp[1])])
                columns.update(spread(type(record), register, value))
                continue
            standing = self._standing(record, space, register, beside.get(register, []))
            rank = rank_of(record.kind, register)
            won, others = self.change_log.settle(standing, base[register], (*stamp, value), rank)
            same = [won, *(v for v in others if _same(v[3], won[3]))]
            dots.put(register, [(self.people.idx_of(v[0]), v[1]) for v in same])
            columns.update(spread(type(record), register, won[3]))
            self._keep(record.id, register, [v for v in others if not _same(v[3], won[3])])
        rows.update(self.store, record, {**columns, "dots": dots.text()})

    def _standing(
        self, record: Record, space: str, register: str, beside: Sequence[Version]
    ) -> list[Version]:
        """Every version of a register that counts now, those of the current value among them."""
        fields = type(record).registers().get(register, (register,))
        present = any(getattr(record, name) is not None for name in fields)
        value = value_of(type(record), register, record.__data__)
        found = list(beside)
        for device, seq in self._global(FieldVersions(record.dots).standing(register, present)):
            found.append((device, seq, self.change_log.at_of(space, device, seq), value))
        return found

    def _keep(self, id: str, register: str, beside: Sequence[Version]) -> None:
        db = self.store.db
        db.execute_sql("DELETE FROM sibling WHERE record=? AND register=?", (id, register))
        sql = "INSERT INTO sibling(record, register, idx, seq, at, value) VALUES(?,?,?,?,?,?)"
        for device, seq, at, value in beside:
            text = json.dumps(value, ensure_ascii=False, sort_keys=True)
            db.execute_sql(sql, (id, register, self.people.idx_of(device), seq, at, text))


def owner_register(cls: type[Record]) -> tuple[str, ...]:
    """The register that says who is to act, where that gives a right; else none."""
    kind = cls.kind
    return (cls.register_of()[kind.owner],) if kind.owner and kind.owner_acts else ()


def rank_of(kind: Kind, register: str) -> Mapping[object, int] | None:
    """Which of several versions is shown: the less advanced state, and living before void."""
    if register == "state":
        return kind.rank
    return {None: 0} if register == "void" else None


def _same(one: Any, other: Any) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def by_register(cls: type[Record], clean: Mapping[str, Any]) -> dict[str, Any]:
    """Validated fields as registers, groups made whole."""
    owners = cls.register_of()
    named = dict.fromkeys(owners[name] for name in clean)
    return {register: value_of(cls, register, clean) for register in named}


def value_of(cls: type[Record], register: str, have: Mapping[str, Any]) -> Any:
    """A register's value from a record's fields: the field itself, or the group as an object."""
    fields = cls.registers().get(register, (register,))
    if fields == (register,):
        return have.get(register)
    return {name: have.get(name) for name in fields}


@cache
def groups(cls: type[Record]) -> frozenset[str]:
    """The registers of several fields."""
    return frozenset(name for name, fields in cls.registers().items() if fields != (name,))


def whole(cls: type[Record], register: str, value: Any) -> Any:
    """A group's value with all of its members: a version that lacks some says nothing else.

    Older programs did not know the newer ones, and odd ones leave out what they like.
    """
    return value_of(cls, register, spread(cls, register, value))


def spread(cls: type[Record], register: str, value: Any) -> dict[str, Any]:
    """The columns a register's value fills."""
    fields = cls.registers().get(register, (register,))
    if fields == (register,):
        return {register: value}
    known = value if isinstance(value, Mapping) else {}
    return {name: known.get(name) for name in fields}


def _short(cls: type[Record], name: str) -> bool:
    """Whether a part of the natural key is readable enough to be part of a number."""
    spec = cls.specs().get(name)
    return spec is not None and spec.kind in ("day", "week", "quarter", "count")
