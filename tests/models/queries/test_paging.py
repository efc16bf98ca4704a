"""Rows by position: always the same as the plain list, however one jumps about in it."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from models.book.book import Book
from models.book.projects import all_projects
from models.calendar.business_dates import DEFAULT_ZONE, business_day, week_of
from models.queries.filters import Filter
from models.queries.paging import Listed, Pages, pages
from models.schema.fields import money, number
from models.schema.lifecycle import Life, State
from models.schema.record import kinds
from models.text.words import W
from sync.workspace.setup import begin
from tests.support.declared_types import declared

DAY = 24 * 3600 * 1000
NAMES = ("number", "state", "phenomenon", "void")


@pytest.fixture
def filled(book: Book, project: str) -> Book:
    """Three hundred fixes over forty days, some fixed, some void."""
    rnd = random.Random(7)
    now = book.change_log.now()
    with book.saving():
        for place in range(300):
            values = {
                "phenomenon": f"第{place}处 {'机房' if place % 3 else 'pump [x]'}",
                "correction": "换",
            }
            when = now - rnd.randrange(40 * DAY)
            made = book.add("fix", values, project=project, occurred=when)
            if place % 4 == 0:
                book.move(made.id, "fix")
            if place % 25 == 0:
                book.void(made.id, "错录")
    return book


def ids(book: Book, where: str, *params: Any) -> list[str]:
    """What a plain query says."""
    sql = f"SELECT id FROM fix WHERE {where} ORDER BY n DESC"
    return [row[0] for row in book.store.rows(sql, params)]


def made(book: Book, wanted: Filter) -> Pages | Listed:
    """The pages of a filter, ready to be read."""
    found = pages(book.store, kinds["fix"], NAMES, wanted)
    if isinstance(found, Listed):
        found.find()
    return found


def read(found: Pages | Listed, size: int, order: list[int]) -> list[str]:
    """All ids, windows read in any order."""
    at = found.names.index("id")
    rows = {top: [row[at] for row in found.window(top, size)] for top in order}
    return [id for top in sorted(rows) for id in rows[top]]


@pytest.mark.parametrize("seed", range(4))
def test_any_order_of_windows_gives_the_plain_list(filled: Book, seed: int) -> None:
    week = week_of(business_day(filled.change_log.now() - 10 * DAY))
    for wanted, where, params in (
        (Filter(), "void IS NULL", ()),
        (Filter(states=("open",)), "void IS NULL AND state='open'", ()),
        (Filter(states=("open", "fixed")), "void IS NULL AND state IN ('open','fixed')", ()),
        (Filter(by=filled.me), "void IS NULL", ()),
        (Filter(marks=frozenset({"void"})), "void IS NOT NULL", ()),
        (Filter(words="pump [x]"), "void IS NULL AND instr(phenomenon,'pump [x]')", ()),
    ):
        found = made(filled, wanted)
        expected = ids(filled, where, *params)
        assert found.count() == len(expected) > 3
        order = list(range(0, len(expected) + 32, 32))
        random.Random(seed).shuffle(order)
        assert read(found, 32, order) == expected
    inside = made(filled, Filter(week=week))
    assert 0 < inside.count() < 150
    assert len(read(inside, 64, [128, 0, 64])) == inside.count()


def test_the_week_is_the_workspaces_week(filled: Book) -> None:
    every: set[str] = set()
    for back in range(0, 49, 7):
        week = week_of(business_day(filled.change_log.now() - back * DAY))
        found = pages(filled.store, kinds["fix"], NAMES, Filter(week=week), zone=DEFAULT_ZONE)
        found.count()
        at = found.names.index("id")
        some = {row[at] for row in found.window(0, 500)}
        assert not some & every
        every |= some
    assert every == set(ids(filled, "void IS NULL"))


def test_a_place_is_where_the_row_is(filled: Book) -> None:
    for wanted in (Filter(), Filter(states=("fixed",)), Filter(words="机房")):
        found = made(filled, wanted)
        total = found.count()
        at = found.names.index("id")
        for top in (total - 1, 0, total // 2, 3):
            id = found.window(top, 1)[0][at]
            found.count()  # forgets every anchor
            assert found.place(id) == top
            assert found.window(top, 1)[0][at] == id
    gone = ids(filled, "void IS NOT NULL")[0]
    assert made(filled, Filter()).place(gone) is None


def test_a_new_row_moves_the_others_after_counting_again(filled: Book, project: str) -> None:
    found = made(filled, Filter())
    total = found.count()
    at = found.names.index("id")
    second = found.window(1, 1)[0][at]
    new = filled.add("fix", {"phenomenon": "新"}, project=project)
    assert found.count() == total + 1
    assert found.place(new.id) == 0
    assert found.place(second) == 2


def test_a_window_costs_no_walk_from_the_top(filled: Book) -> None:
    """After one jump to the middle, its neighbours come from there: no OFFSET over the rows."""
    found = made(filled, Filter())
    assert isinstance(found, Pages)
    total = found.count()
    middle = found.place(ids(filled, "void IS NULL")[total // 2])
    assert middle == total // 2
    seen: list[str] = []
    real = found.store.rows
    found.store.rows = lambda sql, params=(): (seen.append(sql), real(sql, params))[1]  # type: ignore[method-assign,func-returns-value]
    found.window(middle, 16)
    found.window(middle + 16, 16)
    found.window(middle - 16, 16)
    assert [sql.rpartition("ORDER BY ")[2] for sql in seen] == [
        "n DESC LIMIT 16 OFFSET 0",
        "n DESC LIMIT 16 OFFSET 0",
        "n LIMIT 16",
    ]


def test_sorted_by_a_field(filled: Book) -> None:
    found = made(filled, Filter(sort="-number"))
    assert found.count() == len(ids(filled, "void IS NULL"))
    at = found.names.index("number")
    numbers = [row[at] for row in found.window(0, 400)]
    assert numbers == sorted(numbers, reverse=True)


def test_numbers_and_amounts_are_sorted_by_what_they_are_worth(tmp_path: Path) -> None:
    fields = {"length": number("长度", "Length"), "cost": money("费用", "Cost")}
    with declared("sample", Life((State("kept", W("有效", "kept")),)), fields):
        workspace = begin(tmp_path / "own", name="测试员", lang="zh", project="测试项目")
        book, project = workspace.book, all_projects(workspace.store)[0].id
        amounts = ("CNY 9", "CNY 1000", "CNY 20.5", "USD 3", None, "CNY -1")
        for length, cost in zip(("9", "10", "-2", "0.5", None, "100"), amounts, strict=True):
            book.add("sample", {"length": length, "cost": cost}, project=project)
        cls = kinds["sample"]
        for name in ("length", "cost"):
            found = pages(book.store, cls, (name,), Filter(sort=name))
            assert isinstance(found, Listed)
            found.find()
            at = found.names.index(name)
            values = [row[at] for row in found.window(0, 9)]
            assert (
                values
                == {
                    "length": ["-2", "0.5", "9", "10", "100", None],
                    "cost": ["CNY -1", "CNY 9", "CNY 20.5", "CNY 1000", "USD 3", None],
                }[name]
            )
        workspace.close()


@pytest.mark.parametrize("wanted", [Filter(), Filter(words="掉电"), Filter(sort="number")], ids=str)
def test_what_occurred_before_1970_is_listed(book: Book, project: str, wanted: Filter) -> None:
    """A clock that was reset to 1970-01-01 00:00 in Shanghai is below 0."""
    now = book.change_log.now()
    made_ = [
        book.add("fix", {"phenomenon": "掉电"}, project=project, occurred=when).id
        for when in (-8 * 3600 * 1000, now, -DAY * 365)
    ]
    found = made(book, wanted)
    assert found.count() == 3
    listed = [str(row[1]) for row in found.window(0, 10)]
    assert sorted(listed) == sorted(made_)
    assert [found.place(id) for id in listed] == [0, 1, 2]
    assert [found.window(at, 1)[0][1] for at in (2, 0, 1)] == [listed[at] for at in (2, 0, 1)]
