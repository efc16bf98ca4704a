"""The index: marks within a save, places, and another layout."""

from __future__ import annotations

import pytest

from models.search import engine
from models.search.engine import Search
from tests.support.search_shelf import Shelf


def test_a_place_taken_by_another_type_is_bumped(shelf: Shelf) -> None:
    shelf.save("1", "电站", n=7)
    shelf.save("2", "电站", n=7, type="weekly")
    assert sorted(shelf.ids("电站", limit=1)) == ["1", "2"]
    shelf.index()
    assert sorted(hit.n for hit in shelf.search.find("电站")) == [7, 8]


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
