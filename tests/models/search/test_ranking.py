"""Ranking: records before rows, open before ended, titles before the rest, copies left out."""

from __future__ import annotations

from models.book.book import Book
from models.schema.record import Record, kinds
from models.search import ranking
from models.search.engine import Hit
from models.search.ranking import HitGroup, ranked


def hits(*records: Record) -> list[tuple[Hit, Record]]:
    """Records as they are found."""
    return [(Hit(one.id, one.type, one.n, "", ()), one) for one in records]


def is_open(record: Record) -> bool:
    """Whether somebody has a next step."""
    return not record.kind.state(record.state).ended


def ids(groups: list[HitGroup]) -> list[str]:
    """The hits in the order in which they are read."""
    return [hit.id for group in groups for hit in group.hits]


def test_the_open_and_the_titled_come_first(book: Book, project: str) -> None:
    add = book.add
    titled = add("fix", {"phenomenon": "UPS 旁路"}, project=project)
    cause = add("fix", {"phenomenon": "停电", "cause": "UPS"}, project=project)
    ended = add(
        "fix", {"phenomenon": "UPS 报警", "cause": "老化", "correction": "换"}, project=project
    )
    for move in ("fix", "verify", "close"):
        ended = book.move(ended.id, move)
    assert not is_open(ended)
    note = add("note", {"about": cause.id, "text": "UPS 备件"}, project=None)
    groups = ranked(hits(note, ended, cause, titled), "ups", is_open)
    assert ids(groups) == [titled.id, cause.id, ended.id, note.id]
    assert [group.type for group in groups] == ["fix", "note"]


def test_what_has_the_name_comes_before_what_tells_of_it(book: Book, project: str) -> None:
    ups = book.add("customer", {"name": "UPS 厂"})
    fix = book.add("fix", {"phenomenon": "UPS 旁路"}, project=project)
    late = book.add("fix", {"phenomenon": "巡检一切正常，顺便查看了一台 UPS"}, project=project)
    assert ids(ranked(hits(late, fix, ups), "UPS", is_open)) == [ups.id, fix.id, late.id]


def test_a_copy_is_left_out_where_its_source_is_found(book: Book, project: str) -> None:
    fix = book.add("fix", {"phenomenon": "蓄电池鼓包"}, project=project)
    values = {"week": "2026-W47", "person": book.me, "progress": "x"}
    week = book.add("weekly", values, project=project)
    row = {"weekly": week.id, "source": fix.id, "phenomenon": "蓄电池鼓包"}
    copy = book.add("weekly_problem", row)
    assert ids(ranked(hits(copy, fix), "蓄电池", is_open)) == [fix.id]
    assert ids(ranked(hits(copy), "蓄电池", is_open)) == [copy.id]


def test_rows_are_folded_among_others_and_shown_alone(book: Book, project: str) -> None:
    fix = book.add("fix", {"phenomenon": "UPS"}, project=project)
    rows = [HitGroup("answer", tuple(Hit(str(n), "answer", n, "", ()) for n in range(30)))]
    both = [HitGroup("fix", (Hit(fix.id, "fix", 1, "", ()),)), *rows]
    assert ranking.shown(both, rows[0]) == ranking.SHOWN_ROWS
    assert ranking.shown(rows, rows[0]) == 30
    assert "fix" in ranking.proper_types() and "answer" not in ranking.proper_types()
    assert all(kinds[name].kind.menu for name in ranking.proper_types())
