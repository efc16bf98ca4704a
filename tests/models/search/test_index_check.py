"""The check of the index: drift of every sort is found, counted and repaired."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.search import index as searchindex
from models.search.index_check import compare_and_rebuild
from tests.support.search_shelf import Shelf


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
