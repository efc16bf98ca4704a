"""Search is complete at any moment: it equals a plain look into every record's text."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from peewee import SqliteDatabase

from models.search import engine
from models.search import index as searchindex
from models.search import text as searchtext
from models.search.engine import Hit, Search, Text
from models.search.index_check import compare_and_rebuild

TYPES = ("fix", "weekly")
PROJECTS = ("p:1", "p:2", "")
PRAGMAS = {"journal_mode": "wal", "synchronous": "off"}
PIECES = [
    *"电站检查表一AaＡ１1-_\"'(*,，%\\\u3000 \n\0\ud800",
    "é",
    "e\u0301",
    "ｶﾞ",
    "が",
    "ß",
    "ss",
]
PIECES += ["İ", "😀", "\u200b", "电站", "检查表", "A-01", "NEAR", "\xa0", "ﬁ", "각", "\u1100\u1161"]
typed = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


class Shelf:
    """Records in a table of their own, and searches over it: what the book is to the search."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.db = self.open()
        with self.db.atomic("IMMEDIATE"):
            engine.create(self.db)
            self.db.execute_sql(
                "CREATE TABLE rec(id TEXT PRIMARY KEY, type, n INTEGER, project, body TEXT)"
            )
        self.search = Search(self.db, self.texts)

    def open(self) -> SqliteDatabase:
        """Another connection, as another process has one."""
        return SqliteDatabase(str(self.path), pragmas=PRAGMAS, check_same_thread=False)

    def texts(self, type: str, ids: Sequence[str]) -> list[Text]:
        """What `Search` asks its owner for."""
        marks = ",".join("?" * len(ids))
        sql = f"SELECT id, n, project, body FROM rec WHERE type=? AND id IN ({marks})"
        rows = self.db.execute_sql(sql, (type, *ids)).fetchall()
        return [
            (id, n, project, body.decode("utf-8", "surrogatepass")) for id, n, project, body in rows
        ]

    def save(self, id: str, body: str, n: int = 0, type: str = "fix", project: str = "p:1") -> None:
        """Save a record and mark it, in one transaction."""
        with self.db.atomic("IMMEDIATE"):
            row = (id, type, n or int(id), project, body.encode("utf-8", "surrogatepass"))
            self.db.execute_sql("INSERT OR REPLACE INTO rec VALUES(?, ?, ?, ?, ?)", row)
            engine.mark(self.db, type, id)

    def drop(self, id: str, type: str = "fix") -> None:
        """Void a record: it is not to be found any more."""
        with self.db.atomic("IMMEDIATE"):
            self.db.execute_sql("DELETE FROM rec WHERE id=?", (id,))
            engine.mark(self.db, type, id)

    def index(self) -> None:
        """Index all that waits."""
        while self.search.index_some():
            pass

    def ids(self, query: str, **options: Any) -> list[str]:
        """The ids found, newest first."""
        return [hit.id for hit in self.search.find(query, **options)]


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path / "book.sqlite3")
    yield made
    made.db.close()


def plain(text: str) -> str:
    """The folding by the book, one step after the other, with nothing clever."""
    seen = "".join(c for c in text if not ("\ud800" <= c <= "\udfff" or c in "\0\u200b"))
    narrow = (unicodedata.normalize("NFKC", c) if _wide(c) else c for c in seen)
    composed = unicodedata.normalize("NFC", "".join(narrow))
    return unicodedata.normalize("NFC", composed.casefold())


def _wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "FH" and char in "\u3000Ａ１，ｶﾞ"


