"""The log in SQLite: chains, vectors, the clock, several writers. Sync cases 18, 32, 33, 40."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from peewee import SqliteDatabase

from models.book.log.change_log import ChangeLog
from models.text.words import Refused
from sync.changes.change import Change, chain, genesis
from sync.changes.hybrid_clock import COUNTER_BITS, DRIFT_MS, millis
from sync.changes.merge import LIVING
from sync.log.change_log import ALTERED, CUT, GAP, UNLINKED, Log, LogOutcome

NOW = 1_764_000_000_000
SPACE = "p:1"


class Book:
    """A book's database with its log; the devices' ids are single letters."""

    def __init__(self, device: str = "A", path: str = ":memory:") -> None:
        self.db = SqliteDatabase(path, timeout=20)
        self.wall = NOW
        self.log = Log(self.db, device, ord(device), ord, chr, lambda: self.wall)
        Log.create(self.db)
        self.run: Callable[..., Any] = self.db.execute_sql

    def save(self, space: str = SPACE, record: str = "r1", **fields: object) -> tuple[int, int]:
        """One save in a transaction of its own."""
        with self.db.atomic("IMMEDIATE"):
            return self.log.append(space=space, type="fix", record=record, fields=fields, base={})

    def take(self, *bodies: bytes) -> list[LogOutcome]:
        """Accept changes as a carrier brings them, hashes as the sender's chain gives them."""
        with self.db.atomic("IMMEDIATE"):
            taken = []
            for body in bodies:
                change = Change.parse(body)
                _, prev = self.log.tip(change.space, change.device)
                taken.append(self.log.accept(change, body, chain(prev, body)))
            return taken

    def clock(self) -> int:
        """The clock as it stands in the file."""
        return int(self.run("SELECT value FROM meta WHERE key='clock'").fetchone()[0])


@pytest.fixture
def a() -> Iterator[Book]:
    book = Book("A")
    yield book
    book.db.close()


@pytest.fixture
def b() -> Iterator[Book]:
    book = Book("B")
    yield book
    book.db.close()


def _journal(log: Log) -> ChangeLog:
    """Type checkers see here that the log is the change log that the book asks for."""
    return log


def test_the_log_is_the_books_journal(a: Book) -> None:
    change_log = _journal(a.log)
    assert (change_log.device, change_log.idx, change_log.now()) == ("A", ord("A"), NOW)
    with time_machine.travel(NOW / 1000, tick=False):
        assert Log(a.db, "A", 65, ord, chr).now() == NOW


def test_sequences_chain_without_gaps_per_space(a: Book) -> None:
    assert [a.save(cause=str(i))[0] for i in range(3)] == [1, 2, 3]
    assert a.save("r:1", cause="x")[0] == 1
    rows = a.run("SELECT space, seq, hash, body FROM change ORDER BY n").fetchall()
    hashes = {SPACE: genesis(SPACE, "A"), "r:1": genesis("r:1", "A")}
    for space, _, hash, body in rows:
        hashes[space] = chain(hashes[space], body)
        assert hash == hashes[space]
    assert a.log.tip(SPACE, "A") == (3, hashes[SPACE])
    assert a.log.vector(SPACE) == {"A": 3}
    assert a.log.verify_chain() is None


def test_a_change_is_found_again_as_it_was_written(a: Book) -> None:
    header = {"number": "F-1", "ref": None, "recorded": NOW}
    move = {"move": "fix", "from": "open", "to": "fixed", "saw": {"cause": [["A", 1]]}}
    with a.db.atomic("IMMEDIATE"):
        a.log.append(space=SPACE, type="fix", record="r1", fields={"n": 1}, base={}, header=header)
        a.log.append(space=SPACE, type="fix", record="r2", fields={"n": 2}, base={})
        seq, at = a.log.append(
            space=SPACE,
            type="fix",
            record="r1",
            fields={"state": "fixed", "load": {"unit": "A", "value": "2.5"}},
            base={"state": [("A", 1)]},
            tx=2,
            move=move,
        )
    first, second = a.log.history("r1")
    assert (first.seq, first.header, first.move, first.tx) == (1, header, None, 1)
    assert (second.seq, second.tx, second.at, second.device) == (3, 2, at, "A")
    assert second.fields == {"state": "fixed", "load": {"unit": "A", "value": "2.5"}}
    assert (second.base, second.move, second.header) == ({"state": [("A", 1)]}, move, None)
    assert seq == 3
    assert a.log.at_of(SPACE, "A", 3) == at
    with pytest.raises(KeyError):
        a.log.at_of(SPACE, "A", 4)


def test_writing_outside_a_transaction_is_a_mistake(a: Book) -> None:
    with pytest.raises(RuntimeError):
        a.log.append(space=SPACE, type="fix", record="r", fields={}, base={})
    with pytest.raises(RuntimeError):
        a.log.extend(SPACE, [])


