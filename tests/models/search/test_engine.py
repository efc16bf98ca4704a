"""Search is complete at any moment: it equals a plain look into every record's text."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from models.search import engine
from models.search import text as searchtext
from models.search.engine import Hit, Search, Text
from models.search.index_check import compare_and_rebuild
from tests.support.search_shelf import Shelf

TYPES = ("fix", "weekly")
PROJECTS = ("p:1", "p:2", "")
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


@pytest.mark.shows(90)
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