class Machine(RuleBasedStateMachine):
    """Random saves, edits, voids and batches; every query equals the plain look."""

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        self.shelf = Shelf(Path(self.folder.name) / "book.sqlite3")
        self.other = Search(self.shelf.db, self.shelf.texts)
        self.kept: dict[str, tuple[int, str, str, str]] = {}
        self.made = 0

    def teardown(self) -> None:
        if hasattr(self, "shelf"):
            self.shelf.db.close()
            self.folder.cleanup()

    @rule(body=typed, n=st.integers(1, 40), type=st.sampled_from(TYPES), where=st.integers(0, 2))
    def save(self, body: str, n: int, type: str, where: int) -> None:
        self.made += 1
        self._keep(str(self.made), n, type, PROJECTS[where], body)

    @rule(data=st.data(), body=typed)
    def edit(self, data: st.DataObject, body: str) -> None:
        if self.kept:
            id = data.draw(st.sampled_from(sorted(self.kept)))
            n, type, project, _ = self.kept[id]
            self._keep(id, n, type, project, body)

    @rule(data=st.data())
    def void(self, data: st.DataObject) -> None:
        if self.kept:
            id = data.draw(st.sampled_from(sorted(self.kept)))
            self.shelf.drop(id, self.kept.pop(id)[1])

    @rule(limit=st.integers(1, 5), other=st.booleans())
    def index(self, limit: int, other: bool) -> None:
        (self.other if other else self.shelf.search).index_some(limit)

    @rule(query=typed, other=st.booleans())
    def find(self, query: str, other: bool) -> None:
        self._check(self.other if other else self.shelf.search, query)

    @rule(query=typed, types=st.sets(st.sampled_from(TYPES)), where=st.sets(st.integers(0, 2)))
    def find_some(self, query: str, types: set[str], where: set[int]) -> None:
        self._check(self.shelf.search, query, types, {PROJECTS[at] for at in where})

    @invariant()
    def common_words(self) -> None:
        if hasattr(self, "shelf"):
            for query in ("电", "电站", "a", "检查表"):
                self._check(self.shelf.search, query)

    @rule()
    def compare(self) -> None:
        known = [(type, [id for id, row in self.kept.items() if row[1] == type]) for type in TYPES]
        found = compare_and_rebuild(self.shelf.search, known)
        assert found.sound and found.checked == len(self.kept)
        assert self.shelf.search.pending() == 0

    def _keep(self, id: str, n: int, type: str, project: str, body: str) -> None:
        self.kept[id] = (n, type, project, body)
        self.shelf.save(id, body, n, type, project)

    def _check(
        self,
        asked: Search,
        query: str,
        types: set[str] | None = None,
        projects: set[str] | None = None,
    ) -> None:
        words = plain(query).split()
        due = {
            id
            for id, (_, type, project, body) in self.kept.items()
            if words
            and all(word in plain(body) for word in words)
            and (types is None or type in types)
            and (projects is None or project in projects)
        }
        found = asked.find(query, limit=100, types=types, projects=projects)
        assert {hit.id for hit in found} == due and len(found) == len(due)
        assert [hit.n for hit in found] == sorted((hit.n for hit in found), reverse=True)
        paged: list[Hit] = []
        while page := asked.find(
            query, limit=2, before=paged[-1].n if paged else None, types=types, projects=projects
        ):
            paged += page
        assert paged == found
        for hit in found:
            shown = [plain(hit.snippet[start:end]) for start, end in hit.spots]
            assert shown and all(any(word in spot for word in words) for spot in shown)


Machine.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestMachine = Machine.TestCase


@given(st.text(max_size=20))
@settings(deadline=None, max_examples=400)
def test_any_text_is_folded_and_cut_alike(text: str) -> None:
    folded = searchtext.fold(text)
    assert searchtext.fold(folded) == folded
    tokens = list(searchtext.tokens(folded, "fix", "p:1"))
    assert not any(set(token) & set(string.whitespace) for token in tokens)
    for start, end in searchtext.spots(text, text):
        assert 0 <= start < end <= len(text)


@given(st.text(max_size=12), st.text(max_size=12), st.text(min_size=1, max_size=3))
@settings(deadline=None, max_examples=300)
def test_any_text_is_found_and_any_query_is_safe(before: str, after: str, query: str) -> None:
    with TemporaryDirectory() as folder:
        shelf = Shelf(Path(folder) / "book.sqlite3")
        body = f"{before}{query}{after}"
        shelf.save("1", body)
        words = searchtext.words(query)
        due = ["1"] if words and all(w in searchtext.fold(body) for w in words) else []
        assert shelf.ids(query) == due
        shelf.index()
        assert shelf.ids(query) == due
        shelf.db.close()