@pytest.mark.parametrize("value", [1.5, "a\0b", "\ud800", "x" * 300_000, {"a": [0.1]}])
def test_what_nobody_could_read_is_not_logged(a: Book, value: object) -> None:
    with pytest.raises(Refused):
        a.save(cause=value)
    assert a.log.vector(SPACE) == {}
    assert a.save(cause="x")[0] == 1


def test_a_save_that_fails_leaves_neither_number_nor_time(a: Book) -> None:
    a.save(cause="x")
    before = a.clock()
    with pytest.raises(ZeroDivisionError), a.db.atomic("IMMEDIATE"):
        a.log.append(space=SPACE, type="fix", record="r1", fields={}, base={})
        raise ZeroDivisionError
    assert (a.clock(), a.log.vector(SPACE)) == (before, {"A": 1})
    assert a.save(cause="y")[0] == 2
    assert a.log.verify_chain() is None


def test_case_33_a_clock_set_back_counts_on(a: Book) -> None:
    times = [a.save(n=0)[1], a.save(n=1)[1]]
    a.wall -= DRIFT_MS
    times.append(a.save("r:1", n=2)[1])
    assert times == [times[0], times[0] + 1, times[0] + 2]


def test_a_time_far_ahead_is_not_followed_once_the_clock_is_right(a: Book) -> None:
    a.save(n=0)
    a.wall -= 3_600_000
    assert millis(a.save(n=1)[1]) == a.wall


def test_what_a_peer_lacks_comes_in_the_order_it_was_applied(a: Book, b: Book) -> None:
    a.save(n=1)
    b.take(*a.log.since(SPACE, {}))
    b.save(n=2)
    a.save(n=3)
    a.take(*b.log.since(SPACE, a.log.vector(SPACE)))
    a.save(n=4)
    a.save("r:1", n=5)

    def sent(vector: dict[str, int]) -> list[tuple[str, int]]:
        return [Change.parse(body).dot for body in a.log.since(SPACE, vector)]

    assert sent({}) == [("A", 1), ("A", 2), ("B", 1), ("A", 3)]
    assert sent({"A": 1, "C": 7}) == [("A", 2), ("B", 1), ("A", 3)]
    assert sent({"A": 2, "B": 1}) == [("A", 3)]
    assert sent({"A": 9, "B": 9}) == []


def test_case_18_twice_is_once(a: Book, b: Book) -> None:
    a.save(n=1)
    a.save(n=2)
    bodies = list(a.log.since(SPACE, {}))
    assert b.take(*bodies) == [LogOutcome.NEW, LogOutcome.NEW]
    hashes = [row[0] for row in a.run("SELECT hash FROM change ORDER BY seq")]
    with b.db.atomic("IMMEDIATE"):
        for body, hash in zip(bodies, hashes, strict=True):
            assert b.log.accept(Change.parse(body), body, hash) is LogOutcome.KNOWN
    assert b.run("SELECT count(*) FROM change").fetchone() == (2,)
    assert b.log.tip(SPACE, "A") == a.log.tip(SPACE, "A")


def test_gaps_forks_and_altered_changes_are_told_apart(a: Book, b: Book) -> None:
    for n in range(3):
        a.save(n=n)
    one, two, three = (Change.parse(body) for body in a.log.since(SPACE, {}))
    hashes = [row[0] for row in a.run("SELECT hash FROM change ORDER BY seq")]
    with b.db.atomic("IMMEDIATE"):
        accept = b.log.accept
        assert accept(two, two.canonical(), hashes[1]) is LogOutcome.GAP
        assert accept(one, one.canonical(), hashes[1]) is LogOutcome.UNLINKED
        assert accept(one, one.canonical(), hashes[0]) is LogOutcome.NEW
        assert accept(one, one.canonical(), hashes[2]) is LogOutcome.FORK
        assert accept(three, three.canonical(), hashes[2]) is LogOutcome.GAP
    assert b.log.vector(SPACE) == {"A": 1}


def test_a_whole_chunk_is_stored_or_nothing(a: Book, b: Book) -> None:
    for n in range(5):
        a.save(n=n)
    bodies = list(a.log.since(SPACE, {}))
    hashes = [row[0] for row in a.run("SELECT hash FROM change ORDER BY seq")]
    arrivals = [(Change.parse(x), x, h) for x, h in zip(bodies, hashes, strict=True)]
    wrong = [
        arrivals[1:],
        arrivals[:2] + arrivals[3:],
        [*arrivals[:4], (*arrivals[4][:2], hashes[0])],
    ]
    for bad in wrong:
        with b.db.atomic("IMMEDIATE"):
            with pytest.raises(ValueError, match="does not follow"):
                b.log.extend(SPACE, bad)
            assert b.log.vector(SPACE) == {}
    with b.db.atomic("IMMEDIATE"), pytest.raises(ValueError, match="does not follow"):
        b.log.extend("p:2", arrivals)
    with b.db.atomic("IMMEDIATE"):
        b.log.extend(SPACE, arrivals[:3])
        b.log.extend(SPACE, arrivals[3:])
    assert b.log.tip(SPACE, "A") == a.log.tip(SPACE, "A")
    assert list(b.log.since(SPACE, {})) == bodies
    assert b.log.verify_chain() is None


