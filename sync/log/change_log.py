"""The change log: every change of every device held, per space, in the order it was applied.

The book writes here inside its own transaction. Heads and clock are read in that transaction every
time, never kept in memory: other processes write to the same file.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import Enum
from json import dumps, loads
from typing import Any

from peewee import SqliteDatabase

from models.book.log.change_log import LoggedChange
from models.book.log.change_log import Version as Row
from models.frozen import NamedTuple
from models.text.words import Refused, W
from sync.changes import pruned
from sync.changes.change import Change, Dot, chain, genesis
from sync.changes.hybrid_clock import tick, witness
from sync.changes.merge import Rank, Version, apply, shown
from sync.trust.steering import rule_levels

TABLES = (
    "CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value)",
    "CREATE TABLE IF NOT EXISTS change(n INTEGER PRIMARY KEY, space TEXT NOT NULL,"
    " idx INTEGER NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, type TEXT NOT NULL,"
    " record TEXT NOT NULL, hash BLOB NOT NULL, body BLOB, UNIQUE(space, idx, seq))",
    "CREATE INDEX IF NOT EXISTS change_record ON change(record)",
    "CREATE TABLE IF NOT EXISTS head(space TEXT, idx INTEGER, seq INTEGER NOT NULL,"
    " hash BLOB NOT NULL, PRIMARY KEY(space, idx)) WITHOUT ROWID",
    "INSERT OR IGNORE INTO meta(key, value) VALUES('clock', 0)",
)
TIP = (
    "SELECT m.value, h.seq, h.hash FROM meta m LEFT JOIN head h ON h.space=? AND h.idx=?"
    " WHERE m.key='clock'"
)
ADD = "INSERT INTO change(space, idx, seq, at, type, record, hash, body) VALUES(?,?,?,?,?,?,?,?)"
HEAD = (
    "INSERT INTO head(space, idx, seq, hash) VALUES(?,?,?,?)"
    " ON CONFLICT(space, idx) DO UPDATE SET seq=excluded.seq, hash=excluded.hash"
)
CLOCK = "UPDATE meta SET value=? WHERE key='clock'"
ONE = "SELECT hash, body FROM change WHERE space=? AND idx=? AND seq=?"
AT = "SELECT at FROM change WHERE space=? AND idx=? AND seq=?"
SPACE = "SELECT space FROM change WHERE record=? AND idx=? AND seq=?"
RECORD = "SELECT body FROM change WHERE record=? ORDER BY n"
HELD = "SELECT idx, seq FROM head WHERE space=? ORDER BY idx"
# The inner query finds the rows by index; the outer reads bodies in the order of n, unsorted.
SINCE = (
    "SELECT body FROM change WHERE n IN (SELECT c.n FROM json_each(?) j CROSS JOIN change c"
    " WHERE c.space=? AND c.idx=json_extract(j.value, '$[0]')"
    " AND c.seq>json_extract(j.value, '$[1]')) ORDER BY n"
)
CHAINS = "SELECT space, idx FROM head UNION SELECT space, idx FROM change"
LINKS = "SELECT seq, at, type, record, hash, body FROM change WHERE space=? AND idx=? ORDER BY seq"

REPEATS = "o"
"""The key of a change under which it names the one that it repeats: [device, sequence, hash]."""
FORMER = "former"
"""The fact with the ids under which this device wrote with a key that another computer has too."""

GAP = W("这条改动不见了", "this change is missing")
ALTERED = W("内容与记下的不符", "its content is not what was noted")
UNLINKED = W("与前一条改动接不上", "it does not follow the change before it")
CUT = W("链尾与记下的不符", "the end of the chain is not the one noted")


class LogOutcome(Enum):
    """What became of a change from elsewhere.

    `KNOWN`: the very same is here already. `GAP`: one before it is missing, it waits. `FORK`:
    another change with its number is here, so the device has two histories. `UNLINKED`: its
    hash does not follow from what is held: altered on the way, or forked earlier.
    """

    NEW = "new"
    KNOWN = "known"
    GAP = "gap"
    FORK = "fork"
    UNLINKED = "unlinked"


class Broken(NamedTuple):
    """The first link of a chain that does not hold."""

    space: str
    device: str
    seq: int
    why: W


def wall() -> int:
    """The wall clock, in milliseconds UTC."""
    return time.time_ns() // 1_000_000


class Log:
    """The log of one book, written as one device.

    `idx_of` gives the local number of a device id (making one for a new device), `device_of`
    the id. Everything that writes wants a transaction of the caller's.
    """

    def __init__(
        self,
        db: SqliteDatabase,
        device: str,
        idx: int,
        idx_of: Callable[[str], int],
        device_of: Callable[[int], str],
        now: Callable[[], int] = wall,
    ) -> None:
        self.db = db
        self.device = device
        self.idx = idx
        self._idx_of = idx_of
        self._device_of = device_of
        self._now = now
        self._run: Callable[..., Any] = db.execute_sql
        self._extra: Mapping[str, object] = {}

    @staticmethod
    def create(db: SqliteDatabase) -> None:
        """Make the tables that are missing."""
        run: Callable[..., Any] = db.execute_sql
        for sql in TABLES:
            run(sql)

    def now(self) -> int:
        """The wall clock, in milliseconds UTC."""
        return self._now()

    def append(
        self,
        *,
        space: str,
        type: str,
        record: str,
        fields: Mapping[str, object],
        base: Mapping[str, list[Dot]],
        tx: int | None = None,
        header: Mapping[str, object] | None = None,
        move: Mapping[str, object] | None = None,
    ) -> tuple[int, int]:
        """Log one change of this device in the running transaction; returns (seq, at).

        `tx` is the sequence of the transaction's first change in this space, None for the first.
        """
        self._inside()
        clock, seq, prev = self._tip(space, self.device, self.idx)
        at, seq = tick(clock, self._now()), seq + 1
        change = Change(
            space, self.device, seq, at, type, record, tx or seq, fields, base, header, move,
            {**rule_levels.said(), **self._extra},
        )  # fmt: skip
        change.check()
        body = change.canonical()
        hash = chain(prev, body)
        run = self.db.connection().execute  # a save has eight statements; this halves their cost
        run(ADD, (space, self.idx, seq, at, type, record, hash, body))
        run(HEAD, (space, self.idx, seq, hash))
        run(CLOCK, (at,))
        return seq, at

    @contextmanager
    def repeating(self, place: list[object]) -> Iterator[None]:
        """The changes logged meanwhile repeat one that was set aside."""
        self._extra = {REPEATS: place}
        try:
            yield
        finally:
            self._extra = {}

    def add(self, change: Change) -> None:
        """Log one change of this device that is made already, with its time; the next of its
        chain.
        """
        self._inside()
        _, seq, prev = self._tip(change.space, self.device, self.idx)
        if (change.device, change.seq) != (self.device, seq + 1):
            raise ValueError(f"{change.device}:{change.seq} does not follow {seq}")
        change.check()
        body = change.canonical()
        row = (change.space, self.idx, change.seq, change.at, change.type, change.record)
        head = (self.idx, change.seq, chain(prev, body))
        self._store(change.space, [(*row, head[2], body)], [head])

    def follow(self) -> bool:
        """Go on under the id that the book has by now (inside a transaction): another process may
        have given it a new one. Whether it did.
        """
        row = self._run("SELECT value FROM meta WHERE key=?", (FORMER,)).fetchone()
        if row is None or self.device not in loads(row[0]):
            return False
        (self.device,) = self._run("SELECT value FROM meta WHERE key='device'").fetchone()
        self.idx = self._idx_of(self.device)
        return True

    def settle(
        self, standing: Sequence[Row], base: Sequence[Dot], new: Row, rank: Rank
    ) -> tuple[Row, list[Row]]:
        """Merge one register of (device, seq, at, value); returns (shown, all others)."""
        register = apply(tuple(Version(*v) for v in standing), base, Version(*new))
        first = shown(register, rank)
        return first, [v for v in register if v is not first]

    def history(self, record: str) -> Iterator[LoggedChange]:
        """Every change of a record whose values are kept, in the order it was applied here."""
        for (body,) in self._run(RECORD, (record,)):
            if pruned.is_stub(body):
                continue
            c = Change.parse(body)
            yield LoggedChange(c.seq, c.device, c.at, c.fields, c.base, c.move, c.header, c.tx)

    def find(self, space: str, device: str, seq: int) -> Change:
        """The change that wrote a version. Raises `KeyError` when its values are not here."""
        row = self._one(space, device, seq)
        if row is None or pruned.is_stub(row[1]):
            raise KeyError((space, device, seq))
        return Change.parse(row[1])

    def space_of(self, record: str, device: str, seq: int) -> str | None:
        """The space in which a version of a record was logged; None where it is not here."""
        row = self._run(SPACE, (record, self._idx_of(device), seq)).fetchone()
        return str(row[0]) if row is not None else None

    def at_of(self, space: str, device: str, seq: int) -> int:
        """When a version was written (hybrid clock). Raises `KeyError` when it is not here."""
        row = self._run(AT, (space, self._idx_of(device), seq)).fetchone()
        if row is None:
            raise KeyError((space, device, seq))
        return int(row[0])

    def vector(self, space: str) -> dict[str, int]:
        """Device -> last sequence held of a space; all before it are here too."""
        return {self._device_of(idx): seq for idx, seq in self._run(HELD, (space,))}

    def tip(self, space: str, device: str) -> tuple[int, bytes]:
        """(last sequence held, its hash) of a device; (0, the chain's beginning) when none."""
        return self._tip(space, device, self._idx_of(device))[1:]

    def since(self, space: str, vector: Mapping[str, int]) -> Iterator[bytes]:
        """The changes that a holder of `vector` lacks, causes before effects."""
        held = self._run(HELD, (space,)).fetchall()
        theirs = {idx: vector.get(self._device_of(idx), 0) for idx, _ in held}
        lacks = [(idx, theirs[idx]) for idx, seq in held if seq > theirs[idx]]
        for (body,) in self._run(SINCE, (dumps(lacks), space)):
            yield body

    def accept(self, change: Change, body: bytes, hash: bytes) -> LogOutcome:
        """Store a change from elsewhere if it is the next link of its device's chain.

        Whether its base is known (`sync.changes.merge.missing`) is for the caller to see to first.
        """
        seq, prev = self.tip(change.space, change.device)
        if change.seq > seq + 1:
            return LogOutcome.GAP
        if change.seq <= seq:
            known, _ = self._one(change.space, change.device, change.seq)
            return LogOutcome.KNOWN if known == hash else LogOutcome.FORK
        if chain(prev, body) != hash:
            return LogOutcome.UNLINKED
        self.extend(change.space, [(change, body, hash)])
        return LogOutcome.NEW

    def extend(self, space: str, arrivals: Iterable[tuple[Change, bytes, bytes]]) -> None:
        """Store many (change, body, hash) of a space at once, in the order given.

        For whole chunks: every link is checked, then one statement for all rows; heads and clock
        are written once. A body may be pruned. Raises `ValueError` at a link that does not hold,
        nothing written.
        """
        self._inside()
        heads: dict[str, tuple[int, int, bytes]] = {}
        rows = []
        for c, body, hash in arrivals:
            if c.device not in heads:
                heads[c.device] = (self._idx_of(c.device), *self.tip(space, c.device))
            idx, last, prev = heads[c.device]
            if c.space != space or c.seq != last + 1 or pruned.chain(prev, body) != hash:
                raise ValueError(f"{c.device}:{c.seq} does not follow {last}")
            heads[c.device] = (idx, c.seq, hash)
            rows.append((space, idx, c.seq, c.at, c.type, c.record, hash, body))
        self._store(space, rows, heads.values())

    def extend_linked(
        self, space: str, device: str, arrivals: Sequence[tuple[Change, bytes, bytes]]
    ) -> None:
        """The same for one device's changes whose links were checked, up to what is here."""
        self._inside()
        idx, last = self._idx_of(device), arrivals[-1]
        rows = [(space, idx, c.seq, c.at, c.type, c.record, hash, b) for c, b, hash in arrivals]
        self._store(space, rows, [(idx, last[0].seq, last[2])])

    def _store(
        self,
        space: str,
        rows: Sequence[tuple[Any, ...]],
        heads: Iterable[tuple[int, int, bytes]],
    ) -> None:
        now, (clock, _, _) = self._now(), self._tip(space, self.device, self.idx)
        clock = witness(clock, [row[3] for row in rows], now)
        cursor: Any = self._run(CLOCK, (clock,))
        cursor.executemany(ADD, rows)
        cursor.executemany(HEAD, [(space, *head) for head in heads])

    def verify_chain(self) -> Broken | None:
        """Walk every chain; the first link that does not hold, or None. Reads the whole log."""
        for space, idx in self._run(CHAINS).fetchall():
            broken = self._walk(space, self._device_of(idx), idx)
            if broken is not None:
                return broken
        return None

    def _walk(self, space: str, device: str, idx: int) -> Broken | None:
        last, prev = 0, genesis(space, device)
        for seq, at, type, record, hash, body in self._run(LINKS, (space, idx)):
            if seq != last + 1:
                return Broken(space, device, last + 1, GAP)
            if not isinstance(body, bytes) or pruned.chain(prev, body) != hash:
                return Broken(space, device, seq, UNLINKED)
            if not pruned.is_stub(body) and not _matches(
                body, (space, device, seq, at, type, record)
            ):
                return Broken(space, device, seq, ALTERED)
            last, prev = seq, hash
        end = self.tip(space, device)
        seq = last + 1 if end[0] > last else last
        return None if (last, prev) == end else Broken(space, device, seq, CUT)

    def _tip(self, space: str, device: str, idx: int) -> tuple[int, int, bytes]:
        clock, seq, hash = self._run(TIP, (space, idx)).fetchone()
        return (clock, seq, hash) if seq else (clock, 0, genesis(space, device))

    def _one(self, space: str, device: str, seq: int) -> Any:
        return self._run(ONE, (space, self._idx_of(device), seq)).fetchone()

    def _inside(self) -> None:
        if not self.db.in_transaction():
            raise RuntimeError("the log is written inside a transaction of the book")


def _matches(body: bytes, columns: tuple[object, ...]) -> bool:
    try:
        c = Change.parse(body)
    except Refused:
        return False
    return (c.space, c.device, c.seq, c.at, c.type, c.record) == columns
