"""Newest 20 for words of one, two and three characters over 100,000 records of 500 characters.

`python -m tests.bench.search [docs]`. The texts are words of one to four Chinese characters drawn
by a Zipf law, so that pairs and triples have the spread of language; the oldest tenth has one
character that no later text has. Each answer is compared with `instr` over all texts.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import accumulate
from pathlib import Path
from statistics import median

from peewee import SqliteDatabase

from models.search import engine
from models.search.engine import Search, Text
from models.storage.store import PRAGMAS

LENGTH = 500
UNINDEXED = 1500
NEWEST = 20
ROUNDS = 5
TYPES = ("fix", "sheet", "weekly", "escalation")
PROJECTS = tuple(f"project-{n}" for n in range(12))
GONE = "龟"
Groups = dict[tuple[int, str], list[str]]


class Corpus:
    """Made-up texts, the same for the same seed."""

    def __init__(self, seed: int = 7) -> None:
        self.random = random.Random(seed)
        letters = [chr(0x4E00 + n) for n in range(5000)]
        weights = list(accumulate(1 / (n + 3) for n in range(5000)))
        lengths = self.random.choices((1, 2, 3, 4), (4, 66, 20, 10), k=20_000)
        draw = self.random.choices
        self.words = ["".join(draw(letters, cum_weights=weights, k=k)) for k in lengths]
        self.weights = list(accumulate(1 / (n + 4) for n in range(len(self.words))))

    def text(self) -> str:
        """One text of about `LENGTH` characters."""
        words = self.random.choices(self.words, cum_weights=self.weights, k=LENGTH // 2)
        parts = "，".join("".join(words[at : at + 8]) for at in range(0, len(words), 8))
        return parts[:LENGTH]


class Book:
    """Records in a table and the search over them; `PRAGMAS` are the store's."""

    def __init__(self, path: Path, docs: int) -> None:
        self.corpus = Corpus()
        self.db = SqliteDatabase(str(path), pragmas=PRAGMAS)
        self.docs = 0
        self.now = 1_700_000_000_000
        with self.db.atomic("IMMEDIATE"):
            engine.create(self.db)
            columns = "n INTEGER PRIMARY KEY, id TEXT UNIQUE, type, project, body"
            self.db.execute_sql(f"CREATE TABLE record({columns})")
        self.search = Search(self.db, self.texts)
        while self.docs < docs:
            with self.db.atomic("IMMEDIATE"):
                for _ in range(1000):
                    self.add(GONE if self.docs < docs // 10 else "")
            while self.search.index_some(1000):
                pass

    def texts(self, type: str, ids: Sequence[str]) -> list[Text]:
        """What `Search` asks its owner for."""
        marks = ",".join("?" * len(ids))
        sql = f"SELECT id, n, project, body FROM record WHERE type=? AND id IN ({marks})"
        return list(self.db.execute_sql(sql, (type, *ids)).fetchall())

    def add(self, extra: str = "", marked: bool = True) -> None:
        """One record, some minutes after the last."""
        self.docs += 1
        self.now += self.corpus.random.randrange(600_000)
        id = f"018bcfe5-6800-7000-8000-{self.docs:012x}"
        type, project = TYPES[self.docs % 4], PROJECTS[self.docs % 12]
        row = (self.now << 12, id, type, project, self.corpus.text() + extra)
        self.db.execute_sql("INSERT INTO record VALUES(?, ?, ?, ?, ?)", row)
        if marked:
            self.search.mark(type, id)

    def edit(self, n: int) -> None:
        """Another text for the n-th record."""
        id = f"018bcfe5-6800-7000-8000-{n:012x}"
        self.db.execute_sql("UPDATE record SET body=? WHERE id=?", (self.corpus.text(), id))
        self.search.mark(TYPES[n % 4], id)

    def plainly(self, word: str) -> list[str]:
        """The newest ids by a look into every text."""
        sql = "SELECT id FROM record WHERE instr(body, ?) ORDER BY n DESC LIMIT ?"
        return [row[0] for row in self.db.execute_sql(sql, (word, NEWEST)).fetchall()]


def questions(book: Book) -> Groups:
    """Words by length and how common they are; 'absent' ones have characters that are common."""
    rows = book.db.execute_sql("SELECT body FROM record").fetchall()
    texts = [row[0].replace("，", "\n") for row in rows]
    some, whole = "\n".join(texts[-3000:]), "\n".join(texts)
    groups: Groups = {}
    for k in (1, 2, 3):
        grams = (some[at : at + k] for at in range(len(some) - k + 1))
        ranked = [gram for gram, _ in Counter(grams).most_common() if "\n" not in gram]
        half, tail = len(ranked) // 20, ranked[-1:-400:-50]
        groups |= {(k, "common"): ranked[:8], (k, "middle"): ranked[half : half + 8]}
        groups |= {(k, "rare"): tail, (k, "absent"): _absent(ranked, whole, k)}
    groups[1, "only old"] = [GONE]
    return groups


def _absent(ranked: list[str], whole: str, k: int) -> list[str]:
    """Words that no text has, made of the commonest parts there are."""
    if k == 1:
        return ["龘", "鿕", "齉"]
    parts = [(a, b) for a in ranked[:40] for b in ranked[:40]]
    found: list[str] = []
    for a, b in parts:
        word = a[: k - 1] + b[-1] if k == 2 else a[:2] + b[-1]
        if word not in whole and (k == 2 or word[1:] in whole) and word not in found:
            found.append(word)
        if len(found) == 8:
            break
    return found


def clock(work: Callable[[], object]) -> float:
    """Milliseconds a call takes."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1e3


def ask(book: Book, groups: Groups, title: str) -> None:
    """Ask every question, compare each answer, print a row per group."""
    print(f"\n{title}: {book.search.pending()} waiting of {book.docs}")
    print(f"{'':14}{'words':>6}{'median ms':>11}{'max ms':>9}{'instr ms':>10}{'wrong':>7}")
    for (k, name), words in groups.items():
        times: list[float] = []
        slow: list[float] = []
        wrong = 0
        for word in words:
            times += [clock(partial(book.search.find, word)) for _ in range(ROUNDS)]
            slow.append(clock(partial(book.plainly, word)))
            wrong += [hit.id for hit in book.search.find(word)] != book.plainly(word)
        figures = f"{median(times):11.2f}{max(times):9.2f}{median(slow):10.1f}{wrong:7}"
        print(f"{k} {name:12}{len(words):6}{figures}")


def narrowed(book: Book, groups: Groups) -> None:
    """The same questions within some types or projects."""
    print(f"\n{'within':20}{'median ms':>11}{'max ms':>9}")
    words = [word for some in groups.values() for word in some]
    find = book.search.find
    for title, options in (
        ("one type", {"types": TYPES[:1]}),
        ("two projects", {"projects": PROJECTS[:2]}),
        ("another's project", {"projects": ["none"]}),
    ):
        times = [clock(partial(find, word, **options)) for word in words]
        print(f"{title:20}{median(times):11.2f}{max(times):9.2f}")


def saving(book: Book) -> None:
    """What the mark adds to a durable save, and what a background batch of 20 takes."""
    times: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(600):
        with_mark = turn % 2 == 0

        def save(with_mark: bool = with_mark) -> None:
            with book.db.atomic("IMMEDIATE"):
                book.add(marked=with_mark)

        times[with_mark].append(clock(save))
    plain, marked = median(times[False]), median(times[True])
    print(f"\nsave {plain:.3f} ms, with its mark {marked:.3f} ms")
    held: list[float] = []

    @contextmanager
    def write() -> Iterator[None]:
        begun = time.perf_counter()
        with book.db.atomic("IMMEDIATE"):
            yield
        held.append((time.perf_counter() - begun) * 1e3)

    index = Search(book.db, book.texts, write).index_some
    batches = [clock(index) for _ in range(book.search.pending() // NEWEST)]
    print(f"batch of {NEWEST}: median {median(batches):.1f} ms, max {max(batches):.1f} ms", end="")
    print(f"; its writes: median {median(held):.1f} ms, max {max(held):.1f} ms")


def run(args: argparse.Namespace | None = None) -> None:
    """Build, ask with everything indexed and with 1,500 records waiting, print the tables."""
    docs = int(getattr(args, "docs", 0) or 100_000)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.sqlite3"
        begun = time.perf_counter()
        book = Book(path, docs)
        took = time.perf_counter() - begun
        sizes = path.stat().st_size / 1e6
        (own,) = book.db.execute_sql(
            "SELECT sum(length(CAST(body AS BLOB))) FROM record"
        ).fetchone()
        print(f"{docs} records, {own / 1e6:.0f} MB of text, {sizes:.0f} MB in all, {took:.0f} s")
        groups = questions(book)
        ask(book, groups, "all indexed")
        narrowed(book, groups)
        with book.db.atomic("IMMEDIATE"):
            for n in range(UNINDEXED):
                book.edit(1 + n * docs // UNINDEXED) if n % 3 == 0 else book.add()
        first = clock(lambda: Search(book.db, book.texts).find(groups[2, "common"][0]))
        ask(book, groups, f"{UNINDEXED} just saved (first search of a process {first:.1f} ms)")
        while book.search.index_some():
            pass
        saving(book)
        book.db.close()


if __name__ == "__main__":
    run(argparse.Namespace(docs=int(sys.argv[1]) if sys.argv[1:] else 0))