def test_a_later_change_is_later_than_what_was_received(a: Book, b: Book) -> None:
    b.wall += 60_000
    _, at = b.save(n=1)
    a.take(*b.log.since(SPACE, {}))
    assert a.save(n=2)[1] == at + 1


def test_case_31_and_32_a_bad_time_never_enters_the_clock(a: Book, b: Book) -> None:
    a.save(n=0)
    before = a.clock()
    b.wall = 4_080_000_000_000
    b.save(n=1)
    bodies = list(b.log.since(SPACE, {}))
    with pytest.raises(ZeroDivisionError), a.db.atomic("IMMEDIATE"):
        a.take(*bodies)
        raise ZeroDivisionError
    assert (a.clock(), a.log.vector(SPACE)) == (before, {"A": 1})
    assert a.take(*bodies) == [LogOutcome.NEW]
    assert a.clock() == before
    assert millis(a.save(n=2)[1]) == NOW


def _write(path: str, count: int) -> None:
    book = Book("A", path)
    for n in range(count):
        book.save(n=n)
    book.db.close()


def test_case_40_two_processes_never_give_one_number_twice(tmp_path: Path) -> None:
    path = str(tmp_path / "book.db")
    book = Book("A", path)
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=_write, args=(path, 60)) for _ in range(2)]
    for writer in writers:
        writer.start()
    _write(path, 60)
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    seqs = [row[0] for row in book.run("SELECT seq FROM change ORDER BY n")]
    assert seqs == list(range(1, 181))
    times = [row[0] for row in book.run("SELECT at FROM change ORDER BY n")]
    assert times == sorted(set(times))
    assert times[-1] == book.clock() == (NOW << COUNTER_BITS) + 179
    assert book.log.verify_chain() is None
    book.db.close()


DAMAGE = {
    "a byte of a body": (
        "UPDATE change SET body=CAST(replace(body, 'two', 'six') AS BLOB) WHERE seq=2",
        2,
        UNLINKED,
    ),
    "the kind of a body": ("UPDATE change SET body=CAST(body AS TEXT) WHERE seq=2", 2, UNLINKED),
    "a hash": ("UPDATE change SET hash=zeroblob(32) WHERE seq=2", 2, UNLINKED),
    "a missing row": ("DELETE FROM change WHERE seq=2", 2, GAP),
    "the first row": ("DELETE FROM change WHERE seq=1", 1, GAP),
    "the last row": ("DELETE FROM change WHERE seq=3", 3, CUT),
    "every row": ("DELETE FROM change", 1, CUT),
    "the head": ("DELETE FROM head", 3, CUT),
    "the head's hash": ("UPDATE head SET hash=zeroblob(32)", 3, CUT),
    "a moved row": ("UPDATE change SET record='r9' WHERE seq=1", 1, ALTERED),
    "another type": ("UPDATE change SET type='note' WHERE seq=3", 3, ALTERED),
    "another time": ("UPDATE change SET at=at+1 WHERE seq=3", 3, ALTERED),
    "another device": ("UPDATE change SET idx=66", 1, CUT),
    "another space": ("UPDATE change SET space='p:2'", 1, CUT),
}


@pytest.mark.parametrize(("sql", "seq", "why"), DAMAGE.values(), ids=DAMAGE)
def test_the_first_broken_link_is_named(a: Book, sql: str, seq: int, why: object) -> None:
    for n in ("one", "two", "three"):
        a.save(n=n)
    assert a.log.verify_chain() is None
    a.run(sql)
    broken = a.log.verify_chain()
    assert broken is not None
    assert (broken.seq, broken.why) == (seq, why)


def test_settling_one_register_is_the_same_rule(a: Book) -> None:
    standing = [("A", 1, 5, "closed"), ("B", 1, 9, "fixed"), ("B", 2, 3, "fixed")]
    new = ("C", 1, 1, "open")
    first, beside = a.log.settle(standing, [("B", 1)], new, {"open": 0, "fixed": 1, "closed": 2})
    assert first == new
    assert beside == [standing[0], standing[2]]
    first, beside = a.log.settle(standing, [v[:2] for v in standing], new, None)
    assert (first, beside) == (new, [])
    first, _ = a.log.settle([("A", 1, 9, "twice")], [], ("B", 1, 1, None), LIVING)
    assert first[3] is None