QUERIES = [
    '"',
    "'",
    "(",
    ")",
    "A-01",
    "a*",
    "^",
    ":",
    "{",
    "NEAR(",
    "AND",
    "OR",
    "\0",
    "\ud800",
    "😀",
]


@pytest.mark.parametrize(
    "query", [*QUERIES, "电", "站" * 500, "a b " * 200, '" OR "', "\\", "%", "_"]
)
def test_awkward_queries_are_plain_text(shelf: Shelf, query: str) -> None:
    shelf.save("1", "没有")
    shelf.save("2", f"前{query}后")
    found = ["2"] if searchtext.words(query) else []
    assert shelf.ids(query) == found
    shelf.index()
    assert shelf.ids(query) == found


def test_newest_first_and_by_page(shelf: Shelf) -> None:
    for n in range(1, 31):
        shelf.save(str(n), "机房巡检")
        if n == 25:
            shelf.index()
    first = shelf.search.find("巡检", limit=20)
    assert [hit.n for hit in first] == list(range(30, 10, -1))
    assert shelf.ids("巡检", limit=20, before=first[-1].n) == [str(n) for n in range(10, 0, -1)]


def test_a_place_taken_by_another_type_is_bumped(shelf: Shelf) -> None:
    shelf.save("1", "电站", n=7)
    shelf.save("2", "电站", n=7, type="weekly")
    assert sorted(shelf.ids("电站", limit=1)) == ["1", "2"]
    shelf.index()
    assert sorted(hit.n for hit in shelf.search.find("电站")) == [7, 8]


def test_rights_decide_what_is_found(shelf: Shelf) -> None:
    for id, project in (("1", "p:1"), ("2", "r:1"), ("3", "company")):
        shelf.save(id, "违章", project=project)
    for _ in range(2):
        assert shelf.ids("违章", projects={"p:1", "company"}) == ["3", "1"]
        assert shelf.ids("违章", projects=[f"p:{n}" for n in range(200)]) == ["1"]
        assert shelf.ids("违章", projects=()) == []
        assert shelf.ids("违章", types=["weekly"]) == []
        shelf.index()


def test_excerpt_shows_the_place_as_typed(shelf: Shelf) -> None:
    shelf.save("1", "前" * 80 + "\n第２号ＵＰＳ电池，Cafe\u0301" + "后" * 80)
    (hit,) = shelf.search.find("ups电池 café")
    assert "\n" not in hit.snippet and len(hit.snippet) == searchtext.EXCERPT + 1
    assert [hit.snippet[start:end] for start, end in hit.spots] == ["ＵＰＳ电池", "Cafe\u0301"]
    assert searchtext.spots("变电站，变电", "变电 电站") == ((0, 3), (4, 6))


def test_a_save_rolled_back_leaves_no_mark(shelf: Shelf) -> None:
    with pytest.raises(ZeroDivisionError), shelf.db.atomic("IMMEDIATE"):
        shelf.search.mark("fix", "1")
        raise ZeroDivisionError
    assert shelf.search.pending() == 0


def test_many_marks_at_once(shelf: Shelf) -> None:
    shelf.save("1", "旧")
    shelf.index()
    with shelf.db.atomic("IMMEDIATE"):
        engine.mark_many(shelf.db, "fix", [str(n) for n in range(40)])
    assert shelf.search.pending() == 40
    shelf.index()
    assert shelf.search.pending() == 0 and shelf.ids("旧") == ["1"]


def test_a_save_during_the_batch_stays_on_the_list(shelf: Shelf) -> None:
    def texts(type: str, ids: Sequence[str]) -> list[Text]:
        read = shelf.texts(type, ids)
        shelf.save("1", "新文")
        return read

    shelf.save("1", "旧文")
    assert Search(shelf.db, texts).index_some() == 0
    assert shelf.search.pending() == 1 and shelf.ids("新文") == ["1"] and shelf.ids("旧文") == []
    shelf.index()
    assert shelf.ids("新文") == ["1"] and shelf.ids("旧文") == []


def test_a_search_sees_one_moment(shelf: Shelf) -> None:
    other = shelf.open()
    for n in range(1, 6):
        shelf.save(str(n), "停电")
    shelf.index()
    shelf.save("6", "停电")

    def texts(type: str, ids: Sequence[str]) -> list[Text]:
        with other.atomic("IMMEDIATE"):
            other.execute_sql("DELETE FROM rec WHERE id='3'")
            engine.mark(other, "fix", "3")
        return shelf.texts(type, ids)

    assert [hit.id for hit in Search(shelf.db, texts).find("停电")] == list("654321")
    assert shelf.ids("停电") == list("65421")
    other.close()


def _lose(shelf: Shelf) -> None:
    row = shelf.db.execute_sql("SELECT n, id, type, project, body FROM doc").fetchone()
    shelf.db.execute_sql(searchindex.TAKE, (row[0], searchindex.Doc(*row).tokens()))


def _move(shelf: Shelf) -> None:
    _lose(shelf)
    row = shelf.db.execute_sql("SELECT n, id, type, project, body FROM doc").fetchone()
    shelf.db.execute_sql(searchindex.PUT, (row[0] + 9, searchindex.Doc(*row).tokens()))


def _sql(sql: str) -> Callable[[Shelf], None]:
    return lambda shelf: shelf.db.execute_sql(sql) and None


@pytest.mark.parametrize(
    ("damage", "wrong", "extra", "rebuilt"),
    [
        (_lose, 0, 0, True),
        (_move, 0, 0, True),
        (_sql("INSERT INTO doc_fts(doc_fts) VALUES('delete-all')"), 0, 0, True),
        (_sql("DELETE FROM doc_fts_data WHERE id > 10"), 0, 0, True),
        (_sql("UPDATE doc SET body='别的'"), 3, 0, True),
        (_sql("DELETE FROM doc WHERE n=1"), 1, 0, True),
        (_sql("UPDATE rec SET body=CAST('后来' AS BLOB) WHERE id='2'"), 1, 0, False),
        (_sql("DELETE FROM rec WHERE id='2'"), 0, 1, False),
    ],
)
def test_drift_is_found_and_repaired(
    shelf: Shelf, damage: Callable[[Shelf], None], wrong: int, extra: int, rebuilt: bool
) -> None:
    for n in range(1, 4):
        shelf.save(str(n), f"第{n}次巡检")
    shelf.index()
    damage(shelf)
    bodies = dict(shelf.db.execute_sql("SELECT id, CAST(body AS TEXT) FROM rec").fetchall())
    found = compare_and_rebuild(shelf.search, [("fix", ["1", "2", "3"])])
    assert (found.wrong, found.extra, found.rebuilt) == (wrong, extra, rebuilt)
    assert compare_and_rebuild(shelf.search, [("fix", ["1", "2", "3"])]).sound
    for query in ("巡检", "检", "后来", "别的", "第1次", "次"):
        assert set(shelf.ids(query)) == {id for id, body in bodies.items() if query in body}


def test_another_layout_makes_the_index_anew(shelf: Shelf) -> None:
    for n in range(1, 4):
        shelf.save(str(n), "巡检")
    shelf.index()
    shelf.db.execute_sql("UPDATE doc_layout SET name='0:old'")
    shelf.db.execute_sql("UPDATE doc SET body='别的'")
    newer = Search(shelf.db, shelf.texts)
    assert [hit.id for hit in newer.find("巡检")] == list("321") and newer.pending() == 3
    shelf.index()
    assert shelf.ids("巡检") == list("321") and shelf.ids("别的") == []
